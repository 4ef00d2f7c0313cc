import type { Json } from '../spec/model.js';
import { isContainer, isObject } from '../spec/positions.js';
import type { Case, Guarantee } from './guarantee.js';

/** Values that tell schemas and matchers apart: of each type, and of each format in its less usual forms. */
const USUAL: readonly Json[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  2,
  1.5,
  -0.25,
  1_000_000,
  '',
  'a',
  'A b',
  '0',
  '1.00',
  'é€\u{1F600}',
  '2024-02-29',
  '2024-02-29T23:59:59Z',
  '2024-02-29T23:59:59.123456+02:00',
  '1990-12-31T23:59:60Z',
  '23:59:59Z',
  '23:59:59.5+02:00',
  '123e4567-e89b-12d3-a456-426614174000',
  '123E4567-E89B-12D3-A456-426614174ABC',
  'guest@example.com',
  'https://example.com/a?b=c#d',
  'example.com',
  '192.0.2.1',
  '2001:db8::1',
  '/a/b',
  'P1DT2H',
  [],
  {},
];

/** Lists values of a case: those its schemas name, those at their bounds, and usual ones. */
export function samplesOf(guarantee: Guarantee, one: Case): Json[] {
  const named = one.parts.flatMap(({ schema }): Json[] => {
    const { const: constant, enum: constants, default: usual, examples } = schema;
    return [constant ?? [], constants ?? [], usual ?? [], examples ?? []].flat() as Json[];
  });
  const bounds = one.parts.flatMap(({ schema }): Json[] => {
    const at = (keyword: string) => (typeof schema[keyword] === 'number' ? [schema[keyword]] : []);
    const lengths = [...at('minLength'), ...at('maxLength')].filter((length) => length <= 1000);
    return [
      ...at('minimum'),
      ...at('maximum'),
      ...at('exclusiveMinimum').map((bound) => bound + 1),
      ...at('exclusiveMaximum').map((bound) => bound - 1),
      ...at('multipleOf'),
      ...lengths.flatMap((length) => ['a'.repeat(length), 'Z'.repeat(length), '0'.repeat(length)]),
    ];
  });
  const lists = [...named, ...USUAL].filter((value) => !isContainer(value)).slice(0, 8);
  const all = [...named, ...bounds, ...USUAL, ...lists.map((value) => [value])];
  return all
    .filter((value) => !isObject(value) || Object.keys(value).length === 0)
    .filter((value) => guarantee.fault(one, value) === undefined);
}
