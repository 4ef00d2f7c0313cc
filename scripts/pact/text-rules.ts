import { isObject, type Json } from '../spec/positions.js';

const DAY = '[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])';
const TIME = '[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?';
const OFFSET = '(?:[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)';

/**
 * Expressions that every text of a format matches, as the format is judged here: fractions of seconds may be absent,
 * letters stand in either case. Pact's own matchers of dates and UUIDs are narrower. Other formats have none.
 */
export const formatExpressions: Readonly<Record<string, string>> = Object.freeze({
  'date-time': `^${DAY}[Tt\\s]${TIME}${OFFSET}$`,
  date: `^${DAY}$`,
  uuid: '^(?:[Uu][Rr][Nn]:[Uu][Uu][Ii][Dd]:)?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$',
});

/** Lists the expressions that a schema's own keywords guarantee of every text. */
export function textExpressions(schema: Json): string[] {
  if (!isObject(schema)) return [];
  const { pattern, format } = schema;
  const own = typeof pattern === 'string' && isPortable(pattern) ? [pattern] : [];
  const known = typeof format === 'string' && Object.hasOwn(formatExpressions, format);
  return [...own, ...(known ? [formatExpressions[String(format)] as string] : [])];
}

/** Returns the expression that matches these texts and no others. */
export function alternatives(texts: readonly string[]): string {
  const escaped = texts.map((text) => text.replace(/[\\.*+?()[\]{}|^$]/g, '\\$&'));
  return `^(?:${escaped.join('|')})$`;
}

/**
 * Tells whether an expression means at most the same in JavaScript as in Rust, in which Pact is written: anchored at
 * both ends, of plain characters, classes, groups and counts. Rust has no look-around and no back references; its
 * `\d`, `\w` and `\s` take more characters, so they must not stand in a class that excludes.
 */
function isPortable(pattern: string): boolean {
  if (!/^\^.*\$$/s.test(pattern)) return false;
  if (/[^\x20-\x7e]/.test(pattern)) return false;
  if (/\\(?![dws.\-/()[\]{}*+?|^$\\])/.test(pattern)) return false;
  if (/\[\^[^\]]*\\[dws]/.test(pattern) || /\[[^\]]*(?:\[|&&|--|~~)/.test(pattern)) return false;
  if (/\(\?(?!:)/.test(pattern) || /[*+?}]\+/.test(pattern)) return false;
  // Without a group around it, an alternative has one of the anchors only.
  return !hasBareAlternative(pattern);
}

function hasBareAlternative(pattern: string): boolean {
  let depth = 0;
  const plain = pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
  for (const character of plain) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === '|' && depth === 0) return true;
  }
  return false;
}
