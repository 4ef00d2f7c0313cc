import type { Automaton } from './automaton.js';
import type { Exponential } from './exponential.js';
import type { Polynomial } from './polynomial.js';
import type { AST } from './syntax.js';

/** Says which part of a pattern takes exponential time, and how to mend it. */
export function describeExponential(
  pattern: AST.Pattern,
  automaton: Automaton,
  { pump, positions, isNested }: Exponential,
): string {
  const loops = automaton.loopsAround(positions);
  // Two ways from one character to the next are two loops, of which the outer shows both.
  const loop = (isNested && loops[1]) || loops[0];
  return (
    `${quote((loop?.node ?? pattern).raw)} can read repeats of ${quoteText(pump)} in ever more ` +
    'ways, so the time to refuse them grows exponentially; let its parts and alternatives begin ' +
    'with different characters, or merge nested repeats into one'
  );
}

/** Says which parts of a pattern share a run of one text, and how to mend them. */
export function describePolynomial(
  pattern: AST.Pattern,
  automaton: Automaton,
  found: Polynomial,
): string {
  const left = automaton.loopAround(found.left)?.node;
  const right = automaton.loopAround(found.right)?.node;
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

/** Says that options and alternatives in a row multiply, and how to mend them. */
export function describeManyWays(): string {
  return (
    'its options and alternatives in a row can share a text in too many ways, all of which are tried ' +
    'before it is refused; let what may follow each other begin with different characters, or write one repeat'
  );
}

/** Says what there is too much of in a pattern that is not judged. */
export function describeTooLarge(reason: string): string {
  return `too large to prove safe (${reason}); make it shorter, or split the field`;
}

/** Quotes a part of the pattern, shortened where it is long. */
function quote(raw: string): string {
  const points = [...raw];
  return `"${points.length > 60 ? `${points.slice(0, 57).join('')}...` : raw}"`;
}

/** Writes a text that runs away as a JSON string, shortened where it is long. */
function quoteText(text: string): string {
  return JSON.stringify([...text].slice(0, 20).join(''));
}
