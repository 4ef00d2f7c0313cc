import type { Json, JsonObject } from '../spec/model.js';
import { isContainer, isObject } from '../spec/positions.js';
import type { Matcher, PathToken, Rule } from './pact.js';

/** A place in contents: names and indexes from the root. */
export type Path = readonly (string | number)[];

/** A rule that applies at a place, and whether it was written for a place above it. */
export interface Applied {
  readonly rule: Rule;
  readonly matchers: readonly Matcher[];
  readonly combine: Rule['combine'];
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
 * Finds the rules that apply at a place as Pact does: of those whose path leads to it or to a place above, the one with
 * the greatest weight, and besides what `eachValue` asks of all values of a place above.
 * https://github.com/pact-foundation/pact-specification/tree/version-2#weighting-when-more-than-one-matching-rule-applies
 */
export class RuleIndex {
  readonly #rules: readonly Rule[];
  readonly #hasEach: boolean;
  readonly #branches = new Map<Rule, Branch>();
  readonly #root: Branch = { next: new Map(), own: undefined };

  constructor(rules: readonly Rule[]) {
    this.#rules = rules.filter(({ matchers }) => matchers.length > 0);
    this.#hasEach = this.#rules.some(({ matchers }) => matchers.some(isEach));
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

  /** Tells whether a rule applies at a place. */
  has(path: Path): boolean {
    return this.at(path).length > 0;
  }

  /** Tells whether a rule leads to a place or to one above, even if it asks nothing of what is there. */
  leadsTo(path: Path): boolean {
    return heaviest(this.#root, path, 0, 2) !== undefined;
  }

  /** Tells whether rules apply at places within a value, which stands at a place. */
  hasWithin(value: Json, path: Path): boolean {
    return placesIn(value, path).some(
      ([item, place]) => this.has(place) || this.hasWithin(item, place),
    );
  }

  /** Tells whether rules apply to a value or else to all that it holds. */
  covers(value: Json, path: Path): boolean {
    if (this.has(path)) return true;
    return isContainer(value) && placesIn(value, path).every((inner) => this.covers(...inner));
  }

  /** Lists the rules that apply at a place. */
  at(path: Path): Applied[] {
    return [...this.#heaviestAt(path), ...this.#eachAbove(path)];
  }

  #heaviestAt(path: Path): Applied[] {
    const best = heaviest(this.#root, path, 0, 2);
    if (best === undefined) return [];
    const { rule, length } = best;
    const isCascaded = path.length > length;
    const matchers = isCascaded ? rule.matchers.flatMap(cascade) : rule.matchers;
    return matchers.length === 0 ? [] : [{ rule, matchers, combine: rule.combine, isCascaded }];
  }

  /** Lists what `eachValue` at places above asks; Pact asks each of several, even of a rule that combines by OR. */
  #eachAbove(path: Path): Applied[] {
    if (!this.#hasEach) return [];
    return path.flatMap((_, length): Applied[] => {
      const best = heaviest(this.#root, path.slice(0, length), 0, 2);
      if (best?.length !== length) return [];
      const { rule } = best;
      const asked = rule.matchers.flatMap((matcher) => askedOfEach(matcher, path.length - length));
      return asked.length === 0
        ? []
        : [{ rule, matchers: asked, combine: 'AND', isCascaded: true }];
    });
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

const TYPE: Matcher = { match: 'type' };

/** Returns what a matcher asks of the places below its own; what `eachValue` asks is found apart. */
function cascade(matcher: Matcher): Matcher[] {
  switch (matcher.match) {
    case 'type':
    case 'values':
      return [TYPE];
    case 'equality':
    case 'notEmpty':
      return [matcher];
    default:
      return [];
  }
}

/** Returns what `eachValue` asks so many steps below its place. */
function askedOfEach(matcher: Matcher, below: number): Matcher[] {
  if (!isEach(matcher)) return [];
  const inner = innerMatchers(matcher);
  const values = inner.length > 0 ? inner : [TYPE];
  if (below === 1) return values;
  return values.flatMap((one) => [...cascade(one), ...askedOfEach(one, below - 1)]);
}

function isEach({ match }: Matcher): boolean {
  return match === 'eachValue';
}

/** Returns what `eachKey` and `eachValue` ask of each key or value. */
export function innerMatchers({ rules }: Matcher): Matcher[] {
  return Array.isArray(rules)
    ? rules.filter(
        (rule): rule is Matcher & JsonObject => isObject(rule) && typeof rule.match === 'string',
      )
    : [];
}

/** Lists the items of a list or the members of an object, with their places. */
function placesIn(value: Json, path: Path): [Json, Path][] {
  if (!isContainer(value)) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).map(([key, item]) => [item, [...path, isList ? Number(key) : key]]);
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
