import { samplesOf } from '../contract/samples.js';
import type { Json } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import type { Inclusion } from './inclusion.js';
import type { Shortfall, Step } from './shortfall.js';

/**
 * Makes values, from the root down, that may show a shortfall: a value that is there already, such as an example, with
 * one place changed; or, without one, the smallest values that the case of each step allows.
 */
export function valuesOf(
  { steps, attempts }: Pick<Shortfall, 'steps' | 'attempts'>,
  current: Json | undefined,
  inclusion: Inclusion,
): Json[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [...attempts(current)];
  const inner = valuesOf({ steps: rest, attempts }, at(current, step.key), inclusion);
  return inner
    .map((value) => around(step, value, current, inclusion))
    .filter((value) => value !== undefined);
}

function at(value: Json | undefined, key: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Puts a value into an object or a list: one that is there, or one that is made. */
function around(
  { one, key }: Step,
  value: Json,
  current: Json | undefined,
  { given }: Inclusion,
): Json | undefined {
  const samples = samplesOf(given);
  if (typeof key === 'string') {
    const [object = {}] = isObject(current) ? [current] : samples.objects(one, 0).filter(isObject);
    return { ...object, [key]: value };
  }
  const isLong = (list: Json | undefined) => Array.isArray(list) && list.length > key;
  const [list] = isLong(current)
    ? [current]
    : [...samples.lists(one, key + 1), ...samples.lists(one, key + 2)].filter(isLong);
  if (Array.isArray(list)) return list.with(key, value);
  return key === 0 ? [value] : undefined;
}
