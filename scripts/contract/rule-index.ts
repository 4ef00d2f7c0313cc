import type { Json, JsonObject } from '../spec/model.js';
import { isContainer, isObject } from '../spec/positions.js';
import type { Matcher, PathToken, Rule } from './pact.js';

/** A place in contents: names and indexes from the root. */
export type Path = readonly (string | number)[];

/** The rule that applies at a place, and whether it was written for a place above it. */
export interface Applied {
  readonly rule: Rule;
  readonly matchers: readonly Matcher[];
  readonly isCascaded: boolean;
}

/** The rules whose paths begin alike, by the next step of their paths; `own` is the last of those that end here. */
interface Branch {
  readonly next: Map<string | number, Branch>;
  own: { readonly rule: Rule; readonly order: number } | undefined;
}

/** A rule with its weight at a place; `length` is that of its path. */
interface Found {
  readonly rule: Rule;
  readonly order: number;
  readonly weight: number;
  readonly length: number;
}

/**
 * Finds the rule that applies at a place as Pact does: of those whose path leads to it or to a place above, the one with
 * the greatest weight. https://github.com/pact-foundation/pact-specification/tree/version-2#weighting-when-more-than-one-matching-rule-applies
 */
export class RuleIndex {
  readonly #rules: readonly Rule[];
  readonly #branches = new Map<Rule, Branch>();
  readonly #root: Branch = { next: new Map(), own: undefined };

  constructor(rules: readonly Rule[]) {
    this.#rules = rules.filter(({ matchers }) => matchers.length > 0);
    for (const [order, rule] of this.#rules.entries()) {
      let branch = this.#root;
      for (const token of rule.tokens ?? []) {
        const key = keyOf(token);
        const next = branch.next.get(key) ?? { next: new Map(), own: undefined };
        branch.next.set(key, next);
        branch = next;
      }
      if (rule.tokens === undefined) continue;
      branch.own = { rule, order };
      this.#branches.set(rule, branch);
    }
  }

  at(path: Path): Applied | undefined {
    const best = heaviest(this.#root, path, 0, 2);
    if (best === undefined) return undefined;
    const { rule, length } = best;
    const below = path.length - length;
    const matchers =
      below === 0 ? rule.matchers : rule.matchers.flatMap((one) => cascade(one, below));
    return matchers.length === 0 ? undefined : { rule, matchers, isCascaded: below > 0 };
  }

  /** Lists the rules that lead to no place of the contents. */
  unused(contents: Json): Rule[] {
    const reached = new Set<Branch>();
    reach(this.#root, contents, reached);
    return this.#rules.filter((rule) => {
      const branch = this.#branches.get(rule);
      return branch === undefined || !reached.has(branch);
    });
  }
}

function keyOf(token: PathToken): string | number {
  if (typeof token === 'string') return token;
  return typeof token.name === 'number' ? token.name : `.${token.name}`;
}

/** Of rules of the same weight, the last one counts. */
function heaviest(branch: Branch, path: Path, length: number, weight: number): Found | undefined {
  const { own, next } = branch;
  const step = path[length];
  let best: Found | undefined = own && { ...own, weight: weight * (length + 1), length };
  if (step === undefined || next.size === 0) return best;
  const isIndex = typeof step === 'number';
  for (const key of [isIndex ? step : `.${step}`, '*', ...(isIndex ? ['[*]'] : [])]) {
    const inner = next.get(key);
    if (inner === undefined) continue;
    const isNamed = key !== '*' && key !== '[*]';
    const found = heaviest(inner, path, length + 1, isNamed ? weight * 2 : weight);
    if (found === undefined) continue;
    const isHeavier =
      best === undefined ||
      found.weight > best.weight ||
      (found.weight === best.weight && found.order > best.order);
    if (isHeavier) best = found;
  }
  return best;
}

/** Returns what a matcher asks of the places below its own. */
function cascade(matcher: Matcher, below: number): Matcher[] {
  switch (matcher.match) {
    case 'type':
    case 'values':
      return [{ match: 'type' }];
    case 'equality':
    case 'notEmpty':
      return [matcher];
    case 'eachValue':
      return below === 1 && innerMatchers(matcher).length > 0
        ? innerMatchers(matcher)
        : [{ match: 'type' }];
    default:
      return [];
  }
}

/** Returns what `eachKey` and `eachValue` ask of each key or value. */
export function innerMatchers({ rules }: Matcher): Matcher[] {
  return Array.isArray(rules)
    ? rules.filter(
        (rule): rule is Matcher & JsonObject => isObject(rule) && typeof rule.match === 'string',
      )
    : [];
}

/** Collects where the paths of rules lead to in contents. */
function reach(branch: Branch, value: Json, reached: Set<Branch>): void {
  reached.add(branch);
  const { next } = branch;
  if (!isContainer(value) || next.size === 0) return;
  const isList = Array.isArray(value);
  const inner = (key: string | number, item: Json) => {
    const found = next.get(key);
    if (found !== undefined) reach(found, item, reached);
  };
  for (const [name, item] of Object.entries(value)) {
    inner(isList ? Number(name) : `.${name}`, item);
    inner('*', item);
    if (isList) inner('[*]', item);
  }
}
