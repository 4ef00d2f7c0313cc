import { MANY_PATHS, MANY_TURNS, MAX_COPIES } from './limits.js';
import type { AST } from './syntax.js';

/**
 * Says how a repeat is read: as copies of its part, and what follows them.
 *
 * - `options`: as many copies again, each of which may be left out;
 * - `loop`: a copy that may follow itself for ever, and that may be left out if `min` is 0;
 * - `fold`: such a loop in place of all copies, which would have too many ways;
 * - `last`: a copy that nothing is ever gone back into.
 */
export type Reading = { copies: number; rest: 'options' | 'loop' | 'fold' | 'last' };

/** Counts the ways through a part, its characters aside, and remembers what it counted. */
export type PathCounts = Map<AST.Node, number>;

/**
 * Decides how a repeat is read.
 *
 * A short bounded repeat is written out. A long one, or one with many ways through it, is a loop,
 * unless nothing that can fail follows: then its turns are made once, and never gone back into.
 *
 * @param tail whether nothing that can fail follows
 * @param depth how many loops are around
 */
export function readRepeat(
  node: AST.Quantifier,
  tail: boolean,
  depth: number,
  counts: PathCounts,
): Reading {
  const { min, max, element } = node;
  if (countPaths(element, counts) ** min > MANY_PATHS) return { copies: 0, rest: 'fold' };
  const copies = depth === 0 ? Math.min(min, MAX_COPIES) : min;
  if (tail) return { copies: Math.max(0, copies - 1), rest: 'last' };
  const isLong = max >= MANY_TURNS || countPaths(node, counts) > MANY_PATHS;
  if (min < max && isLong) return { copies: Math.max(0, copies - 1), rest: 'loop' };
  return { copies, rest: 'options' };
}

/** Counts the ways through a part; a loop without bound counts as two. */
function countPaths(node: AST.Element | AST.Alternative, counts: PathCounts): number {
  const known = counts.get(node);
  if (known !== undefined) return known;
  const paths = Math.min(1e9, sumPaths(node, counts));
  counts.set(node, paths);
  return paths;
}

function sumPaths(node: AST.Element | AST.Alternative, counts: PathCounts): number {
  switch (node.type) {
    case 'Alternative':
      return node.elements.reduce((product, element) => product * countPaths(element, counts), 1);
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.reduce((sum, choice) => sum + countPaths(choice, counts), 0);
    case 'Quantifier': {
      const { min, max } = node;
      const body = countPaths(node.element, counts);
      // The bound of a repeat may itself be too large for a number, and 1 ** Infinity is none.
      if (max === Number.POSITIVE_INFINITY) return 2 * body ** Math.min(min, 1_000);
      if (body === 1) return max - min + 1;
      let paths = 0;
      for (let turns = min; turns <= max && paths <= MANY_PATHS; turns++) paths += body ** turns;
      return paths;
    }
    default:
      return 1;
  }
}
