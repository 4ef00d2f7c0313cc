/** Stands for "I need this field, as the document guarantees it". */
export const needed: unique symbol = Symbol('needed');

const ITEMS = Symbol('each');

/** A list of items, each of which satisfies the same needs; `each` makes it. */
export interface Each<N> {
  readonly [ITEMS]: N;
  readonly min: 0 | 1;
}

/**
 * Needs a list of at least one item (`min: 0`: it may be empty), each of which satisfies the needs.
 * @throws {RangeError} where `min` is neither 0 nor 1: more can be shown by a list of needs
 */
export function each<N>(needs: NoInfer<N>, { min = 1 }: { readonly min?: number } = {}): Each<N> {
  if (min !== 0 && min !== 1) throw new RangeError('each: min is neither 0 nor 1');
  return { [ITEMS]: needs, min };
}

/** Tells whether needs were made by `each`. */
export function isEach(needs: unknown): needs is Each<unknown> {
  return typeof needs === 'object' && needs !== null && ITEMS in needs;
}

/** Returns what each item is to satisfy. */
export function itemNeeds(list: Each<unknown>): unknown {
  return list[ITEMS];
}

/**
 * What a consumer needs of a value: `needed`; a value, as an example without a rule; some members of an object; a list
 * by `each`, or as an example, item by item.
 */
export type Needs<P> = [P] extends [never]
  ? never
  : typeof needed | (P extends unknown ? NeedsOfOne<P> : never);

type NeedsOfOne<P> = P extends readonly (infer I)[]
  ? Each<Needs<I>> | readonly Needs<I>[]
  : P extends object
    ? { readonly [K in keyof P]?: Needs<Exclude<P[K], undefined>> }
    : P;
