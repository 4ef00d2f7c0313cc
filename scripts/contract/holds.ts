import { equal } from '../generate/runtime/values.js';
import { type JsonType, TYPES } from '../judge/shape.js';
import type { Json } from '../spec/model.js';
import { isContainer } from '../spec/positions.js';
import { allValues, isInteger } from './all-values.js';
import { type Bounds, type Case, type Guarantee, listLengths, objectSizes } from './guarantee.js';
import { Language, whyUnread } from './language.js';
import { lengthsOf, patternOf, satisfies, typeOf } from './matchers.js';
import type { Matcher } from './pact.js';
import { samplesOf } from './samples.js';
import { numeralsOf, textsOf } from './texts.js';

/** What other interactions of the same message show at a place, and so need not be guaranteed there. */
export interface Shown {
  readonly types: ReadonlySet<JsonType>;
  readonly isEmptyList: boolean;
}

/** Whether a matcher holds for all values of a case. A `witness` is one for which it does not. */
export type Holding =
  | { readonly is: 'held' }
  | { readonly is: 'nullable' }
  | { readonly is: 'empty' }
  | { readonly is: 'broken'; readonly witness: Json }
  | { readonly is: 'unjudged'; readonly reason: string };

const held: Holding = { is: 'held' };

/** Judges whether a matcher holds for every value of a case; `example` is the value in the pact. */
export function holds(
  guarantee: Guarantee,
  one: Case,
  matcher: Matcher,
  example: Json,
  shown: Shown,
): Holding {
  const types = typesToJudge(guarantee, one, example, shown);
  if (types.has('null') && example !== null) {
    const verdict = satisfies(matcher, example, null);
    if (verdict === 'no') return { is: 'nullable' };
    if (verdict === 'yes') types.delete('null');
  }
  const values = allValues(guarantee, one, types);
  if (values !== undefined) return holdsForAll(values, matcher, example);
  if (holdsByType(guarantee, one, types, matcher, example, shown)) return held;
  const witness = [...samplesOf(guarantee).of(one), ...ofSize(guarantee, one, matcher)].find(
    (value) =>
      types.has(typeOf(value)) &&
      satisfies(matcher, example, value) === 'no' &&
      !isShownEmpty(value, matcher, shown),
  );
  if (witness !== undefined) return brokenBy(witness, matcher);
  return holdsForTexts(guarantee, one, types, matcher, example);
}

/** Judges whether for every value of a case at least one of some matchers holds. */
export function oneHolds(
  guarantee: Guarantee,
  one: Case,
  matchers: readonly Matcher[],
  example: Json,
  shown: Shown,
): Holding {
  const types = typesToJudge(guarantee, one, example, shown);
  const all = allValues(guarantee, one, types);
  const witness = (all ?? samplesOf(guarantee).of(one)).find(
    (value) =>
      types.has(typeOf(value)) &&
      matchers.every(
        (matcher) =>
          satisfies(matcher, example, value) === 'no' && !isShownEmpty(value, matcher, shown),
      ),
  );
  if (witness !== undefined) return { is: 'broken', witness };
  const isSatisfied = (value: Json) =>
    matchers.some((matcher) => satisfies(matcher, example, value) === 'yes');
  if (all?.every(isSatisfied) === true) return held;
  // What holds for the values of each type holds for all.
  const pointer = one.parts[0]?.pointer ?? '';
  const slices = [...types].flatMap(
    (type) => guarantee.casesOf([...one.parts, { schema: { type }, pointer }]) ?? [],
  );
  const isHeld = slices.every((slice) =>
    matchers.some((matcher) => holds(guarantee, slice, matcher, example, shown).is === 'held'),
  );
  return isHeld ? held : { is: 'unjudged', reason: 'none of the alternatives is seen to hold' };
}

/** Returns the types of a case's values, but for those that other interactions are about. */
function typesToJudge(guarantee: Guarantee, one: Case, example: Json, shown: Shown): Set<JsonType> {
  const own = new Set(one.shape.types ?? TYPES);
  if (own.has('null') && guarantee.fault(one, null) !== undefined) own.delete('null');
  for (const type of own) {
    if (type !== typeOf(example) && shown.types.has(type)) own.delete(type);
  }
  return own;
}

/** Lists values of a size that a matcher excludes. */
function ofSize(guarantee: Guarantee, one: Case, matcher: Matcher): Json[] {
  const { max } = lengthsOf(matcher);
  if (max === Number.POSITIVE_INFINITY) return [];
  const samples = samplesOf(guarantee);
  return [...samples.lists(one, max + 1), ...samples.objects(one, max + 1)];
}

function brokenBy(witness: Json, matcher: Matcher): Holding {
  return isEmptyList(witness) && isAboutOneItem(matcher)
    ? { is: 'empty' }
    : { is: 'broken', witness };
}

function isShownEmpty(value: Json, matcher: Matcher, shown: Shown): boolean {
  return shown.isEmptyList && isEmptyList(value) && isAboutOneItem(matcher);
}

function isEmptyList(value: Json): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isAboutOneItem(matcher: Matcher): boolean {
  return matcher.match === 'notEmpty' || (matcher.match === 'type' && lengthsOf(matcher).min === 1);
}

function holdsForAll(values: readonly Json[], matcher: Matcher, example: Json): Holding {
  const verdicts = values.map((value) => satisfies(matcher, example, value));
  const broken = values[verdicts.indexOf('no')];
  if (broken !== undefined) return { is: 'broken', witness: broken };
  return verdicts.includes('unknown') ? { is: 'unjudged', reason: whyUnknown(matcher) } : held;
}

/** Tells whether types, sizes and constants are enough to say that a matcher holds. */
function holdsByType(
  guarantee: Guarantee,
  one: Case,
  types: ReadonlySet<JsonType>,
  matcher: Matcher,
  example: Json,
  shown: Shown,
): boolean {
  const are = (type: JsonType) => types.size === 1 && types.has(type);
  switch (matcher.match) {
    case 'type':
      return are(typeOf(example)) && hasSize(one, matcher, example, shown);
    case 'number':
    case 'boolean':
    case 'null':
      return are(matcher.match);
    case 'integer':
      return are('number') && isInteger(one);
    case 'equality':
      return one.parts.some(
        ({ schema }) => schema.const !== undefined && equal(schema.const, example),
      );
    case 'notEmpty':
      return (
        (!isContainer(example) || are(typeOf(example))) &&
        isNeverEmpty(guarantee, one, types, shown)
      );
    case 'values':
    case 'eachKey':
    case 'eachValue':
      return are(typeOf(example));
    default:
      return false;
  }
}

/** Pact counts the members of objects too. */
function hasSize(one: Case, matcher: Matcher, example: Json, shown: Shown): boolean {
  if (!isContainer(example)) return true;
  if (!Array.isArray(example)) return within(objectSizes(one), lengthsOf(matcher));
  const { min, max } = lengthsOf(matcher);
  const least = min === 1 && shown.isEmptyList ? 0 : min;
  return within(listLengths(one), { min: least, max });
}

function within(given: Bounds, asked: Bounds): boolean {
  return given.min >= asked.min && given.max <= asked.max;
}

function isNeverEmpty(
  guarantee: Guarantee,
  one: Case,
  types: ReadonlySet<JsonType>,
  shown: Shown,
): boolean {
  const empty: Json[] = ['', {}, ...(shown.isEmptyList ? [] : [[]])];
  return (
    !types.has('null') &&
    empty.every((value) => !types.has(typeOf(value)) || guarantee.fault(one, value) !== undefined)
  );
}

/** Judges matchers of texts: the document's patterns, formats and lengths against the matcher's pattern. */
function holdsForTexts(
  guarantee: Guarantee,
  one: Case,
  types: ReadonlySet<JsonType>,
  matcher: Matcher,
  example: Json,
): Holding {
  const source = patternOf(matcher);
  const asked = source === undefined ? undefined : Language.ofPact(source);
  if (asked === undefined) return { is: 'unjudged', reason: whyUnknown(matcher) };
  if (types.size !== 1 || !(types.has('string') || types.has('number'))) {
    return { is: 'unjudged', reason: 'it is about texts, and the document allows other values' };
  }
  if (types.has('number') && !isInteger(one)) {
    return { is: 'unjudged', reason: "numbers with fractions can't be compared with a pattern" };
  }
  const allowed = types.has('string') ? textsOf(one) : numeralsOf(one);
  const outside = allowed?.beyond(asked);
  if (outside === undefined)
    return { is: 'unjudged', reason: "the document's patterns are too complex" };
  if (outside.length === 0) return held;
  const witness = outside
    .map((text): Json => (types.has('string') ? text : Number(text)))
    .find(
      (value) =>
        guarantee.fault(one, value) === undefined && satisfies(matcher, example, value) === 'no',
    );
  return witness === undefined ? { is: 'unjudged', reason: NO_WITNESS } : { is: 'broken', witness };
}

const NO_WITNESS =
  'neither was it found to hold for all values that the document allows, nor one that breaks it';

/** Says why it is unknown whether values satisfy a matcher. */
function whyUnknown(matcher: Matcher): string {
  const source = patternOf(matcher);
  if (source !== undefined) return whyUnread(source);
  return KNOWN.test(matcher.match)
    ? NO_WITNESS
    : `matchers of the kind ${JSON.stringify(matcher.match)} are not understood`;
}

/** The kinds of matchers that are understood without a pattern. */
const KNOWN =
  /^(?:equality|type|integer|decimal|number|boolean|null|notEmpty|values|eachKey|eachValue|arrayContains)$/;
