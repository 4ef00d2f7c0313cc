import type { Problem } from './problem.js';
import { visible } from './visible.js';

/** Colours of a terminal, or none. */
export interface TextStyle {
  readonly color: boolean;
}

/**
 * Writes problems for people: `FILE:LINE:COLUMN severity code text`, the source line with a caret, then what
 * was expected, what was found, and what mends it. Every line is safe to print.
 */
export function renderText(problems: readonly Problem[], { color }: TextStyle): string {
  return problems.map((one) => renderProblem(one, color)).join('\n');
}

function renderProblem(
  { code, severity, text, expected, found, mend, locations }: Problem,
  color: boolean,
): string {
  const paint = (codes: string, what: string) =>
    color ? `\u001b[${codes}m${what}\u001b[0m` : what;
  const [first, ...others] = locations;
  const head = `${severity} ${code} ${text}`;
  const lines = [
    first === undefined
      ? visible(head)
      : `${visible(`${first.file}:${first.line}:${first.column}`)} ${paint(severity === 'error' ? '31' : '33', severity)} ${visible(`${code} ${text}`)}`,
  ];
  if (first !== undefined && first.excerpt.trim() !== '') {
    const margin = `  ${first.line} | `;
    lines.push(paint('2', `${margin}${visible(first.excerpt)}`));
    // What is made visible grows: the caret stands below where the text before it ends.
    lines.push(
      paint(
        '2',
        `${' '.repeat(margin.length - 2)}| ${' '.repeat(visible(first.excerpt.slice(0, first.caret)).length)}^`,
      ),
    );
  }
  if (expected !== undefined) lines.push(`  expected: ${visible(expected)}`);
  if (found !== undefined) lines.push(`  found: ${visible(found)}`);
  for (const other of others)
    lines.push(`  see also: ${visible(`${other.file}:${other.line}:${other.column}`)}`);
  if (mend !== undefined) lines.push(`  to mend it: ${visible(mend)}`);
  return `${lines.join('\n')}\n`;
}
