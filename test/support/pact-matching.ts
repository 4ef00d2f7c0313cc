/**
 * Pact's matching, written apart from the engine that is tested with it: walks contents and a delivery side by side.
 * test/fuzz/verify.test.ts compares it with Pact's own verifier.
 * https://github.com/pact-foundation/pact-specification/tree/version-4#supported-matching-rules
 */
import { isDeepStrictEqual } from 'node:util';

// biome-ignore lint/suspicious/noExplicitAny: JSON of any shape is walked.
export type Any = any;

export interface TestRule {
  readonly combine: 'AND' | 'OR';
  readonly matchers: readonly Record<string, Any>[];
}

export interface TestContents {
  readonly content: Any;
  /** By path expression. */
  readonly rules: Readonly<Record<string, TestRule>>;
}

/** Where a delivery is not what contents ask for. `rule` is the path expression of the rule that is broken. */
export interface Mismatch {
  readonly path: readonly (string | number)[];
  /** `value`: there is one where null is asked for. */
  readonly kind: 'absent' | 'null' | 'empty' | 'other';
  /** The type of the delivery's value, where it is not that of the example. */
  readonly type?: string | undefined;
  readonly rule: string | undefined;
  /** The length that a list without a rule must have. */
  readonly length?: number;
}

/**
 * Lists the mismatches of a delivery. Values without rules are equal in Pact's eyes (`equal`), or mere examples
 * (`examples`), whose members must be there and whose objects and lists must be such.
 */
export function mismatches(
  { content, rules }: TestContents,
  delivery: Any,
  unruled: 'equal' | 'examples',
): Mismatch[] {
  const found: Mismatch[] = [];
  const best = rulesOf(rules);
  const walk = (
    expected: Any,
    actual: Any,
    path: readonly (string | number)[],
    each?: { readonly path: string; readonly matchers: readonly Any[] },
  ): void => {
    const own = best(path);
    const applied =
      each === undefined || own?.isOwn === true
        ? own
        : {
            path: each.path,
            rule: { combine: 'AND' as const, matchers: each.matchers },
            isOwn: true,
          };
    const type = kindOf(actual) === kindOf(expected) ? undefined : kindOf(actual);
    const report = (kind: Mismatch['kind']) =>
      found.push({ path, kind, type, rule: applied?.path });
    if (isContainer(expected) && kindOf(expected) !== kindOf(actual)) {
      report(actual === null ? 'null' : 'other');
      return;
    }
    if (applied === undefined) {
      if (!isContainer(expected)) {
        if (unruled === 'equal' && expected !== actual) report('other');
        return;
      }
      if (Array.isArray(expected)) {
        const isCounted = unruled === 'equal' || (!isLedTo(path) && isRuledWithin(expected, path));
        const isEmpty = expected.length === 1 && actual.length === 0;
        if (isCounted && expected.length !== actual.length) {
          const { length } = expected;
          found.push({ path, kind: isEmpty ? 'empty' : 'other', type, rule: undefined, length });
        }
        for (const [at, item] of expected.entries()) {
          if (at < actual.length) walk(item, actual[at], [...path, at]);
        }
        return;
      }
      members(expected, actual, path);
      return;
    }
    const { matchers, combine } = applied.rule;
    // Pact asks nothing of the size where its own list is empty; the engine holds the rule to its word.
    const isBare = Array.isArray(expected) && expected.length === 0;
    if (isBare && unruled === 'equal' && matchers.every(({ match }) => match !== 'equality'))
      return;
    const broken = matchers.filter((matcher) => !fits(matcher, expected, actual, applied.isOwn));
    if (combine === 'OR' ? broken.length === matchers.length : broken.length > 0) {
      const isEmpty = Array.isArray(actual) && actual.length === 0;
      report(actual === null ? 'null' : isEmpty ? 'empty' : 'other');
      return;
    }
    const eachOf = (matcher: Any) =>
      matcher?.match === 'eachValue'
        ? { path: applied.path, matchers: matcher.rules as Any[] }
        : undefined;
    if (!isContainer(expected) || matchers.some(({ match }) => match === 'equality')) return;
    if (Array.isArray(expected)) {
      const inner = eachOf(matchers.find(({ match }) => match === 'eachValue'));
      for (const [at, item] of actual.entries()) {
        if (expected.length > 0) walk(expected[at] ?? expected[0], item, [...path, at], inner);
      }
      return;
    }
    const isMap = matchers.some(({ match }) => /^(?:values|eachKey|eachValue)$/.test(match));
    if (!isMap || !applied.isOwn) {
      members(expected, actual, path);
      return;
    }
    for (const matcher of matchers) {
      const { match, rules: asked } = matcher;
      const [first] = Object.values(expected);
      for (const [name, item] of Object.entries(actual)) {
        if (match === 'eachKey') {
          for (const inner of asked as Any[]) {
            if (!fits(inner, name, name, true)) report('other');
          }
        } else if (first !== undefined) {
          const shown = Object.hasOwn(expected, name) ? expected[name] : first;
          walk(shown, item, [...path, name], eachOf(matcher));
        }
      }
    }
  };
  const isLedTo = (path: readonly (string | number)[]) =>
    Object.keys(rules).some((expression) => weigh(steps(expression), path) > 0);
  const isRuledWithin = (expected: Any, path: readonly (string | number)[]): boolean =>
    isContainer(expected) &&
    Object.entries(expected).some(([key, item]) => {
      const place = [...path, Array.isArray(expected) ? Number(key) : key];
      return best(place) !== undefined || isRuledWithin(item, place);
    });
  const members = (expected: Any, actual: Any, path: readonly (string | number)[]) => {
    for (const [name, item] of Object.entries(expected)) {
      const place = [...path, name];
      if (Object.hasOwn(actual, name)) walk(item, actual[name], place);
      else found.push({ path: place, kind: 'absent', rule: undefined });
    }
  };
  walk(content, delivery, []);
  return found;
}

/** Returns the rule that is in force at a place of contents: by weight, and handed down from above. */
export function rulesOf(rules: TestContents['rules']) {
  const index = Object.entries(rules).map(([path, rule]) => ({ path, rule, steps: steps(path) }));
  return (path: readonly (string | number)[]) => {
    let chosen: { path: string; rule: TestRule; isOwn: boolean } | undefined;
    let most = 0;
    for (const one of index) {
      const weight = weigh(one.steps, path);
      if (weight === 0 || weight < most) continue;
      most = weight;
      chosen = { path: one.path, rule: one.rule, isOwn: one.steps.length === path.length };
    }
    if (chosen === undefined || chosen.isOwn) return chosen;
    const matchers = chosen.rule.matchers.flatMap(inherited);
    return matchers.length === 0 ? undefined : { ...chosen, rule: { ...chosen.rule, matchers } };
  };
}

/** Names the JSON type of a value. */
export const kindOf = (value: Any): string =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
const isContainer = (value: Any) => typeof value === 'object' && value !== null;

/** `$.a['b c'][0][*].*`: names, indexes, `*` for any step and `[*]` for any index. */
function steps(path: string): (string | number)[] {
  return [...path.matchAll(/\.([^.[]+)|\[(\d+)\]|\[\*\]|\['([^']*)'\]/g)].map(
    ([whole, name, at, quoted]) =>
      whole === '[*]' ? '[*]' : at !== undefined ? Number(at) : (name ?? quoted ?? ''),
  );
}

function weigh(expression: readonly (string | number)[], path: readonly (string | number)[]) {
  if (expression.length > path.length) return 0;
  let weight = 2;
  for (const [at, step] of expression.entries()) {
    if (step === '*') continue;
    if (step === '[*]') {
      if (typeof path[at] !== 'number') return 0;
    } else if (step === path[at]) weight *= 2;
    else return 0;
  }
  return weight * (expression.length + 1);
}

function inherited(matcher: Record<string, Any>): Record<string, Any>[] {
  if (matcher.match === 'type') return [{ match: 'type' }];
  return matcher.match === 'notEmpty' || matcher.match === 'equality' ? [matcher] : [];
}

const DATES: Readonly<Record<string, RegExp>> = {
  'yyyy-MM-dd': /^\d{4}-\d\d-\d\d$/,
  'HH:mm:ss': /^\d\d:\d\d:\d\d$/,
  "yyyy-MM-dd'T'HH:mm:ssXXX": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/,
};

function fits(matcher: Record<string, Any>, expected: Any, actual: Any, isOwn: boolean): boolean {
  const size = isContainer(actual) ? Object.keys(actual).length : undefined;
  const text = typeof actual === 'string' ? actual : JSON.stringify(actual);
  switch (matcher.match) {
    case 'type': {
      const isLong = size === undefined || !isOwn || size >= (matcher.min ?? 0);
      const isShort = size === undefined || !isOwn || size <= (matcher.max ?? Infinity);
      return kindOf(expected) === kindOf(actual) && isLong && isShort;
    }
    case 'equality':
      return isDeepStrictEqual(expected, actual);
    case 'number':
      return typeof actual === 'number';
    case 'integer':
      return Number.isInteger(actual);
    case 'decimal':
      return typeof actual === 'number' && !Number.isInteger(actual);
    case 'boolean':
      return typeof actual === 'boolean' || actual === 'true' || actual === 'false';
    case 'null':
      return actual === null;
    case 'notEmpty':
      return actual !== null && actual !== '' && size !== 0;
    case 'regex':
      return !isContainer(actual) && new RegExp(`^(?:${matcher.regex})$`, 'u').test(text);
    case 'include':
      return !isContainer(actual) && text.includes(matcher.value);
    case 'semver':
      return typeof actual === 'string' && /^\d+\.\d+\.\d+(?:-[a-z.0-9]+)?$/.test(actual);
    case 'date':
    case 'time':
    case 'datetime':
      return typeof actual === 'string' && DATES[matcher.format]?.test(actual) === true;
    case 'values':
    case 'eachKey':
    case 'eachValue':
      return isContainer(actual);
    default:
      throw new Error(`no matcher ${matcher.match}`);
  }
}
