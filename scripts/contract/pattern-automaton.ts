import { type DFA, JS } from 'refa';
import {
  ANYTHING,
  automatonOf,
  both,
  CHARACTERS,
  characters,
  complement,
  END,
  either,
  frame,
  mark,
  type Part,
  repeated,
  type Sequence,
  START,
  sequence,
} from './automata.js';

/** What an automaton can't say: looking back, looking around at a place that depends on what came before. */
class Unsupported extends Error {}

export function parserOf(source: string): JS.Parser {
  return JS.Parser.fromLiteral({ source, flags: 'u' });
}

/**
 * Makes the automaton of the texts, between their marks, in which a regular expression of JavaScript is found, or which
 * it takes whole. Throws where it is none, looks behind, refers back or is too large.
 */
export function patternAutomaton(source: string, found: 'anywhere' | 'whole'): DFA {
  const { expression } = parserOf(source).parse({
    assertions: 'parse',
    backreferences: 'throw',
    maxNodes: MAX_NODES,
  });
  const { alternatives } = expression;
  const isPlain = !alternatives.some((one) => one.elements.some(looksAhead));
  const all = isPlain
    ? automatonOf(inSearch(found, { type: 'Alternation', alternatives: alternatives.map(marked) }))
    : alternatives.map((one) => searched(one, found)).reduce(either);
  return both(all, frame());
}

/** How many elements a pattern may have. */
const MAX_NODES = 3_000;

function inSearch(found: 'anywhere' | 'whole', pattern: Part): Sequence {
  return found === 'anywhere'
    ? sequence(ANYTHING, pattern, ANYTHING)
    : sequence(repeated(mark(START)), pattern, repeated(mark(END)));
}

/** Reads an alternative that looks ahead: from the place after the start of the text on, since there it may begin. */
function searched({ elements }: Sequence, found: 'anywhere' | 'whole'): DFA {
  const [first, ...others] = elements;
  const isAtStart = first !== undefined && isStart(first);
  const rest = isAtStart ? others : elements;
  // `^` reads a mark that has been read, and what looks ahead has to begin where the text does.
  if (rest.some((one) => holds(one, isStart))) throw new Unsupported();
  const end = found === 'anywhere' ? ANYTHING : repeated(mark(END));
  const ahead = continued(rest, automatonOf(sequence(end)));
  const isAnywhere = found === 'anywhere' && !isAtStart;
  return automatonOf(sequence(mark(START), ...(isAnywhere ? [CHARACTERS] : [])), ahead);
}

/** Reads elements that may look ahead, before a rest: from the end, since what looks ahead looks at all of that. */
function continued(elements: readonly Part[], rest: DFA): DFA {
  const index = elements.findLastIndex(looksAhead);
  const element = elements[index];
  if (element === undefined) return automatonOf(sequence(...elements.map(markedElement)), rest);
  const before = elements.slice(0, index);
  // `$` reads the mark that what looks ahead may want to read too.
  if (before.some((one) => holds(one, isEnd))) throw new Unsupported();
  const after = continued(elements.slice(index + 1), rest);
  return continued(before, lookingAhead(element, after));
}

function lookingAhead(element: Part, rest: DFA): DFA {
  if (element.type === 'Alternation') {
    return element.alternatives.map((one) => continued(one.elements, rest)).reduce(either);
  }
  if (element.type !== 'Assertion') throw new Unsupported();
  const anything = automatonOf(sequence(ANYTHING));
  const seen = element.alternatives.map((one) => continued(one.elements, anything)).reduce(either);
  return both(rest, element.negate ? complement(seen) : seen);
}

/** Lets `^` and `$` read the marks, and nothing else. */
function marked({ elements }: Sequence): Sequence {
  const isTurned = elements.some(
    (one, index) =>
      holds(one, isEnd) &&
      (elements.slice(index + 1).some((other) => holds(other, isStart)) ||
        (one.type === 'Quantifier' && holds(one, isStart))),
  );
  // Only in an empty text the start comes after the end.
  if (isTurned) throw new Unsupported();
  return sequence(...elements.map(markedElement));
}

function markedElement(element: Part): Part {
  switch (element.type) {
    case 'CharacterClass':
      return characters(element.characters);
    case 'Alternation':
    case 'Quantifier':
      return { ...element, alternatives: element.alternatives.map(marked) };
    default:
      if (isStart(element)) return mark(START);
      if (isEnd(element)) return mark(END);
      throw new Unsupported();
  }
}

function isStart(element: Part): boolean {
  return isEdge(element, 'behind');
}

function isEnd(element: Part): boolean {
  return isEdge(element, 'ahead');
}

/** `^` says that no character is behind, `$` that none is ahead. */
function isEdge(element: Part, kind: 'ahead' | 'behind'): boolean {
  if (element.type !== 'Assertion' || element.kind !== kind || !element.negate) return false;
  const [only, ...others] = element.alternatives;
  const [character, ...more] = only?.elements ?? [];
  return (
    others.length + more.length === 0 &&
    character?.type === 'CharacterClass' &&
    character.characters.isAll
  );
}

function looksAhead(element: Part): boolean {
  return holds(element, (one) => one.type === 'Assertion' && one.kind === 'ahead' && !isEnd(one));
}

/** Tells whether an element is one of a kind, or holds one. */
function holds(element: Part, isMeant: (one: Part) => boolean): boolean {
  if (isMeant(element)) return true;
  if (!('alternatives' in element)) return false;
  return element.alternatives.some((one) => one.elements.some((inner) => holds(inner, isMeant)));
}
