import type { Graph } from './graph.js';

/** Proves exponential time: a text to repeat, and the positions on two paths that read it. */
export type Exponential = {
  pump: string;
  positions: readonly number[];
  /** Whether the two paths go through the same positions, so that two loops must be around them. */
  isNested: boolean;
};

/**
 * Finds two paths from a position to itself that read the same text: each repeat doubles the paths.
 *
 * This is the criterion EDA of https://arxiv.org/abs/0802.3254, decided on pairs of positions.
 */
export function findExponential(graph: Graph): Exponential | undefined {
  for (const cycle of graph.cycles) {
    const edges = edgesInside(graph, cycle);
    const found = findDoubleEdge(graph, edges) ?? findTwoPaths(graph, edges);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** For each position of a cycle those of it that can follow. */
type Edges = ReadonlyMap<number, readonly number[]>;

function edgesInside(graph: Graph, cycle: readonly number[]): Edges {
  const inside = new Set(cycle);
  return new Map(
    cycle.map((node) => [node, (graph.edges[node] ?? []).filter((next) => inside.has(next))]),
  );
}

/** Finds a position that another can follow in two ways. */
function findDoubleEdge(graph: Graph, edges: Edges): Exponential | undefined {
  for (const [node, targets] of edges) {
    const next = targets.find((target) => graph.isDouble(node, target));
    if (next === undefined) continue;
    const path = [next, ...shortestPath(edges, next, node)];
    const pump = graph.textOf(path.map((position) => [position]));
    return { pump, positions: [node, ...path], isNested: true };
  }
  return undefined;
}

/** Follows two paths that part at one position, until they meet at another. */
function findTwoPaths(graph: Graph, edges: Edges): Exponential | undefined {
  const size = graph.edges.length;
  // The pairs that were reached, each with the pair before it, or -1 less the single position.
  const parents = new Map<number, number>();
  const queue: number[] = [];
  const add = (left: number, right: number, parent: number) => {
    const pair = Math.min(left, right) * size + Math.max(left, right);
    if (parents.has(pair)) return;
    parents.set(pair, parent);
    queue.push(pair);
  };
  const split = (pair: number) => [Math.floor(pair / size), pair % size] as const;

  const known = new Set<string>();
  for (const [node, targets] of edges) {
    if (known.has(targets.join())) continue;
    known.add(targets.join());
    for (const [i, left] of targets.entries()) {
      for (const right of targets.slice(i + 1)) {
        if (graph.overlap(left, right)) add(left, right, -1 - node);
      }
    }
  }
  for (const pair of queue) {
    const [left, right] = split(pair);
    for (const nextLeft of edges.get(left) ?? []) {
      for (const nextRight of edges.get(right) ?? []) {
        if (!graph.overlap(nextLeft, nextRight)) continue;
        if (nextLeft !== nextRight) {
          add(nextLeft, nextRight, pair);
          continue;
        }
        const places: (readonly number[])[] = [[nextLeft]];
        let parent = pair;
        for (; parent >= 0; parent = parents.get(parent) ?? -1) places.unshift(split(parent));
        const node = -1 - parent;
        for (const position of shortestPath(edges, nextLeft, node)) places.push([position]);
        return {
          pump: graph.textOf(places),
          positions: [node, ...places.flat()],
          isNested: false,
        };
      }
    }
  }
  return undefined;
}

/** Finds a shortest path inside a cycle, as the positions after the first. */
function shortestPath(edges: Edges, from: number, to: number): number[] {
  const parents = new Map<number, number>();
  const queue = [from];
  for (const node of queue) {
    for (const next of edges.get(node) ?? []) {
      if (next === from || parents.has(next)) continue;
      parents.set(next, node);
      queue.push(next);
    }
    if (parents.has(to)) break;
  }
  const path: number[] = [];
  for (let node = to; node !== from; node = parents.get(node) ?? from) path.unshift(node);
  return path;
}
