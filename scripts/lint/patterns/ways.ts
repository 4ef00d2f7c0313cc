import type { Automaton } from './automaton.js';
import type { Graph } from './graph.js';
import { LARGE_BOUND, MANY_PATHS, MANY_TURNS_OF_WAYS } from './limits.js';

/**
 * Tells whether parts outside of all loops multiply the paths that read one text too often: options and alternatives in
 * a row, each of which doubles them. Loops are judged by themselves (`exponential.ts`, `polynomial.ts`) and passed once
 * here; but where there are any, the search for a match included, each way goes through their turns again.
 */
export function hasManyWays(automaton: Automaton, graph: Graph): boolean {
  const loops = graph.cycles.filter((cycle) => !standsAlone(graph, cycle));
  const bounds = loops.map(([position = 0]) => automaton.boundOf(position));
  const turns = Math.max(1, ...bounds.filter(Number.isFinite));
  // Ways through a bounded loop are gone in each turn of an unbounded one, such as the search.
  const limit = bounds.every(Number.isFinite)
    ? Math.max(LARGE_BOUND, MANY_PATHS / turns)
    : Math.min(LARGE_BOUND, MANY_TURNS_OF_WAYS / turns);
  // Most patterns have few ways even if all that begins alike were to go on alike.
  const count = (meets: Meets) => countWays(automaton, graph, meets);
  return count(() => true) > limit && count(meetingTest(graph)) > limit;
}

/** Tells whether nothing leads to a cycle or from it, as to the search of a pattern that begins with `^`. */
function standsAlone(graph: Graph, cycle: readonly number[]): boolean {
  const inside = new Set(cycle);
  return (
    graph.leadingTo(cycle).size === cycle.length &&
    cycle.every((node) => graph.edges[node]?.every((to) => inside.has(to)))
  );
}

/** Tells whether two positions that read the same character can be followed by the same text up to one position. */
type Meets = (one: number, other: number) => boolean;

/**
 * Counts the ways on from the start, at most: at each position those of all that can follow it with the same
 * character and meet again. Paths that never meet are no more than there are positions, and count as one.
 */
function countWays({ edges, starts, ends }: Automaton, graph: Graph, meets: Meets): number {
  const ways = Float64Array.from(edges, (_, position) => ends.get(position) ?? 1);
  const mostOf = (targets: readonly (readonly [position: number, count: number])[]): number => {
    const sums = targets.map(([one]) =>
      targets.reduce((sum, [other, count]) => {
        const isSame = one === other || (graph.overlap(one, other) && meets(one, other));
        return isSame ? sum + count * (ways[other] ?? 1) : sum;
      }, 0),
    );
    return Math.max(1, ...sums);
  };
  for (const component of graph.components.toReversed()) {
    const inside = new Set(component);
    const most = component.reduce(
      (most, node) =>
        Math.max(
          most,
          ways[node] ?? 1,
          mostOf([...(edges[node] ?? [])].filter(([to]) => !inside.has(to))),
        ),
      1,
    );
    for (const node of component) ways[node] = most;
  }
  return Math.max(mostOf([...starts]), ends.get(-1) ?? 1);
}

/** Looks for a meeting among the pairs that follow a pair; what was found out is known to all later calls. */
function meetingTest(graph: Graph): Meets {
  const size = graph.edges.length;
  const known = new Map<number, boolean>();
  return (one, other) => {
    const start = keyOf(size, one, other);
    const before = known.get(start);
    if (before !== undefined) return before;
    const reached = new Set([start]);
    const isMet = () => {
      // A set that grows while it is walked is walked to its end.
      for (const key of reached) {
        if (known.get(key) === true) return true;
        const [left, right] = [Math.floor(key / size), key % size];
        for (const nextLeft of graph.edges[left] ?? []) {
          for (const nextRight of graph.edges[right] ?? []) {
            if (nextLeft === nextRight) return true;
            const next = keyOf(size, nextLeft, nextRight);
            if (
              !reached.has(next) &&
              known.get(next) !== false &&
              graph.overlap(nextLeft, nextRight)
            )
              reached.add(next);
          }
        }
      }
      return false;
    };
    const result = isMet();
    if (result) known.set(start, true);
    else for (const key of reached) known.set(key, false);
    return result;
  };
}

function keyOf(size: number, one: number, other: number): number {
  return Math.min(one, other) * size + Math.max(one, other);
}
