import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { CharBase, CharSet, JS } from 'refa';

/**
 * Says what is wrong with a pattern: it doesn't compile, or some texts take it too long to refuse.
 *
 * `text` is a phrase without a final full stop; it quotes the part of the pattern that runs away.
 * https://json-schema.org/draft/2020-12/json-schema-validation#section-6.3.3
 */
export type PatternProblem =
  | { kind: 'syntax'; text: string }
  | { kind: 'exponential' | 'polynomial'; text: string };

const MAX_LENGTH = 1_000;
const MAX_POSITIONS = 2_000;
const MAX_EDGES = 150_000;
const MAX_BUILDS = 20_000;
const MAX_STEPS = 1_500_000;
/** From how many ways through a bounded repeat on, each bound counts as none. */
const MANY_PATHS = 1e6;
/** From how many turns on, a bounded repeat is a loop, and not so many copies of what it repeats. */
const MANY_TURNS = 10;
/** From which bound on, a bounded repeat next to an unbounded one counts as unbounded. */
const LARGE_BOUND = 1_000;
/** How many copies a repeat outside all loops gets: more neither add nor hide an ambiguity there. */
const MAX_COPIES = 50;

// What lies between two characters, as bits.
const WORD_EDGE = 1;
const NO_WORD_EDGE = 2;
const TEXT_START = 4;
const TEXT_END = 8;

class TooLarge extends Error {}

/** A place in the pattern that is entered or left, and what must hold between it and the next. */
type Gate = { position: number; flags: number; ways: number };

/** A part of the automaton: how it reads nothing, where its words begin and where they end. */
type Fragment = { empty: { flags: number; ways: number }[]; first: Gate[]; last: Gate[] };

type Loop = { node: AST.Quantifier; from: number; to: number; bound: number };

const NOTHING: Fragment = { empty: [{ flags: 0, ways: 1 }], first: [], last: [] };
const NOWHERE: Fragment = { empty: [], first: [], last: [] };
const ALL = CharSet.all(0x10ffff);
const WORD = JS.createCharSet([{ kind: 'word', negate: false }], { unicode: true });
const NO_WORD = WORD.negate();

/** Adds up the ways of equal gates; beyond two, how many there are makes no difference. */
function merge<Item extends { position?: number; flags: number; ways: number }>(
  items: readonly Item[],
): Item[] {
  const merged = new Map<number, Item>();
  for (const item of items) {
    const key = (item.position ?? 0) * 16 + item.flags;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...item });
    else known.ways = Math.min(2, known.ways + item.ways);
  }
  return [...merged.values()];
}

/** Puts items behind each way of reading nothing. */
function behind<Item extends { flags: number; ways: number }>(
  empty: Fragment['empty'],
  items: readonly Item[],
): Item[] {
  return empty.flatMap((way) =>
    items.map((item) => ({
      ...item,
      flags: item.flags | way.flags,
      ways: Math.min(2, item.ways * way.ways),
    })),
  );
}

function isCharacter(
  node: AST.Element,
): node is AST.Character | AST.CharacterClass | AST.CharacterSet {
  return (
    node.type === 'Character' || node.type === 'CharacterClass' || node.type === 'CharacterSet'
  );
}

function charSetOf(node: AST.Character | AST.CharacterClass | AST.CharacterSet): CharSet {
  const flags = { unicode: true };
  if (node.type === 'Character') return JS.createCharSet([node.value], flags);
  const elements = node.type === 'CharacterClass' ? node.elements : [node];
  const set = JS.createCharSet(
    elements.map((element) => {
      if (element.type === 'Character') return element.value;
      if (element.type === 'CharacterClassRange') {
        return { min: element.min.value, max: element.max.value };
      }
      if (element.type !== 'CharacterSet') throw new TooLarge('a class of the flag v');
      if (element.kind !== 'property') return element;
      const { key, value, negate } = element;
      return { kind: 'property', key, value, strings: false, negate };
    }),
    flags,
  );
  return node.type === 'CharacterClass' && node.negate ? set.negate() : set;
}

/** Tells whether a part holds a look-around that itself reads without end. */
function looksFar(node: AST.Element | AST.Alternative): boolean {
  switch (node.type) {
    case 'Alternative':
      return node.elements.some(looksFar);
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.some(looksFar);
    case 'Quantifier':
      return looksFar(node.element);
    case 'Assertion':
      return 'alternatives' in node && /[*+]|,\}|\d{2}\}/.test(node.raw);
    default:
      return false;
  }
}

/** Tells whether a part matches whatever comes, if only the empty text, so nothing goes back. */
function neverFails(node: AST.Element | AST.Alternative): boolean {
  switch (node.type) {
    case 'Alternative':
      return node.elements.every(neverFails);
    case 'Group':
    case 'CapturingGroup':
      return !looksFar(node) && node.alternatives.some(neverFails);
    case 'Quantifier':
      return !looksFar(node) && (node.min === 0 || neverFails(node.element));
    default:
      return false;
  }
}

/** Tells whether a group has surely read something, if only nothing, when a reference to it comes. */
function isSet(group: AST.CapturingGroup, reference: AST.Backreference): boolean {
  for (let node = reference as AST.Node | null; node !== null; node = node.parent) {
    // There the parts are read from right to left.
    if (node.type === 'Assertion' && node.kind === 'lookbehind') return false;
  }
  for (let node = group.parent as AST.Node | null; node !== null; node = node.parent) {
    if (node.type === 'Alternative') {
      if (node.start <= reference.start && reference.end <= node.end) {
        return group.end <= reference.start;
      }
    } else if (node.type === 'Quantifier' ? node.min === 0 : node.type === 'Assertion') {
      return false;
    } else if ('alternatives' in node && node.alternatives.length > 1) {
      return false;
    }
  }
  return false;
}

/** Tells whether a part is a repeat of any character at all, which `$` after it can't fail. */
function readsAnything(node: AST.Element | undefined): boolean {
  if (node?.type !== 'Quantifier' || node.max !== Number.POSITIVE_INFINITY) return false;
  const { element } = node;
  if (isCharacter(element)) return charSetOf(element).isAll;
  if (element.type !== 'Group' && element.type !== 'CapturingGroup') return false;
  let union = CharSet.empty(0x10ffff);
  for (const { elements } of element.alternatives) {
    const [only] = elements;
    if (elements.length !== 1 || only === undefined || !isCharacter(only)) return false;
    union = union.union(charSetOf(only));
  }
  return union.isAll;
}

/**
 * A position automaton (Glushkov's) of a pattern that counts how many ways lead from one character
 * to the next. A position is one character of the pattern, or one copy of it.
 *
 * Approximations, each towards reporting too much: a look-around reads its text beside the rest and
 * constrains nothing; a back-reference reads whatever its group may read; a bounded
 * repeat of many turns or ways may turn for ever; a text that is refused is assumed to exist, unless
 * nothing that can fail follows.
 */
class Automaton {
  readonly sets: CharSet[] = [];
  readonly edges: Map<number, number>[] = [];
  readonly loops: Loop[] = [];
  readonly starts: number[] = [];
  /** The positions of the search itself, which skips any character before a match. */
  searching: readonly number[] = [];
  private builds = 0;
  private edgeCount = 0;
  private readonly openGroups = new Set<AST.CapturingGroup>();
  private readonly paths = new Map<AST.Node, number>();
  private readonly knownSets = new Map<string, CharSet>();
  private readonly parts = new Map<CharSet, CharSet[]>();
  /** Whether a word edge matters, so that each position must be in words only, or never. */
  private readonly splitsWords: boolean;

  constructor(pattern: AST.Pattern) {
    this.splitsWords = /\\b/i.test(pattern.raw);
    const search = this.plus(this.character(ALL), 1);
    this.searching = search.first.map(({ position }) => position);
    // What always matches matches at once, at the first place tried.
    if (pattern.alternatives.some(neverFails)) {
      for (const alternative of pattern.alternatives)
        this.start(this.sequence(alternative, true, 0));
      return;
    }
    const whole = this.choice(pattern.alternatives, true, 0);
    this.start(search);
    this.start(whole);
    this.connect(search.last, whole.first);
  }

  private start(fragment: Fragment): void {
    for (const { position, flags } of fragment.first) {
      if ((flags & TEXT_END) === 0) this.starts.push(position);
    }
  }

  private character(set: CharSet): Fragment {
    let sets = this.parts.get(set);
    if (sets === undefined) {
      sets = this.splitsWords ? [set.intersect(WORD), set.intersect(NO_WORD)] : [set];
      this.parts.set(set, sets);
    }
    const gates: Gate[] = [];
    for (const part of sets) {
      if (part.isEmpty) continue;
      if (this.sets.length === MAX_POSITIONS)
        throw new TooLarge(`more than ${MAX_POSITIONS} states`);
      gates.push({ position: this.sets.length, flags: 0, ways: 1 });
      this.sets.push(part);
      this.edges.push(new Map());
    }
    return { empty: [], first: gates, last: gates };
  }

  private connect(last: readonly Gate[], first: readonly Gate[]): void {
    for (const from of last) {
      const edges = this.edges[from.position];
      for (const to of first) {
        const flags = from.flags | to.flags;
        if ((flags & (TEXT_START | TEXT_END)) !== 0) continue;
        if ((flags & (WORD_EDGE | NO_WORD_EDGE)) !== 0) {
          const edge = this.isWord(from.position) !== this.isWord(to.position);
          if ((flags & (edge ? NO_WORD_EDGE : WORD_EDGE)) !== 0) continue;
        }
        if (++this.edgeCount > MAX_EDGES) throw new TooLarge('too many ways from state to state');
        edges?.set(to.position, Math.min(2, (edges.get(to.position) ?? 0) + from.ways * to.ways));
      }
    }
  }

  private isWord(position: number): boolean {
    return this.sets[position]?.isSubsetOf(WORD) ?? false;
  }

  private join(left: Fragment, right: Fragment): Fragment {
    this.connect(left.last, right.first);
    return {
      empty: merge(behind(left.empty, right.empty)),
      first: merge([...left.first, ...behind(left.empty, right.first)]),
      last: merge([...right.last, ...behind(right.empty, left.last)]),
    };
  }

  private either(fragments: readonly Fragment[]): Fragment {
    return {
      empty: merge(fragments.flatMap(({ empty }) => empty)),
      first: merge(fragments.flatMap(({ first }) => first)),
      last: merge(fragments.flatMap(({ last }) => last)),
    };
  }

  /** Lets a fragment follow itself; a turn after the first never reads nothing. */
  private plus(fragment: Fragment, ways: number): Fragment {
    this.connect(
      fragment.last.map((gate) => ({ ...gate, ways: Math.min(2, gate.ways * ways) })),
      fragment.first,
    );
    const late = behind(fragment.empty, fragment.first);
    return { ...fragment, first: merge([...fragment.first, ...late]) };
  }

  /**
   * Builds a choice.
   *
   * @param tail whether nothing that can fail follows
   * @param depth how many loops are around
   */
  private choice(alternatives: readonly AST.Alternative[], tail: boolean, depth: number): Fragment {
    return this.either(alternatives.map((alternative) => this.sequence(alternative, tail, depth)));
  }

  private sequence({ elements }: AST.Alternative, tail: boolean, depth: number): Fragment {
    let result = NOTHING;
    let open = tail;
    for (let i = elements.length - 1; i >= 0; i--) {
      const element = elements[i] as AST.Element;
      if (!open) {
        result = this.join(this.build(element, false, depth), result);
      } else if (neverFails(element)) {
        // Never gone back into; but inside of it, something may fail again and again.
        this.start(this.inside(element, depth));
      } else if (
        !(element.type === 'Assertion' && element.kind === 'end' && readsAnything(elements[i - 1]))
      ) {
        result = this.build(element, true, depth);
        open = false;
      }
    }
    return result;
  }

  private inside(node: AST.Element, depth: number): Fragment {
    if (node.type === 'Quantifier') return this.inside(node.element, depth);
    if (node.type !== 'Group' && node.type !== 'CapturingGroup') return NOWHERE;
    return this.choice(node.alternatives, true, depth);
  }

  private build(node: AST.Element, tail: boolean, depth: number): Fragment {
    if (++this.builds > MAX_BUILDS) throw new TooLarge('too many repeats in repeats');
    switch (node.type) {
      case 'Group':
        return this.choice(node.alternatives, tail, depth);
      case 'CapturingGroup': {
        this.openGroups.add(node);
        const fragment = this.choice(node.alternatives, tail, depth);
        this.openGroups.delete(node);
        return fragment;
      }
      case 'Quantifier':
        return this.repeat(node, tail, depth);
      case 'Assertion':
        return this.assertion(node);
      case 'Backreference': {
        const groups = [node.resolved].flat().filter((group) => !this.openGroups.has(group));
        const read = this.either(groups.map((group) => this.build(group, false, depth)));
        return groups.every((group) => isSet(group, node)) && groups.length > 0
          ? read
          : { ...read, empty: NOTHING.empty };
      }
      case 'Character':
      case 'CharacterClass':
      case 'CharacterSet': {
        const set = this.knownSets.get(node.raw) ?? charSetOf(node);
        this.knownSets.set(node.raw, set);
        return this.character(set);
      }
      default:
        throw new TooLarge('a class of the flag v');
    }
  }

  private assertion(node: AST.Assertion): Fragment {
    switch (node.kind) {
      case 'start':
        return { ...NOTHING, empty: [{ flags: TEXT_START, ways: 1 }] };
      case 'end':
        return { ...NOTHING, empty: [{ flags: TEXT_END, ways: 1 }] };
      case 'word':
        return { ...NOTHING, empty: [{ flags: node.negate ? NO_WORD_EDGE : WORD_EDGE, ways: 1 }] };
      default: {
        // A dead end beside the rest. Looking behind is treated like looking ahead: what counts is
        // how far, and a run of one text reads the same from both sides.
        const { first } = this.choice(node.alternatives, node.kind === 'lookahead', 0);
        return { ...NOTHING, first };
      }
    }
  }

  private repeat(node: AST.Quantifier, tail: boolean, depth: number): Fragment {
    const { min, max, element } = node;
    if (max === 0) return NOTHING;
    const many = this.countPaths(node) > MANY_PATHS;
    const turns = min < max && (max >= MANY_TURNS || many);
    const copiesMany = this.countPaths(element) ** min > MANY_PATHS;
    const looping = (turns && !tail) || copiesMany;
    const copies = copiesMany ? 0 : depth === 0 ? Math.min(min, MAX_COPIES) : min;

    let tailPart: Fragment = NOTHING;
    let before = copies;
    if (looping) {
      const from = this.sets.length;
      const body = this.build(element, false, depth + 1);
      if (copiesMany && body.empty.some(({ ways }) => ways > 1)) {
        throw new TooLarge('a repeat that can read nothing in several ways');
      }
      // Turns that may read nothing can stand anywhere among those that must be made.
      const loop = this.plus(body, copiesMany && body.empty.length > 0 ? 2 : 1);
      this.loops.push({ node, from, to: this.sets.length, bound: max });
      tailPart = min === 0 ? { ...body, empty: NOTHING.empty } : loop;
      if (min > 0 && before > 0) before--;
    } else if (tail) {
      // Turns beyond those that must be made are never gone back into.
      if (before > 0) before--;
      tailPart = this.build(element, true, depth);
    } else {
      for (let extra = max - min; extra > 0; extra--) {
        const body = { ...this.build(element, false, depth), empty: [] };
        tailPart = { ...this.join(body, tailPart), empty: NOTHING.empty };
      }
    }
    for (; before > 0; before--) tailPart = this.join(this.build(element, false, depth), tailPart);
    return tailPart;
  }

  /** Counts the ways through a part, its characters aside; a loop without bound counts as two. */
  private countPaths(node: AST.Element | AST.Alternative): number {
    const known = this.paths.get(node);
    if (known !== undefined) return known;
    let paths = 1;
    switch (node.type) {
      case 'Alternative':
        for (const element of node.elements) paths *= this.countPaths(element);
        break;
      case 'Group':
      case 'CapturingGroup':
        paths = 0;
        for (const alternative of node.alternatives) paths += this.countPaths(alternative);
        break;
      case 'Quantifier': {
        const body = this.countPaths(node.element);
        if (node.max === Number.POSITIVE_INFINITY) paths = 2 * body ** Math.min(node.min, 1e3);
        else if (body === 1) paths = node.max - node.min + 1;
        else {
          paths = 0;
          for (let i = node.min; i <= node.max && paths <= MANY_PATHS; i++) paths += body ** i;
        }
        break;
      }
    }
    paths = Math.min(paths, 1e9);
    this.paths.set(node, paths);
    return paths;
  }
}

/** Finds the strongly connected components that hold a cycle, each before those it leads to. */
function components(edges: readonly (readonly number[])[], starts: readonly number[]): number[][] {
  const order = new Int32Array(edges.length).fill(-1);
  const low = new Int32Array(edges.length);
  const done = new Uint8Array(edges.length);
  const stack: number[] = [];
  const found: number[][] = [];
  let count = 0;
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
        else if (done[target] === 0) low[node] = Math.min(low[node] ?? 0, order[target] ?? 0);
        continue;
      }
      calls.pop();
      const parent = calls.at(-1);
      if (parent !== undefined) {
        low[parent.node] = Math.min(low[parent.node] ?? 0, low[node] ?? 0);
      }
      if (low[node] !== order[node]) continue;
      const component = stack.splice(stack.indexOf(node));
      for (const member of component) done[member] = 1;
      if (component.length > 1 || edges[node]?.includes(node)) found.push(component);
    }
  }
  return found.reverse();
}

/** A proof: a text whose repeats two paths can read, and places of the pattern on those paths. */
type Witness = { pump: string; places: number[]; nested?: boolean };

/** Looks for two paths that read the same text. */
class Analysis {
  private readonly edges: number[][];
  private readonly masks: Uint32Array[];
  private readonly words: number;
  private readonly base: CharBase;
  private steps = 0;
  readonly cycles: number[][];

  constructor(private readonly automaton: Automaton) {
    this.edges = automaton.edges.map((targets) => [...targets.keys()]);
    this.cycles = components(this.edges, automaton.starts);
    // Characters that no position tells apart are one; sets of what is left are bits.
    const distinct = new Map<CharSet, Uint32Array>();
    for (const set of automaton.sets) distinct.set(set, new Uint32Array(0));
    this.base = new CharBase(distinct.keys());
    this.words = Math.ceil(this.base.sets.length / 32);
    for (const set of distinct.keys()) {
      const mask = new Uint32Array(this.words);
      for (const index of this.base.split(set)) {
        mask[index >>> 5] = (mask[index >>> 5] ?? 0) | (1 << (index & 31));
      }
      distinct.set(set, mask);
    }
    this.masks = automaton.sets.map((set) => distinct.get(set) as Uint32Array);
  }

  /** Says whether up to three positions can read the same character; each call is one step. */
  private overlap(a: number, b: number, c: number): boolean {
    if (++this.steps > MAX_STEPS) throw new TooLarge('too many pairs of states to compare');
    const [x, y, z] = [this.masks[a], this.masks[b], this.masks[c]];
    for (let i = 0; i < this.words; i++) {
      if (((x?.[i] ?? 0) & (y?.[i] ?? 0) & (z?.[i] ?? 0)) !== 0) return true;
    }
    return false;
  }

  /** Picks a character that positions can all read, a printable one where there is one. */
  private pick(...positions: number[]): string {
    let set = ALL;
    for (const position of positions) set = set.intersect(this.automaton.sets[position] ?? set);
    const readable = [...'a0A -_.,:/@x1!'].find((character) => set.has(character.charCodeAt(0)));
    if (readable !== undefined) return readable;
    const printable = set.ranges.find(({ min, max }) => max > 0x20 && min < 0x7f);
    const code = printable ? Math.max(printable.min, 0x21) : (set.ranges[0]?.min ?? 0);
    return String.fromCodePoint(code);
  }

  /** Finds a shortest way inside a component, as the positions after the first. */
  private way(from: number, to: number, inside: ReadonlySet<number>): number[] {
    const parents = new Map<number, number>();
    const queue = [from];
    for (const node of queue) {
      for (const next of this.edges[node] ?? []) {
        if (!inside.has(next) || parents.has(next)) continue;
        parents.set(next, node);
        queue.push(next);
      }
      if (parents.has(to)) break;
    }
    const path = [to];
    for (
      let node = parents.get(to);
      node !== undefined && node !== from;
      node = parents.get(node)
    ) {
      path.unshift(node);
    }
    return path;
  }

  /**
   * Finds two paths from a position to itself that read the same text: each repeat of it doubles
   * the paths (exponential degree of ambiguity).
   */
  exponential(cycle: readonly number[]): Witness | undefined {
    const inside = new Set(cycle);
    const size = this.edges.length;
    const inner = new Map(
      cycle.map((node) => [node, (this.edges[node] ?? []).filter((next) => inside.has(next))]),
    );
    for (const [node, targets] of inner) {
      for (const next of targets) {
        if ((this.automaton.edges[node]?.get(next) ?? 0) < 2) continue;
        const path = next === node ? [next] : [next, ...this.way(next, node, inside)];
        const pump = path.map((place) => this.pick(place)).join('');
        return { pump, places: [node, ...path], nested: true };
      }
    }
    // Pairs reached from a single position; a pair that becomes a single one again is a proof.
    const parents = new Map<number, number>();
    const queue: number[] = [];
    const seenTargets = new Set<string>();
    const add = (left: number, right: number, parent: number) => {
      const key = left < right ? left * size + right : right * size + left;
      if (parents.has(key)) return;
      parents.set(key, parent);
      queue.push(key);
    };
    for (const [node, targets] of inner) {
      const key = targets.join();
      if (seenTargets.has(key)) continue;
      seenTargets.add(key);
      targets.forEach((left, i) => {
        for (const right of targets.slice(i + 1)) {
          if (this.overlap(left, right, right)) add(left, right, -node - 1);
        }
      });
    }
    for (const pair of queue) {
      const [left, right] = [Math.floor(pair / size), pair % size];
      for (const nextLeft of inner.get(left) ?? []) {
        for (const nextRight of inner.get(right) ?? []) {
          if (!this.overlap(nextLeft, nextRight, nextRight)) continue;
          if (nextLeft !== nextRight) {
            add(nextLeft, nextRight, pair);
            continue;
          }
          const pairs: number[][] = [[nextLeft]];
          let parent = pair;
          for (; parent >= 0; parent = parents.get(parent) ?? -1) {
            pairs.unshift([Math.floor(parent / size), parent % size]);
          }
          const node = -parent - 1;
          if (nextLeft !== node) {
            for (const place of this.way(nextLeft, node, inside)) pairs.push([place]);
          }
          return {
            pump: pairs.map((places) => this.pick(...places)).join(''),
            places: [node, ...pairs.flat()],
          };
        }
      }
    }
    return undefined;
  }

  /**
   * Finds a text that leads from one position to itself, from that one to a later one, and from
   * the later one to itself (polynomial degree of ambiguity): the paths that read n repeats of it
   * differ in when they leave the first loop.
   */
  polynomial(left: readonly number[], right: readonly number[]): Witness | undefined {
    const [leftMask, rightMask] = [this.maskOf(left), this.maskOf(right)];
    if (!leftMask.some((bits, i) => (bits & (rightMask[i] ?? 0)) !== 0)) return undefined;
    const leading = this.leadingTo(right);
    if (!left.some((node) => leading.has(node))) return undefined;
    const [inLeft, inRight] = [new Set(left), new Set(right)];
    const size = this.edges.length;
    for (const p of left) {
      for (const q of right) {
        const goal = (p * size + q) * size + q;
        const origin = (p * size + p) * size + q;
        const parents = new Map<number, number>([[origin, -1]]);
        const queue = [origin];
        for (const key of queue) {
          const [x, y, z] = [
            Math.floor(key / size / size),
            Math.floor(key / size) % size,
            key % size,
          ];
          for (const nextX of this.edges[x] ?? []) {
            if (!inLeft.has(nextX)) continue;
            for (const nextZ of this.edges[z] ?? []) {
              if (!inRight.has(nextZ) || !this.overlap(nextX, nextZ, nextZ)) continue;
              for (const nextY of this.edges[y] ?? []) {
                if (!leading.has(nextY) || !this.overlap(nextX, nextY, nextZ)) continue;
                const next = (nextX * size + nextY) * size + nextZ;
                if (parents.has(next)) continue;
                parents.set(next, key);
                queue.push(next);
              }
            }
          }
          if (parents.has(goal)) break;
        }
        if (!parents.has(goal)) continue;
        let pump = '';
        for (let key = goal; key !== origin && key >= 0; key = parents.get(key) ?? -1) {
          const places = [Math.floor(key / size / size), Math.floor(key / size) % size, key % size];
          pump = this.pick(...places) + pump;
        }
        return { pump, places: [p, q] };
      }
    }
    return undefined;
  }

  private readonly maskCache = new Map<readonly number[], Uint32Array>();

  private maskOf(cycle: readonly number[]): Uint32Array {
    const known = this.maskCache.get(cycle);
    if (known !== undefined) return known;
    const mask = new Uint32Array(this.words);
    for (const node of cycle) {
      this.masks[node]?.forEach((bits, i) => {
        mask[i] = (mask[i] ?? 0) | bits;
      });
    }
    this.maskCache.set(cycle, mask);
    return mask;
  }

  private readonly leadingCache = new Map<readonly number[], Set<number>>();
  private sources: number[][] | undefined;

  private leadingTo(cycle: readonly number[]): Set<number> {
    const known = this.leadingCache.get(cycle);
    if (known !== undefined) return known;
    if (this.sources === undefined) {
      const sources: number[][] = this.edges.map(() => []);
      this.edges.forEach((targets, node) => {
        for (const target of targets) sources[target]?.push(node);
      });
      this.sources = sources;
    }
    const reached = new Set(cycle);
    for (const node of reached) for (const source of this.sources[node] ?? []) reached.add(source);
    this.leadingCache.set(cycle, reached);
    return reached;
  }
}

/** Quotes a part of the pattern, shortened where it is long. */
function quote(raw: string): string {
  const points = [...raw];
  return `"${points.length > 60 ? `${points.slice(0, 57).join('')}...` : raw}"`;
}

/** Writes a text that runs away as a JSON string, shortened where it is long. */
function quoteText(text: string): string {
  const points = [...text];
  return JSON.stringify(points.length > 20 ? points.slice(0, 20).join('') : text);
}

/** Finds the loops that hold all of some positions, the smallest first. */
function loopsAround(automaton: Automaton, places: readonly number[]): Loop[] {
  const [from, to] = [Math.min(...places), Math.max(...places)];
  return automaton.loops
    .filter((loop) => loop.from <= from && to < loop.to)
    .sort((a, b) => a.to - a.from - (b.to - b.from));
}

/** Says how long a run of a loop's positions can get. */
function boundOf(automaton: Automaton, place: number): number {
  if (automaton.searching.includes(place)) return Number.POSITIVE_INFINITY;
  return automaton.loops
    .filter((loop) => loop.from <= place && place < loop.to)
    .reduce((product, loop) => product * loop.bound, 1);
}

function describeExponential(automaton: Automaton, pattern: AST.Pattern, found: Witness): string {
  const loops = loopsAround(automaton, found.places);
  // Two ways from one character to the next are two loops, of which the outer shows both.
  const loop = (found.nested && loops[1]) || loops[0];
  const part = quote((loop?.node ?? pattern).raw);
  return (
    `${part} can read repeats of ${quoteText(found.pump)} in ever more ways, so the time to ` +
    'refuse them grows exponentially; let its parts and alternatives begin with different ' +
    'characters, or merge nested repeats into one'
  );
}

function describePolynomial(automaton: Automaton, pattern: AST.Pattern, found: Witness): string {
  const [left, right] = found.places.map((place) =>
    automaton.searching.includes(place) ? undefined : loopsAround(automaton, [place])[0]?.node,
  );
  const last = quote((right ?? pattern).raw);
  const run = `a long run of ${quoteText(found.pump)}`;
  if (left === undefined) {
    return (
      `${last} is tried from each place in ${run}, so the time to refuse it grows much faster ` +
      'than its length; anchor the pattern with ^, or bound the text with maxLength'
    );
  }
  const loops = left === right ? `two turns around ${last}` : `${quote(left.raw)} and ${last}`;
  return (
    `${loops} can share ${run} in many ways, so the time to refuse it grows much faster than its ` +
    'length; make what they read exclusive, put a separator between them, or bound the text ' +
    'with maxLength'
  );
}

/**
 * Finds a pair of loops, or a chain of pairs, that makes the time grow faster than the text.
 *
 * Bounded loops take part with their bounds: only if the bounds multiply to much do they count.
 */
function findPolynomial(automaton: Automaton, analysis: Analysis): Witness | undefined {
  const { cycles } = analysis;
  // The longest chains that end in a loop: with no unbounded loop in them, and with one.
  const chains = cycles.map((cycle) => {
    const bound = boundOf(automaton, cycle[0] ?? 0);
    return bound === Number.POSITIVE_INFINITY ? { none: 0, one: 1 } : { none: bound, one: 0 };
  });
  for (const [j, right] of cycles.entries()) {
    const own = chains[j] as { none: number; one: number };
    const { none, one } = own;
    for (const [i, left] of cycles.slice(0, j).entries()) {
      const chain = chains[i] as { none: number; one: number };
      const unbounded = one > 0;
      const next = unbounded
        ? { none: 0, one: Math.max(1, chain.none) }
        : { none: chain.none * none, one: chain.one * none };
      const two = unbounded && chain.one > 0;
      const worse = two || next.none > own.none || next.one > own.one;
      const found = worse ? analysis.polynomial(left, right) : undefined;
      if (found === undefined) continue;
      if (two || next.one >= LARGE_BOUND || next.none > MANY_PATHS) return found;
      own.none = Math.max(own.none, next.none);
      own.one = Math.max(own.one, next.one);
    }
  }
  return undefined;
}

/** Cuts the engine's own reason out of its message, which repeats the whole pattern before it. */
function engineReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const start = Math.max(message.lastIndexOf('/u: ') + 4, message.lastIndexOf('/: ') + 3);
  return message.slice(start > 3 ? start : 0).replace(/^Invalid regular expression: /, '');
}

const parser = new RegExpParser({ ecmaVersion: 2024 });

/**
 * Judges whether a JSON Schema pattern compiles and refuses every text in about linear time.
 *
 * The pattern is an ECMAScript regular expression with the flag `u`, searched anywhere in a text
 * that an attacker may have written. The verdict depends on the pattern alone: it looks for two
 * ways to read one text, and no clock and no trial is involved. Patterns of more than 1,000
 * characters, of more than 2,000 states or with more pairs of states than can be compared in well
 * under a second are refused as `exponential`, as nothing better is proven; `text` says so.
 * Look-arounds constrain nothing, back-references may read whatever their group may, and repeats of
 * ten turns or more count as endless where that makes an ambiguity costly; so in rare cases
 * a harmless pattern is reported. Syntax later than ECMAScript 2024 is refused, whatever the engine
 * knows, so that the verdict is the same in every engine.
 * https://json-schema.org/draft/2020-12/json-schema-core#section-6.4
 */
export function checkPattern(source: string): PatternProblem | undefined {
  try {
    new RegExp(source, 'u');
  } catch (error) {
    const text = `not a regular expression of ECMAScript with the flag u: ${engineReason(error)}`;
    return { kind: 'syntax', text };
  }
  try {
    if (source.length > MAX_LENGTH) throw new TooLarge(`more than ${MAX_LENGTH} characters`);
    const pattern = parse(source);
    if (pattern === undefined) {
      return {
        kind: 'syntax',
        text: 'uses syntax newer than ECMAScript 2024, which is not checked',
      };
    }
    const automaton = new Automaton(pattern);
    const analysis = new Analysis(automaton);
    for (const cycle of analysis.cycles) {
      const found = analysis.exponential(cycle);
      if (found === undefined) continue;
      return { kind: 'exponential', text: describeExponential(automaton, pattern, found) };
    }
    const found = findPolynomial(automaton, analysis);
    if (found === undefined) return undefined;
    return { kind: 'polynomial', text: describePolynomial(automaton, pattern, found) };
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    const text = `too large to prove safe (${error.message}); make it shorter, or split the field`;
    return { kind: 'exponential', text };
  }
}

function parse(source: string): AST.Pattern | undefined {
  try {
    return parser.parsePattern(source, 0, source.length, { unicode: true });
  } catch {
    return undefined;
  }
}
