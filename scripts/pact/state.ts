import type { Json } from '../spec/model.js';

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

/** Returns states by name and parameters, in the order in which they are given; throws where one has no name. */
export function namedStates(given: State | readonly State[] | undefined): NamedState[] {
  if (given === undefined) return [];
  const list = (Array.isArray(given) ? given : [given]) as readonly State[];
  return list.map((state) => {
    const { name, params = {} } = typeof state === 'string' ? { name: state } : state;
    if (typeof name !== 'string' || name.trim() === '') throw new TypeError('a state has no name');
    return { name, params: params as Record<string, Json> };
  });
}
