import type { Automaton } from './automaton.js';
import { bitsOf, pickCharacter } from './characters.js';
import { MAX_STEPS, TooLarge } from './limits.js';

/** Shows an automaton to those who look for two paths that read the same text. */
export class Graph {
  /** For each position those that can follow it. */
  readonly edges: readonly (readonly number[])[];
  /** The positions that lead to each other, as many together as can, in the order of the paths; one alone as well. */
  readonly components: readonly (readonly number[])[];
  /** Those of the components that lead back to themselves. */
  readonly cycles: readonly (readonly number[])[];
  /** For each position those that it can follow. */
  private readonly sources: readonly number[][];
  private readonly bits: readonly Uint32Array[];
  private steps = 0;

  constructor(private readonly automaton: Automaton) {
    this.edges = automaton.edges.map((targets) => [...targets.keys()]);
    this.sources = reverse(this.edges);
    this.components = findComponents(this.edges, [...automaton.starts.keys()]);
    this.cycles = this.components.filter(
      ([node = 0, ...others]) => others.length > 0 || this.edges[node]?.includes(node),
    );
    this.bits = bitsOf(automaton.sets);
  }

  /** Tells whether there are several ways from a position to one that follows it. */
  isDouble(from: number, to: number): boolean {
    return (this.automaton.edges[from]?.get(to) ?? 0) > 1;
  }

  /** Tells whether two or three positions can read the same character; each call is one step. */
  overlap(a: number, b: number, c = b): boolean {
    if (++this.steps > MAX_STEPS) throw new TooLarge('too many pairs of states to compare');
    const [x, y, z] = [this.bits[a], this.bits[b], this.bits[c]];
    for (let i = 0; i < (x?.length ?? 0); i++) {
      if (((x?.[i] ?? 0) & (y?.[i] ?? 0) & (z?.[i] ?? 0)) !== 0) return true;
    }
    return false;
  }

  /** Gathers what some positions can read, as bits; sets with a bit in common share a character. */
  bitsOf(positions: readonly number[]): Uint32Array {
    const all = new Uint32Array(this.bits[0]?.length ?? 0);
    for (const position of positions) {
      this.bits[position]?.forEach((bits, i) => {
        all[i] = (all[i] ?? 0) | bits;
      });
    }
    return all;
  }

  /** Finds all positions from which paths lead to any of some positions, those included. */
  leadingTo(positions: readonly number[]): ReadonlySet<number> {
    const leading = new Set(positions);
    // A set that grows while it is walked is walked to its end.
    for (const node of leading) for (const source of this.sources[node] ?? []) leading.add(source);
    return leading;
  }

  /** Writes a text of which each character can be read by all positions of one place. */
  textOf(places: readonly (readonly number[])[]): string {
    const { sets } = this.automaton;
    return places
      .map((positions) => pickCharacter(positions.flatMap((position) => sets[position] ?? [])))
      .join('');
  }
}

function reverse(edges: readonly (readonly number[])[]): number[][] {
  const sources: number[][] = edges.map(() => []);
  for (const [node, targets] of edges.entries()) {
    for (const target of targets) sources[target]?.push(node);
  }
  return sources;
}

/**
 * Finds the strongly connected components, each before those it leads to.
 *
 * This is Tarjan's algorithm, without recursion. https://doi.org/10.1137/0201010
 */
function findComponents(
  edges: readonly (readonly number[])[],
  starts: readonly number[],
): readonly number[][] {
  const order = new Int32Array(edges.length).fill(-1);
  const low = new Int32Array(edges.length);
  const done = new Uint8Array(edges.length);
  const stack: number[] = [];
  const found: number[][] = [];
  let count = 0;
  const lower = (node: number, to = 0) => {
    low[node] = Math.min(low[node] ?? 0, to);
  };
  for (const start of starts) {
    if (order[start] !== -1) continue;
    const calls = [{ node: start, next: 0 }];
    for (let call = calls.at(-1); call !== undefined; call = calls.at(-1)) {
      const { node } = call;
      if (call.next === 0) {
        order[node] = low[node] = count++;
        stack.push(node);
      }
      const target = edges[node]?.[call.next++];
      if (target !== undefined) {
        if (order[target] === -1) calls.push({ node: target, next: 0 });
        else if (done[target] === 0) lower(node, order[target]);
        continue;
      }
      calls.pop();
      const parent = calls.at(-1);
      if (parent !== undefined) lower(parent.node, low[node]);
      if (low[node] !== order[node]) continue;
      const component = stack.splice(stack.indexOf(node));
      for (const member of component) done[member] = 1;
      found.push(component);
    }
  }
  return found.reverse();
}
