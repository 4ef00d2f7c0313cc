import { joinPointer } from '../spec/json-pointer.js';
import { isObject, type Json, type JsonObject } from '../spec/positions.js';
import type { Matcher, PathToken, Rule } from './pact.js';
import type { Shapes } from './shapes.js';

/** What matching rules are about; a method, a path and a status have no names or paths below them. */
export type RulePart = 'method' | 'path' | 'query' | 'header' | 'body' | 'metadata' | 'status';

const WHOLE: readonly RulePart[] = ['method', 'path', 'status'];

/**
 * Reads the matching rules of a message, a request or a response, which can have those `parts`: of a body by path
 * expressions, of headers, queries and metadata by names; of a method, a path or a status as a whole.
 * https://github.com/pact-foundation/pact-specification/tree/version-3#matchers
 */
export function readRules<P extends RulePart>(
  value: Json | undefined,
  pointer: string,
  parts: readonly P[],
  shapes: Shapes,
): Readonly<Record<P, readonly Rule[]>> {
  const rules = shapes.object(value, pointer);
  for (const name of Object.keys(rules)) {
    if ((parts as readonly string[]).includes(name)) continue;
    const reason = `there are matching rules of ${parts.join(', ')} here, not of ${JSON.stringify(name)}`;
    shapes.refuse(reason, joinPointer(pointer, name));
  }
  const read = parts.map((part) => [
    part,
    rulesOf(part, rules[part], joinPointer(pointer, part), shapes),
  ]);
  return Object.fromEntries(read) as Record<P, readonly Rule[]>;
}

function rulesOf(
  part: RulePart,
  value: Json | undefined,
  pointer: string,
  shapes: Shapes,
): readonly Rule[] {
  const found = shapes.object(value, pointer);
  const isWhole = WHOLE.includes(part);
  if (isWhole && Object.hasOwn(found, 'matchers')) {
    return saying([{ ...ruleOf(found, pointer, shapes), path: part, tokens: [] }]);
  }
  const rules = Object.entries(found).map(([path, rule]) => {
    const tokens = isWhole ? [] : part === 'body' ? pathTokens(path) : namedTokens(path);
    if (tokens === undefined) {
      shapes.refuse(`the path ${JSON.stringify(path)} can't be read`, joinPointer(pointer, path));
    }
    return { ...ruleOf(rule, joinPointer(pointer, path), shapes), path, tokens };
  });
  return saying(rules);
}

/** Leaves out rules with an empty list of matchers: they say nothing. */
function saying(rules: readonly Rule[]): readonly Rule[] {
  return rules.filter(({ matchers }) => matchers.length > 0);
}

function ruleOf(
  value: Json,
  pointer: string,
  shapes: Shapes,
): Pick<Rule, 'combine' | 'matchers' | 'pointer'> {
  const rule = isObject(value) ? value : {};
  const combine = rule.combine ?? 'AND';
  if (combine !== 'AND' && combine !== 'OR') {
    shapes.refuse('"combine" is neither AND nor OR', joinPointer(pointer, 'combine'));
  }
  return {
    combine: combine === 'OR' ? 'OR' : 'AND',
    matchers: matchersOf(rule, 'matchers', pointer, shapes),
    pointer,
  };
}

/** Reads a list of matchers: those of a rule, or those that a matcher asks of each key or value. */
function matchersOf(
  holder: JsonObject,
  name: 'matchers' | 'rules',
  pointer: string,
  shapes: Shapes,
): Matcher[] {
  const { [name]: list } = holder;
  if (!Array.isArray(list)) {
    shapes.refuse(`a matching rule has no list ${JSON.stringify(name)}`, pointer);
    return [];
  }
  return list.map((item, index) => matcherOf(item, joinPointer(pointer, name, index), shapes));
}

/** Gives a matcher its kind where older files leave it out: `{"min": 1}` is of the kind `type`. */
function matcherOf(value: Json, pointer: string, shapes: Shapes): Matcher {
  const matcher = isObject(value) ? value : {};
  const match = matcher.match ?? impliedKind(matcher);
  if (typeof match !== 'string') {
    shapes.refuse('a matcher does not say what it is ("match")', pointer);
    return { match: '' };
  }
  for (const bound of ['min', 'max']) {
    const { [bound]: size = 0 } = matcher;
    if (Number.isInteger(size) && Number(size) >= 0) continue;
    shapes.refuse(`${JSON.stringify(bound)} is no number of items`, joinPointer(pointer, bound));
  }
  if (match === 'eachKey' || match === 'eachValue') matchersOf(matcher, 'rules', pointer, shapes);
  return { ...matcher, match };
}

function impliedKind(matcher: JsonObject): string | undefined {
  const named = (name: string) => Object.hasOwn(matcher, name);
  if (named('min') || named('max')) return 'type';
  return ['regex', 'timestamp', 'date', 'time'].find(named);
}

/** Reads the name of a header or of a query's parameter, which stands as it is, or as `$.name`, `['name']` or `name[0]`. */
function namedTokens(path: string): PathToken[] {
  const expression = path.startsWith('[') ? `$${path}` : path;
  const tokens = expression.startsWith('$') ? pathTokens(expression) : undefined;
  const [name] = (tokens ?? []).flatMap((token) =>
    typeof token === 'object' && typeof token.name === 'string' ? [token.name] : [],
  );
  return [{ name: name ?? path.replace(/\[\d+\]$/, '') }];
}

const STEP = /\.(\*|[\p{Alphabetic}\p{N}_:#@-]+)|\[(\d+)\]|\[\*\]|\['([^']+)'\]/uy;

/**
 * Reads a path expression, `$.list[*]['some name']`; undefined where Pact reads none. There are no escapes.
 * https://github.com/pact-foundation/pact-specification/tree/version-3#matchers
 */
export function pathTokens(path: string): PathToken[] | undefined {
  const tokens: PathToken[] = [];
  const expression = path.startsWith('$') ? path.slice(1) : `.${path}`;
  STEP.lastIndex = 0;
  while (STEP.lastIndex < expression.length) {
    const step = STEP.exec(expression);
    if (step === null) return undefined;
    const [whole, plain, index, quoted] = step;
    if (whole === '[*]') tokens.push(whole);
    else if (plain === '*') tokens.push(plain);
    else if (index !== undefined) tokens.push({ name: Number(index) });
    else tokens.push({ name: plain ?? quoted ?? '' });
  }
  return tokens;
}
