import type { Json } from '../spec/model.js';
import { isContainer } from '../spec/positions.js';
import { describeMatcher, satisfies } from './matchers.js';
import type { Matcher, Rule } from './pact.js';
import type { Applied, Path, RuleIndex } from './rule-index.js';

/** What one interaction expects of a payload, or of headers. */
export interface Expected {
  readonly value: Json;
  readonly rules: RuleIndex;
}

/** A value that breaks the rule that applies to it. */
export interface Contradiction {
  readonly details: { readonly path: string; readonly rule: string; readonly found: string };
  readonly path: Path;
  readonly rule: Rule;
}

/** Finds the example values that break the rules beside them. */
export function contradictions({ value, rules }: Expected): Contradiction[] {
  const found: Contradiction[] = [];
  const visit = (item: Json, path: Path): void => {
    for (const applied of rules.at(path)) {
      const broken = brokenBy(applied, item);
      if (broken === undefined) continue;
      const { rule } = applied;
      const words = describeMatcher(broken);
      found.push({
        details: { path: rule.path, rule: words, found: shownValue(item) },
        path,
        rule,
      });
    }
    if (!isContainer(item)) return;
    for (const [key, inner] of Object.entries(item)) {
      visit(inner, [...path, Array.isArray(item) ? Number(key) : key]);
    }
  };
  visit(value, []);
  return found;
}

function brokenBy({ combine, matchers }: Applied, value: Json): Matcher | undefined {
  const broken = matchers.filter(
    (matcher) => satisfies(matcher, value, value) === 'no' && !mayBeDecimal(matcher, value),
  );
  return combine === 'OR' && broken.length < matchers.length ? undefined : broken[0];
}

/** The file may have 2.0, which Pact tells from 2, and which reads as the same number. */
function mayBeDecimal({ match }: Matcher, value: Json): boolean {
  return match === 'decimal' && typeof value === 'number';
}

/** Writes a value for people, cut where it is long. */
export function shownValue(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
