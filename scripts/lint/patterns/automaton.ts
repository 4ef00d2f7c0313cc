import { type CharSet, isWord } from './characters.js';
import { MANY_PATHS, MAX_EDGES, MAX_POSITIONS, MAX_WORD_EDGES, TooLarge } from './limits.js';
import type { AST } from './syntax.js';

/** Names, as bits, what must hold at a place between two characters. */
export const Condition = { none: 0, wordEdge: 1, noWordEdge: 2, textStart: 4, textEnd: 8 } as const;

/** A way to read nothing: the conditions it sets, how often there is one, and how many word edges it asks for. */
export type Way = { conditions: number; count: number; wordEdges: number };

/** A way into a position or out of it. */
export type Gate = Way & { position: number };

/** A part of the automaton: how it reads nothing, where its words begin and where they end. */
export type Fragment = {
  readonly empty: readonly Way[];
  readonly first: readonly Gate[];
  readonly last: readonly Gate[];
};

/** A repeat whose part may follow itself: the positions of that part, and how many turns it has. */
export type Loop = { node: AST.Quantifier; from: number; to: number; bound: number };

/** Makes a fragment that reads nothing where conditions hold. */
export function nothing(conditions: number = Condition.none): Fragment {
  const isEdge = (conditions & (Condition.wordEdge | Condition.noWordEdge)) !== 0;
  return { empty: [{ conditions, count: 1, wordEdges: isEdge ? 1 : 0 }], first: [], last: [] };
}

/** Makes a fragment read what any of some fragments reads. */
export function either(fragments: readonly Fragment[]): Fragment {
  return {
    empty: merge(fragments.flatMap(({ empty }) => empty)),
    first: merge(fragments.flatMap(({ first }) => first)),
    last: merge(fragments.flatMap(({ last }) => last)),
  };
}

/** Lets a fragment be left out, in one way, whatever it read before. */
export function optional(fragment: Fragment): Fragment {
  return { ...fragment, empty: nothing().empty };
}

/** Adds up equal ways. */
function merge<Item extends Way & { position?: number }>(items: readonly Item[]): Item[] {
  const merged = new Map<number, Item>();
  for (const item of items) {
    const key = (item.position ?? 0) * 16 + item.conditions;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...item });
    else {
      known.count = atMostTooMany(known.count + item.count);
      known.wordEdges = Math.max(known.wordEdges, item.wordEdges);
    }
  }
  return [...merged.values()];
}

/** Puts each way behind each way of reading nothing. */
function behind<Item extends Way>(empty: readonly Way[], items: readonly Item[]): Item[] {
  return empty.flatMap((way) =>
    items.map((item) => {
      const wordEdges = item.wordEdges + way.wordEdges;
      if (wordEdges > MAX_WORD_EDGES)
        throw new TooLarge(`more than ${MAX_WORD_EDGES} word edges in a row`);
      const count = atMostTooMany(item.count * way.count);
      return { ...item, conditions: item.conditions | way.conditions, count, wordEdges };
    }),
  );
}

/** Counts no further than what is too many: how many ways there are beyond that makes no difference. */
function atMostTooMany(count: number): number {
  return Math.min(2 * MANY_PATHS, count);
}

/**
 * Holds the positions of a pattern, and in how many ways each can follow each other.
 *
 * A position is one character of the pattern, or one copy of it (Glushkov's construction).
 * https://en.wikipedia.org/wiki/Glushkov%27s_construction_algorithm
 */
export class Automaton {
  /** What each position reads. */
  readonly sets: CharSet[] = [];
  /** For each position those that can follow it, each with the count of ways from here to there. */
  readonly edges: Map<number, number>[] = [];
  /** Where reading begins, each with the count of ways there. */
  readonly starts = new Map<number, number>();
  /** Where reading may end, with the most ways to the end from there; `-1` is before all characters. */
  readonly ends = new Map<number, number>();
  private readonly loops: Loop[] = [];
  private readonly searching = new Set<number>();
  private edgeCount = 0;

  /** Adds a position for each of the sets, any of which can be read. */
  read(sets: readonly CharSet[]): Fragment {
    const gates = sets.map((set) => {
      if (this.sets.length === MAX_POSITIONS) {
        throw new TooLarge(`more than ${MAX_POSITIONS} states`);
      }
      this.edges.push(new Map());
      const position = this.sets.push(set) - 1;
      return { position, conditions: Condition.none, count: 1, wordEdges: 0 };
    });
    return { empty: [], first: gates, last: gates };
  }

  /** Lets one fragment follow another. */
  join(left: Fragment, right: Fragment): Fragment {
    this.connect(left.last, right.first);
    return {
      empty: merge(behind(left.empty, right.empty)),
      first: merge([...left.first, ...behind(left.empty, right.first)]),
      last: merge([...right.last, ...behind(right.empty, left.last)]),
    };
  }

  /** Lets a fragment follow itself, in some ways; a turn after the first never reads nothing. */
  loop(fragment: Fragment, ways = 1): Fragment {
    this.connect(
      behind([{ conditions: Condition.none, count: ways, wordEdges: 0 }], fragment.last),
      fragment.first,
    );
    const late = behind(fragment.empty, fragment.first);
    return { ...fragment, first: merge([...fragment.first, ...late]) };
  }

  /** Lets reading begin with a fragment, and end with it. */
  start({ first, last, empty }: Fragment): void {
    for (const { position, conditions, count } of first) {
      if ((conditions & Condition.textEnd) === 0)
        this.starts.set(position, atMostTooMany((this.starts.get(position) ?? 0) + count));
    }
    for (const { position, count } of [...last, ...empty.map((way) => ({ ...way, position: -1 }))])
      this.ends.set(position, Math.max(this.ends.get(position) ?? 0, count));
  }

  /** Marks a fragment as the search itself, which skips any character before a match. */
  markSearch({ first }: Fragment): void {
    for (const { position } of first) this.searching.add(position);
  }

  /** Marks the positions from one on as what a repeat turns around. */
  markLoop(node: AST.Quantifier, from: number): void {
    this.loops.push({ node, from, to: this.sets.length, bound: node.max });
  }

  /** Finds the loops that hold all of some positions, the smallest first. */
  loopsAround(positions: readonly number[]): Loop[] {
    const [least, greatest] = [Math.min(...positions), Math.max(...positions)];
    return this.loops
      .filter(({ from, to }) => from <= least && greatest < to)
      .sort((a, b) => a.to - a.from - (b.to - b.from));
  }

  /** Finds the smallest loop around a position; the search is not a loop of the pattern. */
  loopAround(position: number): Loop | undefined {
    return this.searching.has(position) ? undefined : this.loopsAround([position])[0];
  }

  /** Bounds how often a position can be read in all turns of the loops around it. */
  boundOf(position: number): number {
    if (this.searching.has(position)) return Number.POSITIVE_INFINITY;
    return this.loopsAround([position]).reduce((product, { bound }) => product * bound, 1);
  }

  private connect(last: readonly Gate[], first: readonly Gate[]): void {
    for (const from of last) {
      const edges = this.edges[from.position];
      for (const to of first) {
        if (!this.canHold(from.conditions | to.conditions, from.position, to.position)) continue;
        if (++this.edgeCount > MAX_EDGES) throw new TooLarge('too many ways from state to state');
        const known = edges?.get(to.position) ?? 0;
        edges?.set(to.position, atMostTooMany(known + from.count * to.count));
      }
    }
  }

  /** Tells whether conditions can hold between two positions. */
  private canHold(conditions: number, from: number, to: number): boolean {
    if ((conditions & (Condition.textStart | Condition.textEnd)) !== 0) return false;
    if (conditions === Condition.none) return true;
    const isEdge = this.isInWord(from) !== this.isInWord(to);
    return (conditions & (isEdge ? Condition.noWordEdge : Condition.wordEdge)) === 0;
  }

  private isInWord(position: number): boolean {
    const set = this.sets[position];
    return set !== undefined && isWord(set);
  }
}
