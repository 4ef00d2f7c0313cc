import { samplesOf } from '../../contract/samples.js';
import type { Json } from '../../spec/model.js';
import { isObject } from '../../spec/positions.js';
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
  return inner.flatMap((value) => around(step, value, current, inclusion)).slice(0, MAX_VALUES);
}

/** How many values are made for one shortfall. */
const MAX_VALUES = 100;

function at(value: Json | undefined, key: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Puts a value into an object or a list: one that is there, or such as are made. */
function around(
  { one, key }: Step,
  value: Json,
  current: Json | undefined,
  { given }: Inclusion,
): Json[] {
  const samples = samplesOf(given);
  if (typeof key === 'string') {
    const made = () => [...samples.objects(one, 0), ...samples.fullest(one)];
    const objects = isObject(current) ? [current] : made().filter(isObject);
    return (objects.length > 0 ? objects : [{}]).map((object) => ({ ...object, [key]: value }));
  }
  const isLong = (list: Json | undefined) => Array.isArray(list) && list.length > key;
  const [list] = isLong(current)
    ? [current]
    : [...samples.lists(one, key + 1), ...samples.lists(one, key + 2)].filter(isLong);
  if (Array.isArray(list)) return [list.with(key, value)];
  return key === 0 ? [[value]] : [];
}
