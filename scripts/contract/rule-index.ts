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

/**
 * Finds the rule that applies at a place as Pact does: of those whose path leads to it or to a place above, the one with
 * the greatest weight. https://github.com/pact-foundation/pact-specification/tree/version-2#weighting-when-more-than-one-matching-rule-applies
 */
export class RuleIndex {
  readonly #rules: readonly Rule[];

  constructor(rules: readonly Rule[]) {
    this.#rules = rules.filter(({ matchers }) => matchers.length > 0);
  }

  at(path: Path): Applied | undefined {
    let best: { rule: Rule; weight: number } | undefined;
    for (const rule of this.#rules) {
      const weight = weightOf(rule.tokens, path);
      if (weight > 0 && (best === undefined || weight >= best.weight)) best = { rule, weight };
    }
    if (best === undefined) return undefined;
    const { rule } = best;
    const below = path.length - (rule.tokens?.length ?? 0);
    const matchers =
      below === 0 ? rule.matchers : rule.matchers.flatMap((one) => cascade(one, below));
    return matchers.length === 0 ? undefined : { rule, matchers, isCascaded: below > 0 };
  }

  /** Lists the rules that lead to no place of the contents. */
  unused(contents: Json): Rule[] {
    return this.#rules.filter(({ tokens }) => tokens === undefined || !leads(tokens, contents));
  }
}

/** Returns what a matcher asks of the places below its own. */
function cascade(matcher: Matcher, below: number): Matcher[] {
  switch (matcher.match) {
    case 'type':
    case 'values':
      return [{ match: 'type' }];
    case 'equality':
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

function weightOf(tokens: Rule['tokens'], path: Path): number {
  if (tokens === undefined || tokens.length > path.length) return 0;
  let weight = 2;
  for (const [index, token] of tokens.entries()) {
    if (!selects(token, path[index])) return 0;
    weight *= token === '*' ? 1 : 2;
  }
  return weight * (tokens.length + 1);
}

function selects(token: PathToken, step: string | number | undefined): boolean {
  return token === '*' || token.name === step;
}

function leads(tokens: readonly PathToken[], value: Json): boolean {
  const [token, ...rest] = tokens;
  if (token === undefined) return true;
  if (!isContainer(value)) return false;
  return Object.entries(value).some(([key, item]) => {
    const step = Array.isArray(value) ? Number(key) : key;
    return selects(token, step) && leads(rest, item);
  });
}
