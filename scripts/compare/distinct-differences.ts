import type { Difference } from './difference.js';

/** Puts together what several messages or operations say of the same place: a schema that they share, for example. */
export function distinctDifferences(all: readonly Difference[]): Difference[] {
  const groups = new Map<string, [Difference, ...Difference[]]>();
  for (const one of all) {
    const { rule, member = '', places, old, now } = one;
    const key = JSON.stringify([rule, member, places.old, places.now, old, now]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()].map(([first, ...others]) =>
    others.length === 0
      ? first
      : {
          ...first,
          messages: [...new Set([first, ...others].flatMap(({ messages }) => messages))],
          parts: [first, ...others],
        },
  );
}
