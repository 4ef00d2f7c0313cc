import { type Problem, type ProblemDetails, problem } from '../problems/problem.js';
import type { Json } from '../spec/model.js';
import { contradictions } from './contradictions.js';
import { describeMatcher, satisfies } from './matchers.js';
import type { Matcher, Pact, Rule } from './pact.js';
import { innerMatchers, RuleIndex } from './rule-index.js';

/**
 * Judges an example by the rules beside it: it must satisfy them, and each rule must be about a part of it. Of an
 * example that is undefined, no rule is about any.
 */
export function checkExample(
  value: Json | undefined,
  rules: readonly Rule[],
  locate: Pact['locate'],
): Problem[] {
  const index = new RuleIndex(rules);
  const idle = value === undefined ? rules : index.unused(value);
  const broken = value === undefined ? [] : contradictions({ value, rules: index });
  const obscure = rules
    .filter((rule) => !idle.includes(rule))
    .flatMap((rule) => rule.matchers.filter(isObscure).map((matcher) => ({ rule, matcher })));
  return [
    ...broken.map(({ details, rule }) =>
      problem('pact.rule.contradicted', details, locate(rule.pointer)),
    ),
    ...obscure.map(({ rule, matcher }) =>
      problem('pact.rule.unjudged', notUnderstood(rule, matcher), locate(rule.pointer)),
    ),
    ...unusedRules(idle, locate),
  ];
}

/** Tells whether it can't be told what a matcher takes. */
function isObscure(matcher: Matcher): boolean {
  const samples: Json[] = ['', []];
  return (
    samples.some((sample) => satisfies(matcher, sample, sample) === 'unknown') ||
    innerMatchers(matcher).some(isObscure)
  );
}

/** Says that a rule's matcher can't be judged, because nothing is known of its kind. */
export function notUnderstood(
  { path }: Rule,
  matcher: Matcher,
): ProblemDetails['pact.rule.unjudged'] {
  const reason = 'matchers of this kind are not understood';
  return { path, rule: describeMatcher(matcher), reason };
}

/** Says which rules apply to nothing. */
export function unusedRules(rules: readonly Rule[], locate: Pact['locate']): Problem[] {
  return rules.map(({ path, pointer }) => problem('pact.rule.unused', { path }, locate(pointer)));
}
