import { buildAutomaton } from './build-automaton.js';
import { findExponential } from './exponential.js';
import { Graph } from './graph.js';
import { MAX_LENGTH, TooLarge } from './limits.js';
import { findPolynomial } from './polynomial.js';
import { parsePattern, syntaxErrorOf } from './syntax.js';
import { hasManyWays } from './ways.js';
import {
  describeExponential,
  describeManyWays,
  describePolynomial,
  describeTooLarge,
} from './words.js';

/*
 * How a pattern is judged: its syntax tree becomes an automaton, in which two paths that read the
 * same text are looked for. An engine that goes back tries all such paths before it refuses a text.
 * The verdict depends on the pattern alone: no clock and no trial is involved.
 * https://arxiv.org/abs/0802.3254
 *
 * Most approximations report too much, so now and then a harmless pattern is refused:
 *
 * - A look-around reads its text beside the rest and constrains nothing; one that looks behind is
 *   read like one that looks ahead.
 * - A back-reference reads whatever its group may read.
 * - A word edge at the start or the end of a text is assumed to be there.
 * - A text that is refused is assumed to exist, unless nothing that can fail follows.
 * - Options and alternatives in a row count as if one text made each of them ambiguous.
 * - A bounded repeat of ten turns or more, or with very many ways through it, may turn for ever.
 * - What passes a limit (`limits.ts`) is `exponential`, as nothing better is proven.
 * - Syntax later than ECMAScript 2024 is refused, so that the verdict is the same in every engine.
 *
 * Two report too little, where the time stays short enough for a text of some length:
 *
 * - Bounded loops that share a run with others pass while the product of their bounds is small.
 * - Of a repeat outside all loops at most fifty copies are built.
 *
 * Of the two packages behind this, only `syntax.ts` imports `@eslint-community/regexpp`, which
 * parses, and only `characters.ts` imports `refa`, which computes with sets of characters.
 */

/**
 * Says what is wrong with a pattern: it doesn't compile, or some texts take it too long to refuse.
 *
 * `text` has no final full stop. Of `syntax` it is the reason alone; else it quotes the part of the
 * pattern that runs away, or names the limit that was passed, and says how to mend it.
 */
export type PatternProblem = { kind: 'syntax' | 'exponential' | 'polynomial'; text: string };

/**
 * Judges whether a JSON Schema pattern compiles and refuses every text in about linear time.
 *
 * The pattern is an ECMAScript regular expression with the flag `u`, searched anywhere in a text
 * that an attacker may have written.
 * https://json-schema.org/draft/2020-12/json-schema-core#section-6.4
 * https://json-schema.org/draft/2020-12/json-schema-validation#section-6.3.3
 */
export function checkPattern(source: string): PatternProblem | undefined {
  const reason = syntaxErrorOf(source);
  if (reason !== undefined) return { kind: 'syntax', text: reason };
  try {
    return judge(source);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return { kind: 'exponential', text: describeTooLarge(error.message) };
  }
}

function judge(source: string): PatternProblem | undefined {
  if (source.length > MAX_LENGTH) throw new TooLarge(`more than ${MAX_LENGTH} characters`);
  const pattern = parsePattern(source);
  if (pattern === undefined) return { kind: 'syntax', text: 'it is newer than ECMAScript 2024' };

  const automaton = buildAutomaton(pattern);
  const graph = new Graph(automaton);
  const exponential = findExponential(graph);
  if (exponential !== undefined) {
    return { kind: 'exponential', text: describeExponential(pattern, automaton, exponential) };
  }
  const polynomial = findPolynomial(automaton, graph);
  if (polynomial !== undefined) {
    return { kind: 'polynomial', text: describePolynomial(pattern, automaton, polynomial) };
  }
  if (hasManyWays(automaton, graph)) return { kind: 'exponential', text: describeManyWays() };
  return undefined;
}
