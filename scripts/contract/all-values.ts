import type { JsonType } from '../judge/shape.js';
import type { Json } from '../spec/model.js';
import { type Case, type Guarantee, numbers } from './guarantee.js';
import { typeOf } from './matchers.js';

/** How many integers are listed. */
const MAX_INTEGERS = 1_000;

/** Lists all values of some types that a case has; undefined where they are too many to list. */
export function allValues(
  guarantee: Guarantee,
  one: Case,
  types: ReadonlySet<JsonType>,
): Json[] | undefined {
  const candidates =
    one.shape.constants?.filter((value) => types.has(typeOf(value))) ??
    [...types].map((type) => valuesOfType(one, type));
  const listed = candidates.flat();
  if (listed.includes(undefined)) return undefined;
  return (listed as Json[]).filter((value) => guarantee.fault(one, value) === undefined);
}

function valuesOfType(one: Case, type: JsonType): Json[] | undefined {
  switch (type) {
    case 'null':
      return [null];
    case 'boolean':
      return [true, false];
    case 'number':
      return isInteger(one) ? integersOf(one) : undefined;
    default:
      return undefined;
  }
}

/** Tells whether all numbers of a case are integers. */
export function isInteger({ parts }: Case): boolean {
  const isStated = parts.some(({ schema: { type, format } }) => {
    const types = [type].flat();
    const isWhole = types.includes('integer') && !types.includes('number');
    return isWhole || format === 'int32' || format === 'int64';
  });
  return isStated || numbers(parts, 'multipleOf').some(Number.isInteger);
}

function integersOf({ parts }: Case): number[] | undefined {
  const least = [...numbers(parts, 'minimum'), ...numbers(parts, 'exclusiveMinimum')];
  const most = [...numbers(parts, 'maximum'), ...numbers(parts, 'exclusiveMaximum')];
  const from = Math.ceil(Math.max(...least));
  const count = Math.floor(Math.min(...most)) - from + 1;
  if (!(count <= MAX_INTEGERS)) return undefined;
  return Array.from({ length: Math.max(0, count) }, (_, index) => from + index);
}
