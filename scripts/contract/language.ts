import {
  CharSet,
  type Concatenation,
  DFA,
  type Element,
  type Expression,
  JS,
  NFA,
  type NoParent,
} from 'refa';
import { inJavaScript } from './pact-expressions.js';
import { shortestTexts } from './shortest-texts.js';

type Part = NoParent<Element>;
type Sequence = NoParent<Concatenation>;

/**
 * A set of texts that a regular expression describes: able to say of a text whether it is in it, and of another set whether it holds all of that.
 */
export class Language {
  private constructor(private readonly automaton: DFA) {}

  /**
   * Reads a regular expression of JSON Schema, which is found anywhere in a text; undefined where it is none, looks
   * around, refers back or is too large.
   */
  static of(pattern: string): Language | undefined {
    return Language.#read(pattern, 'anywhere');
  }

  /** Reads a regular expression of Pact, which takes the whole text; undefined in the same cases. */
  static ofPact(pattern: string): Language | undefined {
    const source = inJavaScript(pattern);
    return source === undefined ? undefined : Language.#read(source, 'whole');
  }

  static #read(source: string, found: 'anywhere' | 'whole'): Language | undefined {
    return known(`${found} ${source}`, () => {
      const { expression } = parserOf(source).parse({
        assertions: 'parse',
        backreferences: 'throw',
        maxNodes: MAX_NODES,
      });
      const searched: Part = {
        type: 'Alternation',
        alternatives: expression.alternatives.map(marked),
      };
      const search = automatonOf(
        found === 'anywhere'
          ? sequence(repeated(ANY), searched, repeated(ANY))
          : sequence(repeated(mark(START)), searched, repeated(mark(END))),
      );
      return new Language(both(search, frame()));
    });
  }

  /** Returns the texts that are in all of some sets; undefined where that is too large to say. */
  static intersection(languages: readonly Language[]): Language | undefined {
    return attempt(
      () => new Language(languages.map(({ automaton }) => automaton).reduce(both, frame())),
    );
  }

  has(text: string): boolean {
    return this.automaton.test([START, ...[...text].map((one) => one.codePointAt(0) ?? 0), END]);
  }

  /**
   * Returns texts that are in this set and not in another, the shortest first, at most `limit`; none where the other
   * holds all of it; undefined where that is too large to say.
   */
  beyond(other: Language, limit = 20): string[] | undefined {
    return attempt(() => {
      const outside = other.automaton.copy(nodesOf(DFA.nodeFactory));
      outside.complement(nodesOf(DFA.nodeFactory));
      const { initial, finals } = both(this.automaton, outside);
      return shortestTexts(initial, finals, limit).map((word) =>
        String.fromCodePoint(...word.slice(1, -1)),
      );
    });
  }
}

/** Says why a regular expression of Pact is not understood. */
export function whyUnread(pattern: string): string {
  const source = inJavaScript(pattern);
  const isRead = source !== undefined && attempt(() => parserOf(source)) !== undefined;
  return isRead ? 'its pattern is too complex' : "its pattern can't be read";
}

function parserOf(source: string): JS.Parser {
  return JS.Parser.fromLiteral({ source, flags: 'u' });
}

// A text stands between two marks, which `^` and `$` read: lone surrogates, which no text holds.
const MAX = 0x10ffff;
const START = 0xd800;
const END = 0xdfff;
const MARKS = CharSet.fromCharacters(MAX, [START, END]);
const ANY: Part = { type: 'CharacterClass', characters: CharSet.all(MAX) };
const INNER: Part = { type: 'CharacterClass', characters: CharSet.all(MAX).without(MARKS) };

/** How many states an automaton may have. */
const MAX_NODES = 3_000;

/** How long automata may be made for one verification: files can hold any number of patterns, each slow by itself. */
const MAX_MILLISECONDS = 10_000;

let spent = 0;

/** Forgets what was worked out for an earlier verification, and how long it took. */
export function forgetLanguages(): void {
  languages.clear();
  spent = 0;
}

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

let frameOfTexts: DFA | undefined;

/** All texts, each between its marks. */
function frame(): DFA {
  frameOfTexts ??= automatonOf(sequence(mark(START), repeated(INNER), mark(END)));
  return frameOfTexts;
}

function automatonOf(elements: Sequence): DFA {
  const expression: NoParent<Expression> = { type: 'Expression', alternatives: [elements] };
  const nfa = NFA.fromRegex(expression, { maxCharacter: MAX }, {}, nodesOf(NFA.nodeFactory));
  return DFA.fromFA(nfa, nodesOf(DFA.nodeFactory));
}

function both(one: DFA, other: DFA): DFA {
  const joined = DFA.fromIntersection(one, other, nodesOf(DFA.nodeFactory));
  joined.minimize();
  return joined;
}

function sequence(...elements: Part[]): Sequence {
  return { type: 'Concatenation', elements };
}

function repeated(element: Part): Part {
  return {
    type: 'Quantifier',
    min: 0,
    max: Number.POSITIVE_INFINITY,
    lazy: false,
    alternatives: [sequence(element)],
  };
}

function mark(character: number): Part {
  return { type: 'CharacterClass', characters: CharSet.fromCharacter(MAX, character) };
}

class Unsupported extends Error {}

/** Lets `^` and `$` read the marks, and nothing else. */
function marked({ elements }: Sequence): Sequence {
  return sequence(...elements.map(markedElement));
}

function markedElement(element: Part): Part {
  switch (element.type) {
    case 'CharacterClass':
      return { type: 'CharacterClass', characters: element.characters.without(MARKS) };
    case 'Alternation':
    case 'Quantifier':
      return { ...element, alternatives: element.alternatives.map(marked) };
    case 'Assertion': {
      const [only, ...others] = element.alternatives;
      const [character, ...more] = only?.elements ?? [];
      const isEdge =
        element.negate &&
        others.length === 0 &&
        more.length === 0 &&
        character?.type === 'CharacterClass' &&
        character.characters.isAll;
      if (!isEdge) throw new Unsupported();
      return mark(element.kind === 'behind' ? START : END);
    }
    default:
      throw new Unsupported();
  }
}

const languages = new Map<string, Language | undefined>();

function known(key: string, make: () => Language): Language | undefined {
  if (!languages.has(key)) languages.set(key, attempt(make));
  return languages.get(key);
}

/** Runs what fails where a pattern is no regular expression, or too large for an automaton. */
function attempt<T>(make: () => T): T | undefined {
  if (spent > MAX_MILLISECONDS) return undefined;
  const start = performance.now();
  try {
    return make();
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  } finally {
    spent += performance.now() - start;
  }
}
