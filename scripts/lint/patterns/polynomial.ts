import type { Automaton } from './automaton.js';
import type { Graph } from './graph.js';
import { LARGE_BOUND, MANY_PATHS } from './limits.js';

/** Proves polynomial time: a text to repeat, and a position in each of two loops that share it. */
export type Polynomial = { pump: string; left: number; right: number };

/**
 * Counts the turns of a chain of loops that share a run, as a product; 0 is for no such chain.
 *
 * `bounded` is for a chain of bounded loops, `mixed` for one with an unbounded loop among them,
 * which itself counts as 1; two unbounded loops make it infinite.
 */
type Turns = { bounded: number; mixed: number };

/** A strongly connected part of the automaton, with the worst chain known to end in it. */
type Cycle = {
  positions: readonly number[];
  bits: Uint32Array;
  bound: number;
  worst: Turns;
};

/**
 * Finds two loops, one after the other, that can share a run of one text at too many places.
 *
 * A bounded loop takes part with its bound: a chain of such loops counts only if their bounds
 * multiply to much.
 */
export function findPolynomial(automaton: Automaton, graph: Graph): Polynomial | undefined {
  const cycles = graph.cycles.map((positions): Cycle => {
    const bound = automaton.boundOf(positions[0] ?? 0);
    const worst = extend({ bounded: 1, mixed: 0 }, bound);
    return { positions, bits: graph.bitsOf(positions), bound, worst };
  });
  for (const [index, right] of cycles.entries()) {
    let leading: ReadonlySet<number> | undefined;
    for (const left of cycles.slice(0, index)) {
      const turns = extend(left.worst, right.bound);
      const { bounded, mixed } = right.worst;
      if (turns.bounded <= bounded && turns.mixed <= mixed) continue;
      if (!left.bits.some((bits, i) => (bits & (right.bits[i] ?? 0)) !== 0)) continue;
      leading ??= graph.leadingTo(right.positions);
      const found = findSharedRun(graph, left.positions, right.positions, leading);
      if (found === undefined) continue;
      if (turns.mixed >= LARGE_BOUND || turns.bounded > MANY_PATHS) return found;
      right.worst = {
        bounded: Math.max(bounded, turns.bounded),
        mixed: Math.max(mixed, turns.mixed),
      };
    }
  }
  return undefined;
}

/** Puts a loop at the end of a chain. */
function extend({ bounded, mixed }: Turns, bound: number): Turns {
  if (bound !== Number.POSITIVE_INFINITY) return { bounded: bounded * bound, mixed: mixed * bound };
  return { bounded: 0, mixed: mixed > 0 ? Number.POSITIVE_INFINITY : Math.max(1, bounded) };
}

/**
 * Finds a text that leads from a position to itself, from there to a later one, and from that one
 * to itself: paths that read n repeats of it differ in when they leave the first loop.
 *
 * This is the criterion IDA of https://arxiv.org/abs/0802.3254, decided on triples of positions.
 *
 * @param leading the positions that lead to the right cycle
 */
function findSharedRun(
  graph: Graph,
  left: readonly number[],
  right: readonly number[],
  leading: ReadonlySet<number>,
): Polynomial | undefined {
  if (!left.some((node) => leading.has(node))) return undefined;
  const inside = { left: new Set(left), leading, right: new Set(right) };
  for (const p of left) {
    for (const q of right) {
      const places = followTriples(graph, p, q, inside);
      if (places !== undefined) return { pump: graph.textOf(places), left: p, right: q };
    }
  }
  return undefined;
}

type Inside = Readonly<Record<'left' | 'leading' | 'right', ReadonlySet<number>>>;

/** Follows three paths over one text, from (p, p, q) to (p, q, q), as the triples on the way. */
function followTriples(
  graph: Graph,
  p: number,
  q: number,
  inside: Inside,
): readonly (readonly number[])[] | undefined {
  const size = graph.edges.length;
  const pack = (x: number, y: number, z: number) => (x * size + y) * size + z;
  const unpack = (key: number) =>
    [Math.floor(key / size / size), Math.floor(key / size) % size, key % size] as const;
  const [origin, goal] = [pack(p, p, q), pack(p, q, q)];
  const parents = new Map<number, number>();
  const queue = [origin];
  for (const key of queue) {
    const [x, y, z] = unpack(key);
    for (const nextX of graph.edges[x] ?? []) {
      if (!inside.left.has(nextX)) continue;
      for (const nextZ of graph.edges[z] ?? []) {
        if (!inside.right.has(nextZ) || !graph.overlap(nextX, nextZ)) continue;
        for (const nextY of graph.edges[y] ?? []) {
          if (!inside.leading.has(nextY) || !graph.overlap(nextX, nextY, nextZ)) continue;
          const next = pack(nextX, nextY, nextZ);
          if (next === origin || parents.has(next)) continue;
          parents.set(next, key);
          queue.push(next);
        }
      }
    }
    if (parents.has(goal)) break;
  }
  if (!parents.has(goal)) return undefined;
  const places: (readonly number[])[] = [];
  for (let key = goal; key !== origin; key = parents.get(key) ?? origin) {
    places.unshift(unpack(key));
  }
  return places;
}
