import type { Matcher } from '../contract/pact.js';
import type { Json, JsonObject } from '../spec/model.js';

/** How names begin by which Pact tells rules from values. */
export const RESERVED = 'pact:';

/** Makes one of Pact's matchers, plain JSON: an example together with its rule. */
function matcher(type: string, value: Json, details: JsonObject = {}): JsonObject {
  return { 'pact:matcher:type': type, value, ...details };
}

/** Returns the rule of a matcher, without its example. */
export function matcherIn(made: JsonObject): Matcher {
  const { 'pact:matcher:type': match, value: _, ...details } = made;
  return { match: String(match), ...details };
}

/** Any value of the example's type, at every depth where no other rule stands. */
export const likeIt = (value: Json): JsonObject => matcher('type', value);
/** A list with at least so many items, each like the example. */
export const listOf = (item: Json, min: number): JsonObject => matcher('type', [item], { min });
/** A text with a match of the expression. */
export const matching = (value: Json, regex: string): JsonObject =>
  matcher('regex', value, { regex });
/** Whole numbers. */
export const integerLike = (value: Json): JsonObject => matcher('integer', value);
/** Numbers, whole or not; Pact's `decimal` would refuse 2. */
export const numberLike = (value: Json): JsonObject => matcher('number', value);
/** True or false. */
export const booleanLike = (value: Json): JsonObject => matcher('boolean', value);
/** The very value, where a rule further up would allow others. */
export const equalTo = (value: Json): JsonObject => matcher('equality', value);
