import type { Variable } from '../../spec/model.js';
import { code, type Inline, prose, separated } from '../content.js';

/** Says what variables of an address are, and which values they have. */
export function variablesWords(variables: readonly Variable[]): Inline[] {
  return variables.flatMap((one): Inline[] => [
    ' ',
    code(`{${one.name}}`),
    ': ',
    ...(one.description === undefined ? [] : [prose(one.description), ' ']),
    ...valuesWords('One of ', one.values),
    ...(one.default === undefined ? [] : ['Default: ', code(one.default), '. ']),
    ...valuesWords('For example ', one.examples),
  ]);
}

function valuesWords(opening: string, values: readonly string[]): Inline[] {
  if (values.length === 0) return [];
  const shown = values.map((value): Inline[] => [code(value)]);
  return [opening, ...separated(shown, ', '), '. '];
}
