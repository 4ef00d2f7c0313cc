/** A source of the same numbers on every run. */
export interface Random {
  /** Returns a number from 0 to less than 1. */
  readonly next: () => number;
  /** Returns an integer from 0 to less than `limit`. */
  readonly below: (limit: number) => number;
  /** Returns one of the items. */
  readonly pick: <T>(items: readonly T[]) => T;
}

/** Makes a source of numbers from a seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: (items) => {
      if (items.length === 0) throw new Error('nothing to pick from');
      return items[below(items.length)] as (typeof items)[number];
    },
  };
}
