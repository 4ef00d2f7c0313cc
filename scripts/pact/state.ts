import type { Json } from '../spec/model.js';
import { checkOptions } from './check-options.js';

/** A value that JSON can write. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** What must be so before an interaction: a name, with parameters where it has some. */
export type State =
  | string
  | { readonly name: string; readonly params?: Readonly<Record<string, JsonValue>> };

/** A state as a pact holds it. */
export interface NamedState {
  readonly name: string;
  readonly params: Readonly<Record<string, Json>>;
}

/**
 * Returns states by name and parameters, in the order in which they are given. Throws a TypeError where one has no name,
 * or parameters that a pact would not hold as they are.
 */
export function namedStates(given: State | readonly State[] | undefined): NamedState[] {
  if (given === undefined) return [];
  const list = (Array.isArray(given) ? given : [given]) as readonly State[];
  return list.map((state) => {
    if (typeof state !== 'string')
      checkOptions('a state of given', state, { name: true, params: true });
    const { name, params = {} } = typeof state === 'string' ? { name: state } : state;
    if (typeof name !== 'string' || name.trim() === '') throw new TypeError('a state has no name');
    const label = `the state ${JSON.stringify(name)}`;
    if (!isPlainObject(params)) throw new TypeError(`${label} has params that are no object`);
    for (const [parameter, value] of Object.entries(params)) {
      if (isKeptByJson(value)) continue;
      throw new TypeError(
        `${label}: the parameter ${JSON.stringify(parameter)} holds what JSON does not keep as it is`,
      );
    }
    return { name, params: params as Record<string, Json> };
  });
}

/** Tells whether a value is the same after it was written as JSON and read by any language. */
function isKeptByJson(value: unknown): boolean {
  if (typeof value === 'number') {
    return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  const isContainer = Array.isArray(value) || isPlainObject(value);
  return isContainer && Object.values(value as object).every(isKeptByJson);
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
