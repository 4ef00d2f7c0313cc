import {
  CharSet,
  type Concatenation,
  DFA,
  type Element,
  type Expression,
  NFA,
  type NoParent,
} from 'refa';

export type Part = NoParent<Element>;
export type Sequence = NoParent<Concatenation>;

// A text stands between two marks, which `^` and `$` read: lone surrogates, which no text holds.
const MAX = 0x10ffff;
export const START = 0xd800;
export const END = 0xdfff;
const MARKS = CharSet.fromCharacters(MAX, [START, END]);

/** Any characters, and marks. */
export const ANYTHING: Part = repeated(oneOf(CharSet.all(MAX)));

/** Any characters of a text. */
export const CHARACTERS: Part = repeated(oneOf(CharSet.all(MAX).without(MARKS)));

/** Returns the characters of a set without the marks. */
export function characters(set: CharSet): Part {
  return oneOf(set.without(MARKS));
}

export function mark(character: typeof START | typeof END): Part {
  return oneOf(CharSet.fromCharacter(MAX, character));
}

function oneOf(set: CharSet): Part {
  return { type: 'CharacterClass', characters: set };
}

export function sequence(...elements: readonly Part[]): Sequence {
  return { type: 'Concatenation', elements: [...elements] };
}

export function repeated(element: Part): Part {
  const max = Number.POSITIVE_INFINITY;
  return { type: 'Quantifier', min: 0, max, lazy: false, alternatives: [sequence(element)] };
}

/** How many states an automaton may have. */
const MAX_NODES = 3_000;

/** Makes an automaton's states, up to a limit. */
function nodesOf<Node>({ createNode }: { createNode: () => Node }): { createNode: () => Node } {
  let made = 0;
  return {
    createNode: () => {
      made += 1;
      if (made > MAX_NODES) throw new TooLarge();
      return createNode();
    },
  };
}

class TooLarge extends Error {}

/** Makes the automaton of some elements, followed by what another one accepts. Throws where it is too large. */
export function automatonOf(elements: Sequence, rest?: DFA): DFA {
  const expression: NoParent<Expression> = { type: 'Expression', alternatives: [elements] };
  const nodes = nodesOf(NFA.nodeFactory);
  const nfa = NFA.fromRegex(expression, { maxCharacter: MAX }, {}, nodes);
  // The rest begins behind the start, and may end with the same `$` as what comes before.
  readOnce(nfa, START);
  if (rest !== undefined) nfa.append(rest, nodes);
  readOnce(nfa, END);
  return DFA.fromFA(nfa, nodesOf(DFA.nodeFactory));
}

/** Several `^` in a row read one mark, and so do several `$`. */
function readOnce(nfa: NFA, character: number): void {
  const edge = CharSet.fromCharacter(MAX, character);
  const after = (node: NFA.Node) =>
    [...node.out].filter(([, read]) => !read.isDisjointWith(edge)).map(([to]) => to);
  for (const node of nfa.nodes()) {
    const reached = new Set(after(node));
    // What is added to a set is visited too.
    for (const next of reached) for (const to of after(next)) reached.add(to);
    for (const to of reached) node.link(to, edge);
  }
}

/** Accepts what either of two accepts. */
export function either(one: DFA, other: DFA): DFA {
  const nodes = nodesOf(NFA.nodeFactory);
  const joined = NFA.fromFA(one, nodes);
  joined.union(other, nodes);
  return DFA.fromFA(joined, nodesOf(DFA.nodeFactory));
}

/** Accepts what both of two accept. */
export function both(one: DFA, other: DFA): DFA {
  const joined = DFA.fromIntersection(one, other, nodesOf(DFA.nodeFactory));
  joined.minimize();
  return joined;
}

/** Accepts what another one does not. */
export function complement(one: DFA): DFA {
  const outside = one.copy(nodesOf(DFA.nodeFactory));
  outside.complement(nodesOf(DFA.nodeFactory));
  return outside;
}

let frameOfTexts: DFA | undefined;

/** All texts, each between its marks. */
export function frame(): DFA {
  frameOfTexts ??= automatonOf(sequence(mark(START), CHARACTERS, mark(END)));
  return frameOfTexts;
}
