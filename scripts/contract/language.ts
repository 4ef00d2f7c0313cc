import type { DFA } from 'refa';
import { both, complement, END, frame, START } from './automata.js';
import { inJavaScript } from './pact-expressions.js';
import { parserOf, patternAutomaton } from './pattern-automaton.js';
import { shortestTexts } from './shortest-texts.js';

/**
 * A set of texts that a regular expression describes: able to say of a text whether it is in it, and of another set
 * whether that holds all of it.
 */
export class Language {
  private constructor(private readonly automaton: DFA) {}

  /**
   * Reads a regular expression of JSON Schema, which is found anywhere in a text; undefined where it is none, looks
   * behind, refers back or is too large.
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
    return known(`${found} ${source}`, () => new Language(patternAutomaton(source, found)));
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
      const { initial, finals } = both(this.automaton, complement(other.automaton));
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

/** How long automata may be made for one verification: files can hold any number of patterns, each slow by itself. */
const MAX_MILLISECONDS = 10_000;

let spent = 0;

/** Forgets what was worked out for an earlier verification, and how long it took. */
export function forgetLanguages(): void {
  languages.clear();
  spent = 0;
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
