import type { Difference } from './difference.js';

/** How many ways to look for a witness are kept of one difference. */
const MAX_EVIDENCE = 16;

/** Puts together what several messages or operations say of the same place: a schema that they share, for example. */
export function distinctDifferences(all: readonly Difference[]): Difference[] {
  const found = new Map<string, Difference>();
  for (const one of all) {
    const { rule, places, old, now } = one;
    const key = JSON.stringify([rule, places.old, places.now, old, now]);
    const known = found.get(key);
    found.set(key, known === undefined ? one : joined(known, one));
  }
  return [...found.values()];
}

function joined(one: Difference, other: Difference): Difference {
  return {
    ...one,
    messages: [...new Set([...one.messages, ...other.messages])],
    actions: new Set([...one.actions, ...other.actions]),
    narrowing: [...one.narrowing, ...other.narrowing].slice(0, MAX_EVIDENCE),
    widening: [...one.widening, ...other.widening].slice(0, MAX_EVIDENCE),
  };
}
