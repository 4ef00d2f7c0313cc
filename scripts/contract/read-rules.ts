import { joinPointer } from '../spec/json-pointer.js';
import { isObject, type Json, type JsonObject, member } from '../spec/positions.js';
import type { Matcher, PathToken, Rule } from './pact.js';

/**
 * Reads the matching rules of one part: of a body by path expressions, of headers and metadata by names; of a path or a
 * status there is one, without a name.
 * https://github.com/pact-foundation/pact-specification/tree/version-3#matchers
 */
export function readRules(rules: Json | undefined, place: string, part: string): Rule[] {
  const found = member(rules, part) ?? member(rules, `${part}s`);
  const key = member(rules, part) === undefined ? `${part}s` : part;
  if (!isObject(found)) return [];
  const pointer = joinPointer(place, key);
  if (Array.isArray(found.matchers)) return [ruleOf('', found, pointer)];
  return Object.entries(found).flatMap(([path, rule]) =>
    isObject(rule) ? [ruleOf(path, rule, joinPointer(pointer, path), part)] : [],
  );
}

function ruleOf(path: string, rule: JsonObject, pointer: string, part = ''): Rule {
  const matchers = Array.isArray(rule.matchers) ? rule.matchers : [];
  return {
    path,
    tokens: part === 'body' ? pathTokens(path) : namedTokens(path),
    combine: rule.combine === 'OR' ? 'OR' : 'AND',
    matchers: matchers.filter(isObject).map(matcherOf),
    pointer,
  };
}

/** Gives a matcher its kind where older files leave it out: `{"min": 1}` is of the kind `type`. */
function matcherOf(matcher: JsonObject): Matcher {
  if (typeof matcher.match === 'string') return matcher as Matcher;
  const kinds = ['regex', 'timestamp', 'date', 'time'].filter((kind) =>
    Object.hasOwn(matcher, kind),
  );
  return { ...matcher, match: kinds[0] ?? 'type' };
}

/** Reads the name of a header, which stands as it is, or as `$.name`, `['name']` or `name[0]`. */
function namedTokens(path: string): PathToken[] {
  const tokens = path.startsWith('$') || path.startsWith('[') ? pathTokens(path) : undefined;
  const [name] = (tokens ?? []).flatMap((token) =>
    typeof token === 'object' && typeof token.name === 'string' ? [token.name] : [],
  );
  return [{ name: name ?? path.replace(/\[\d+\]$/, '') }];
}

const STEP = /\.([^.[\]]+)|\[(\d+)\]|\[\*\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;

/** Reads a path expression, `$.list[*]['some name']`; undefined where it is none. */
export function pathTokens(path: string): PathToken[] | undefined {
  const tokens: PathToken[] = [];
  let at = path.startsWith('$') ? 1 : 0;
  const expression = at === 0 && !path.startsWith('[') ? `.${path}` : path;
  while (at < expression.length) {
    STEP.lastIndex = at;
    const step = STEP.exec(expression);
    if (step === null) return undefined;
    const [whole, plain, index, single, double] = step;
    if (whole === '[*]') tokens.push(whole);
    else if (plain === '*') tokens.push(plain);
    else if (index !== undefined) tokens.push({ name: Number(index) });
    else tokens.push({ name: plain ?? (single ?? double ?? '').replace(/\\(.)/g, '$1') });
    at += whole.length;
  }
  return tokens;
}
