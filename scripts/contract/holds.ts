import { equal } from '../generate/runtime/values.js';
import type { Json } from '../spec/model.js';
import { isContainer } from '../spec/positions.js';
import { formatPatterns } from './date-patterns.js';
import { type Case, type Guarantee, listLengths } from './guarantee.js';
import { Language } from './language.js';
import { lengthsOf, patternOf, satisfies, typeOf } from './matchers.js';
import type { Matcher } from './pact.js';
import { samplesOf } from './samples.js';

/** What other interactions of the same message show at a place, and so need not be guaranteed there. */
export interface Shown {
  readonly isNull: boolean;
  readonly isValue: boolean;
  readonly isEmptyList: boolean;
}

/** Whether a matcher holds for all values of a case. A `witness` is one for which it does not. */
export type Holding =
  | { readonly is: 'held' }
  | { readonly is: 'nullable' }
  | { readonly is: 'empty' }
  | { readonly is: 'broken'; readonly witness: Json | undefined }
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
  const types = new Set(one.shape.types ?? ALL_TYPES);
  const allowsNull = types.has('null') && guarantee.fault(one, null) === undefined;
  types.delete('null');
  if (example === null) {
    const others = shown.isValue ? [] : samplesOf(guarantee, one);
    const witness = others.find((value) => satisfies(matcher, example, value) === 'no');
    if (witness !== undefined) return { is: 'broken', witness };
    const isNullOnly = /^(?:type|null|equality)$/.test(matcher.match);
    return isNullOnly && !shown.isValue && types.size > 0
      ? { is: 'broken', witness: undefined }
      : held;
  }
  if (allowsNull && satisfies(matcher, example, null) !== 'yes' && !shown.isNull) {
    return { is: 'nullable' };
  }
  if (types.size === 0) return held;
  const constants = one.shape.constants?.filter((value) => value !== null);
  if (constants !== undefined) return everyConstant(guarantee, one, matcher, example, constants);
  const verdict = byType(guarantee, one, types, matcher, example, shown);
  if (verdict !== undefined && verdict.is !== 'broken') return verdict;
  const samples = samplesOf(guarantee, one).filter((value) => value !== null);
  const witness = samples.find((value) => satisfies(matcher, example, value) === 'no');
  if (witness !== undefined) {
    if (Array.isArray(witness) && witness.length === 0 && isAboutOneItem(matcher)) {
      return { is: 'empty' };
    }
    return { is: 'broken', witness };
  }
  if (verdict !== undefined) return verdict;
  return texts(guarantee, one, types, matcher, example);
}

/** Judges whether for every value of a case at least one of some matchers holds. */
export function oneHolds(
  guarantee: Guarantee,
  one: Case,
  matchers: readonly Matcher[],
  example: Json,
  shown: Shown,
): Holding {
  const values = [...(one.shape.constants ?? []), ...samplesOf(guarantee, one)].filter(
    (value) => guarantee.fault(one, value) === undefined && !(value === null && shown.isNull),
  );
  const witness = values.find((value) =>
    matchers.every((matcher) => satisfies(matcher, example, value) === 'no'),
  );
  if (witness !== undefined) return { is: 'broken', witness };
  const constants = one.shape.constants?.filter(
    (value) => guarantee.fault(one, value) === undefined,
  );
  const isSatisfied = (value: Json) =>
    (value === null && shown.isNull) ||
    matchers.some((matcher) => satisfies(matcher, example, value) === 'yes');
  if (constants?.every(isSatisfied) === true) return held;
  // What holds for the values of each type holds for all.
  const types = [...(one.shape.types ?? ALL_TYPES)].filter(
    (type) => type !== 'null' || !shown.isNull,
  );
  const pointer = one.parts[0]?.pointer ?? '';
  const slices = types.flatMap(
    (type) => guarantee.casesOf([...one.parts, { schema: { type }, pointer }]) ?? [],
  );
  const isHeld = slices.every((slice) =>
    matchers.some((matcher) => holds(guarantee, slice, matcher, example, shown).is === 'held'),
  );
  return isHeld ? held : { is: 'unjudged', reason: 'none of the alternatives is seen to hold' };
}

const ALL_TYPES = ['null', 'boolean', 'number', 'string', 'array', 'object'] as const;

function isAboutOneItem(matcher: Matcher): boolean {
  return matcher.match === 'notEmpty' || lengthsOf(matcher).min === 1;
}

function everyConstant(
  guarantee: Guarantee,
  one: Case,
  matcher: Matcher,
  example: Json,
  constants: readonly Json[],
): Holding {
  const allowed = constants.filter((value) => guarantee.fault(one, value) === undefined);
  const verdicts = allowed.map((value) => satisfies(matcher, example, value));
  const broken = verdicts.indexOf('no');
  if (broken !== -1) return { is: 'broken', witness: allowed[broken] };
  return verdicts.includes('unknown')
    ? { is: 'unjudged', reason: 'the matcher is not understood' }
    : held;
}

/** Judges matchers of types, sizes and equality; undefined where that is not enough to say. */
function byType(
  guarantee: Guarantee,
  one: Case,
  types: ReadonlySet<string>,
  matcher: Matcher,
  example: Json,
  shown: Shown,
): Holding | undefined {
  const broken: Holding = { is: 'broken', witness: undefined };
  const are = (type: string) => (types.size === 1 && types.has(type) ? held : broken);
  switch (matcher.match) {
    case 'type': {
      const type = typeOf(example);
      if (are(type) === broken) return broken;
      if (type === 'object') return sizes(one, matcher);
      return type === 'array' ? lengths(one, matcher, shown) : held;
    }
    case 'number':
    case 'boolean':
    case 'null':
      return are(matcher.match);
    case 'integer':
      return are('number') === held && isInteger(one) ? held : broken;
    case 'decimal':
      return broken;
    case 'equality':
      return one.parts.some(
        ({ schema }) => Object.hasOwn(schema, 'const') && equal(schema.const, example),
      )
        ? held
        : broken;
    case 'notEmpty':
      if (isContainer(example) && are(typeOf(example)) === broken) return broken;
      return isNeverEmpty(guarantee, one, types, shown);
    case 'arrayContains':
      return broken;
    case 'values':
    case 'eachKey':
    case 'eachValue':
      return are(typeOf(example));
    default:
      return undefined;
  }
}

function lengths(one: Case, matcher: Matcher, shown: Shown): Holding {
  const asked = lengthsOf(matcher);
  const given = listLengths(one);
  if (given.max > asked.max) return { is: 'broken', witness: undefined };
  if (given.min >= asked.min) return held;
  if (asked.min === 1 && shown.isEmptyList) return held;
  return asked.min === 1 ? { is: 'empty' } : { is: 'broken', witness: undefined };
}

/** Pact counts the members of objects too. */
function sizes(one: Case, matcher: Matcher): Holding {
  const asked = lengthsOf(matcher);
  const bounds = (keyword: string) => one.parts.map(({ schema }) => Number(schema[keyword]));
  const least = Math.max(
    one.shape.required.size,
    ...bounds('minProperties').filter(Number.isFinite),
  );
  const most = Math.min(Infinity, ...bounds('maxProperties').filter(Number.isFinite));
  return least >= asked.min && most <= asked.max ? held : { is: 'broken', witness: undefined };
}

function isInteger(one: Case): boolean {
  return one.parts.some(({ schema }) => {
    const { type, multipleOf } = schema;
    const isStated = [type].flat().includes('integer') && ![type].flat().includes('number');
    return isStated || (typeof multipleOf === 'number' && Number.isInteger(multipleOf));
  });
}

function isNeverEmpty(
  guarantee: Guarantee,
  one: Case,
  types: ReadonlySet<string>,
  shown: Shown,
): Holding {
  for (const type of ['string', 'object', 'array'] as const) {
    if (!types.has(type) || (type === 'array' && shown.isEmptyList)) continue;
    const empty = { string: '', object: {}, array: [] }[type];
    if (guarantee.fault(one, empty) !== undefined) continue;
    return type === 'array' ? { is: 'empty' } : { is: 'broken', witness: empty };
  }
  return held;
}

/** Judges matchers of texts: the document's patterns, formats and lengths against the matcher's pattern. */
function texts(
  guarantee: Guarantee,
  one: Case,
  types: ReadonlySet<string>,
  matcher: Matcher,
  example: Json,
): Holding {
  const source = patternOf(matcher);
  if (source === undefined) {
    return {
      is: 'unjudged',
      reason: `matchers of the kind ${JSON.stringify(matcher.match)} are not understood`,
    };
  }
  const asked = Language.of(source, 'whole');
  if (asked === undefined) return { is: 'unjudged', reason: 'its pattern is too complex' };
  if (types.size !== 1 || !(types.has('string') || types.has('number'))) {
    return { is: 'unjudged', reason: 'it is about texts, and the document allows other values' };
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
  if (witness !== undefined) return { is: 'broken', witness };
  return {
    is: 'unjudged',
    reason:
      'neither was it found to hold for all texts that the document allows, nor one that breaks it',
  };
}

/** Returns the texts that a case allows, or more. */
function textsOf(one: Case): Language | undefined {
  const sources = one.parts.flatMap(({ schema: { pattern, format, minLength, maxLength } }) => [
    ...(typeof pattern === 'string' ? [pattern] : []),
    ...(typeof format === 'string' && Object.hasOwn(formatPatterns, format)
      ? [formatPatterns[format] as string]
      : []),
    ...(typeof minLength === 'number' && minLength <= MAX_LENGTH ? [`^[^]{${minLength},}$`] : []),
    ...(typeof maxLength === 'number' && maxLength <= MAX_LENGTH ? [`^[^]{0,${maxLength}}$`] : []),
  ]);
  // A pattern that can't be read is left out: what remains allows more.
  return Language.intersection(sources.flatMap((source) => Language.of(source) ?? []));
}

/** Up to which length bounds are counted; beyond it, texts count as unbounded. */
const MAX_LENGTH = 200;

/** Returns the texts of the numbers that a case allows, or more; undefined where there are fractions. */
function numeralsOf(one: Case): Language | undefined {
  if (!isInteger(one)) return undefined;
  const isNatural = one.parts.some(({ schema }) => Number(schema.minimum ?? -1) >= 0);
  return Language.of(isNatural ? '^(?:0|[1-9]\\d*)$' : '^(?:0|-?[1-9]\\d*)$');
}
