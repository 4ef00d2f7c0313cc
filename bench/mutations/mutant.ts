/** One deliberate fault: where it was put, whether it breaks the contract, and whether it was caught. */
export interface Mutant {
  readonly kind: Kind;
  readonly operator: string;
  /** What was changed, so that a person finds it. */
  readonly place: string;
  /** What no longer holds, by an oracle that shares nothing with what is measured; undefined where all holds. */
  readonly broken: string | undefined;
  /** What caught it, in words; undefined where nothing did. */
  readonly caught: string | undefined;
}

/** What was mutated. */
export type Kind = 'documents' | "producers' output" | "consumer's handlers";

/** Returns the members of a list in another order, the same for the same source. */
export function shuffled<T>(items: readonly T[], next: () => number): T[] {
  return items
    .map((item) => ({ item, rank: next() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}

/** Takes the items of several lists in turn, until there are `limit` of them: no list crowds out the others. */
export function inTurn<T>(lists: readonly (readonly T[])[], limit: number): T[] {
  const taken: T[] = [];
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  for (let index = 0; index < longest; index += 1) {
    for (const list of lists) {
      if (taken.length === limit) return taken;
      if (index < list.length) taken.push(list[index] as T);
    }
  }
  return taken;
}

/** Groups items by a key, in the order in which they come. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
