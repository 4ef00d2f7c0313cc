import { isInteger } from '../../contract/all-values.js';
import { acceptedPatterns } from '../../contract/date-patterns.js';
import { type Case, numbers } from '../../contract/guarantee.js';
import { Language } from '../../contract/language.js';
import { typeOf } from '../../contract/matchers.js';
import { samplesOf } from '../../contract/samples.js';
import type { JsonType } from '../../judge/shape.js';
import { knownFormats } from '../../spec/formats.js';
import type { Json, JsonObject } from '../../spec/model.js';
import { type Look, shortfallOf } from './inclusion.js';
import type { Shortfall } from './shortfall.js';

/** Finds what a schema demands of scalars, and of a value's type, and a case does not guarantee. */
export function scalarDemands(look: Look): Shortfall[] {
  const types = look.inclusion.typesOf(look.one);
  return [
    ...typeDemand(look, types),
    ...valueDemand(look),
    ...(types.has('number') ? numberDemands(look) : []),
    ...(types.has('string') ? textDemands(look) : []),
  ];
}

function typeDemand(look: Look, types: ReadonlySet<JsonType>): Shortfall[] {
  const { schema, one, inclusion } = look;
  if (schema.type === undefined) return [];
  const allowed = new Set([schema.type].flat().map(String));
  const isMissing = (type: JsonType) =>
    type === 'number'
      ? !allowed.has('number') && !(allowed.has('integer') && isInteger(one))
      : !allowed.has(type);
  const missing = new Set([...types].filter(isMissing));
  if (missing.size === 0) return [];
  const samples = () =>
    samplesOf(inclusion.given)
      .of(one)
      .filter((value) => missing.has(typeOf(value)));
  const shortfall = shortfallOf(look, 'type', samples);
  const { given } = shortfall;
  // What a constant says of the type, it does not state.
  const isKnown = given.says === undefined && types.size < 6;
  const says = isKnown ? [...types] : given.says;
  return [{ ...shortfall, given: { pointer: `${given.pointer}${isKnown ? '/type' : ''}`, says } }];
}

/** `const` and `enum`: the values that a case can have must be among them. */
function valueDemand(look: Look): Shortfall[] {
  const { schema, one, inclusion } = look;
  const parts = (['const', 'enum'] as const).filter((keyword) => Object.hasOwn(schema, keyword));
  return parts.flatMap((keyword) => {
    if (one.parts.some((part) => inclusion.same.haveSame(keyword, part.schema, schema))) return [];
    const demand = { schema: { [keyword]: schema[keyword] as Json }, pointer: look.pointer };
    const values = inclusion.valuesOf(one);
    if (values?.every((value) => !inclusion.refuses(demand, value)) === true) return [];
    const attempts = () => values ?? samplesOf(inclusion.given).of(one);
    return [shortfallOf(look, 'enum', attempts, { keywords: ['const', 'enum'] })];
  });
}

/** A bound of numbers. */
interface Limit {
  readonly value: number;
  readonly isExclusive: boolean;
}

const SIDES = [
  { subject: 'minimum', exclusive: 'exclusiveMinimum', sign: 1 },
  { subject: 'maximum', exclusive: 'exclusiveMaximum', sign: -1 },
] as const;

function numberDemands(look: Look): Shortfall[] {
  const { one, schema, inclusion } = look;
  const isWhole = isInteger(one);
  const found: Shortfall[] = [];
  for (const { subject, exclusive, sign } of SIDES) {
    const demanded = limitOf([schema], subject, exclusive, sign, isWhole);
    const given = limitOf(
      one.parts.map((part) => part.schema),
      subject,
      exclusive,
      sign,
      isWhole,
    );
    if (demanded === undefined || (given !== undefined && isWithin(given, demanded, sign)))
      continue;
    const beyond = [0, 1, 0.5, 1000].map((step) => demanded.value - sign * step);
    const near =
      given === undefined
        ? []
        : [given.value, given.value + sign * 0.5, (given.value + demanded.value) / 2];
    const values = () => allowed(look, [...beyond, ...near]);
    found.push(shortfallOf(look, subject, values, { keywords: [subject, exclusive] }));
  }
  const { multipleOf, format } = schema;
  const hasFormat =
    typeof format === 'string' &&
    knownFormats[format]?.type === 'number' &&
    !isOfFormat(one, format);
  if (hasFormat) {
    const values = () => allowed(look, [3e9, -3e9, 1.5, 1e19, 1e40, 1e300]);
    found.push(shortfallOf(look, 'format', values));
  }
  const isMultiple = numbers(one.parts, 'multipleOf').some(
    (own) => typeof multipleOf === 'number' && Number.isInteger(own / multipleOf),
  );
  if (typeof multipleOf === 'number' && !isMultiple && !(isWhole && multipleOf === 1)) {
    const own = numbers(one.parts, 'multipleOf');
    const near = [1, 3, 5, 7, 0.5, ...own, ...own.map((step) => 3 * step), multipleOf / 2];
    found.push(
      shortfallOf(look, 'multipleOf', () => [
        ...allowed(look, near),
        ...samplesOf(inclusion.given).of(one),
      ]),
    );
  }
  return found;
}

/** Tells whether the numbers of a case are of a format: a narrower one says so too. */
function isOfFormat({ parts }: Case, format: string): boolean {
  return parts.some(
    ({ schema: { format: own } }) => own === format || (own === 'int32' && format === 'int64'),
  );
}

/** Returns the strictest of some bounds; of whole numbers, one that is not exclusive. */
function limitOf(
  schemas: readonly JsonObject[],
  keyword: string,
  exclusive: string,
  sign: 1 | -1,
  isWhole: boolean,
): Limit | undefined {
  const limits = schemas.flatMap((schema): Limit[] => {
    const [plain, strict] = [schema[keyword], schema[exclusive]];
    return [
      ...(typeof plain === 'number' ? [{ value: plain, isExclusive: false }] : []),
      ...(typeof strict === 'number' ? [{ value: strict, isExclusive: true }] : []),
    ];
  });
  const settled = isWhole ? limits.map((limit) => wholeLimit(limit, sign)) : limits;
  return settled.reduce<Limit | undefined>(
    (best, limit) => (best === undefined || isWithin(limit, best, sign) ? limit : best),
    undefined,
  );
}

function wholeLimit({ value, isExclusive }: Limit, sign: 1 | -1): Limit {
  const nearest = sign * Math.ceil(sign * value);
  return { value: isExclusive && nearest === value ? value + sign : nearest, isExclusive: false };
}

/** Tells whether what keeps to one bound keeps to another. */
function isWithin(given: Limit, demanded: Limit, sign: 1 | -1): boolean {
  const apart = sign * (given.value - demanded.value);
  return apart > 0 || (apart === 0 && (given.isExclusive || !demanded.isExclusive));
}

/** Keeps the values that a case allows. */
function allowed({ inclusion, one }: Look, values: readonly Json[]): Json[] {
  return values.filter((value) => inclusion.given.fault(one, value) === undefined);
}

/** Up to which length texts are counted by an automaton. */
const MAX_COUNTED = 200;

function textDemands(look: Look): Shortfall[] {
  const { one, schema, inclusion } = look;
  const { minLength, maxLength, pattern, format } = schema;
  const found: Shortfall[] = [];
  const others = () => [...samplesOf(inclusion.given).of(one)];
  const least = numbers(one.parts, 'minLength');
  if (typeof minLength === 'number' && !least.some((own) => own >= minLength)) {
    const source = minLength <= MAX_COUNTED ? `^[^]{${minLength},}$` : undefined;
    const outside = textsBeyond(one, source);
    const texts = () => [...(outside ?? []), ...repeated(look, minLength - 1), ...others()];
    if (outside?.length !== 0) found.push(shortfallOf(look, 'minLength', texts));
  }
  const most = numbers(one.parts, 'maxLength');
  if (typeof maxLength === 'number' && !most.some((own) => own <= maxLength)) {
    const source = maxLength <= MAX_COUNTED ? `^[^]{0,${maxLength}}$` : undefined;
    const outside = textsBeyond(one, source);
    const texts = () => [...(outside ?? []), ...repeated(look, maxLength + 1), ...others()];
    if (outside?.length !== 0) found.push(shortfallOf(look, 'maxLength', texts));
  }
  const hasSame = (keyword: string) =>
    one.parts.some((part) => inclusion.same.haveSame(keyword, part.schema, schema));
  if (typeof pattern === 'string' && !hasSame('pattern')) {
    const outside = textsBeyond(one, pattern);
    const texts = () => [...allowed(look, outside ?? []), ...others()];
    if (outside?.length !== 0) found.push(shortfallOf(look, 'pattern', texts));
  }
  const isText = typeof format === 'string' && knownFormats[format]?.type === 'string';
  if (isText && !hasSame('format')) found.push(shortfallOf(look, 'format', others));
  return found;
}

/** Up to which length texts are made. */
const MAX_LENGTH = 1_000_000;

/** Makes texts of one length that a case may allow. */
function repeated(look: Look, length: number): Json[] {
  if (length < 0 || length > MAX_LENGTH) return [];
  return allowed(look, [
    ...['a', 'A', '0'].map((character) => character.repeat(length)),
    // Of the formats that have no length of their own.
    `${'a'.repeat(length)}@example.com`,
    `https://example.com/${'a'.repeat(length)}`,
  ]);
}

/** Lists texts that a case may allow and a pattern does not match; none where it matches all; undefined: too large. */
function textsBeyond(one: Case, pattern: string | undefined): string[] | undefined {
  const asked = pattern === undefined ? undefined : Language.of(pattern);
  return asked === undefined ? undefined : acceptedTexts(one)?.beyond(asked);
}

/** Returns the texts that validators accept of a case, or more. */
function acceptedTexts({ parts }: Case): Language | undefined {
  const sources = parts.flatMap(({ schema: { pattern, format, minLength, maxLength } }) => [
    ...(typeof pattern === 'string' ? [pattern] : []),
    ...(typeof format === 'string' && Object.hasOwn(acceptedPatterns, format)
      ? [acceptedPatterns[format] as string]
      : []),
    ...(typeof minLength === 'number' && minLength <= MAX_COUNTED ? [`^[^]{${minLength},}$`] : []),
    ...(typeof maxLength === 'number' && maxLength <= MAX_COUNTED ? [`^[^]{0,${maxLength}}$`] : []),
  ]);
  return Language.intersection(sources.flatMap((source) => Language.of(source) ?? []));
}
