import { acceptedPatterns } from '../contract/date-patterns.js';
import type { Case } from '../contract/guarantee.js';
import { Language } from '../contract/language.js';
import type { Json, JsonObject } from '../spec/model.js';
import { booleanLike, equalTo, integerLike, likeIt, matching, numberLike } from './matchers.js';

/** Lists the rules that a scalar of some cases may keep, the strictest first; its only constant needs none but itself. */
export function scalarRules(cases: readonly Case[], example: Json): JsonObject[] {
  const constants = cases.flatMap(({ shape }) => shape.constants ?? []);
  const texts = constants.filter((value) => typeof value === 'string');
  const schemas = cases.flatMap(({ parts }) => parts.map(({ schema }) => schema));
  const isConstant = constants.length > 0 || schemas.some(({ const: one }) => one !== undefined);
  const only = isConstant ? [equalTo(example)] : [];
  switch (typeof example) {
    case 'number':
      return [...only, integerLike(example), numberLike(example)];
    case 'boolean':
      return [...only, booleanLike(example)];
    case 'string': {
      const expressions = [
        ...(texts.length > 0 ? [alternatives([...new Set(texts)])] : []),
        ...schemas.flatMap(textExpressions),
      ];
      return [...only, ...expressions.map((one) => matching(example, one)), likeIt(example)];
    }
    default:
      return only;
  }
}

/** Lists the expressions by which Pact can tell texts of a schema: of its pattern and its format. */
export function textExpressions({ pattern, format }: JsonObject): string[] {
  const own = typeof pattern === 'string' && isPortable(pattern) ? [pattern] : [];
  const known = typeof format === 'string' && Object.hasOwn(acceptedPatterns, format);
  return [...own, ...(known ? [acceptedPatterns[format] as string] : [])];
}

/** Lists short texts of a schema's pattern; what else it says of them is left aside. */
export function shortestTexts({ schema: { pattern } }: Case['parts'][number]): string[] {
  const none = Language.of('[]');
  if (typeof pattern !== 'string' || none === undefined) return [];
  return Language.of(pattern)?.beyond(none) ?? [];
}

/** Returns the expression that matches these texts and no others. */
export function alternatives(texts: readonly string[]): string {
  const escaped = texts.map((text) => text.replace(/[\\.*+?()[\]{}|^$]/g, '\\$&'));
  return `^(?:${escaped.join('|')})$`;
}

/**
 * Tells whether an expression means at most the same in JavaScript as in Oniguruma, by which Pact reads it: anchored at
 * both ends, of plain characters, classes, groups and counts. Its `\d`, `\w` and `\s` take more characters, so they
 * must not stand in a class that excludes.
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
