import { type Case, memberOf, type Part } from '../../contract/guarantee.js';
import { samplesOf } from '../../contract/samples.js';
import { contradict, TYPES } from '../../judge/shape.js';
import { joinPointer } from '../../spec/json-pointer.js';
import type { Json, JsonObject } from '../../spec/model.js';
import { isObject, listOf } from '../../spec/positions.js';
import { constantsOf } from './constants.js';
import { type Look, shortfallOf } from './inclusion.js';
import { cannotHave } from './sent-members.js';
import { type Findings, joined, nothing, type Shortfall, type Subject } from './shortfall.js';
import { valuesOf } from './witness-values.js';

/** Finds what a schema demands by way of other schemas of the same value, and a case does not guarantee. */
export function alternativeDemands(look: Look): Findings {
  const { schema, pointer, one, inclusion, around } = look;
  const all = listOf(schema.allOf).map((part, index) =>
    inclusion.judgeCase(
      one,
      { schema: part, pointer: joinPointer(pointer, 'allOf', index) },
      around,
    ),
  );
  return joined([
    ...all,
    ...(['anyOf', 'oneOf'] as const).map((keyword) => oneOfDemand(look, keyword)),
    notDemand(look),
    conditionDemand(look),
  ]);
}

/** One schema for each, so that what was worked out of it is found again. */
const OF_TYPE = TYPES.map((type) => ({ type, schema: { type } as JsonObject }));

function oneOfDemand(look: Look, keyword: 'anyOf' | 'oneOf'): Findings {
  if (look.schema[keyword] === undefined || holdsAlready(look, keyword)) return nothing;
  const whole = inAlternatives(look, keyword);
  if (whole.shortfalls.length === 0) return whole;
  const slices = slicesOf(look, keyword);
  if (slices.length === 0) return whole;
  return joined(slices.map((slice) => oneOfDemand({ ...look, one: slice }, keyword)));
}

/**
 * Parts the values of a case, each of which may belong to an alternative of its own: by their types, or by the constants of
 * a member that alternatives tell apart. None where there is no way to.
 */
function slicesOf(look: Look, keyword: 'anyOf' | 'oneOf'): Case[] {
  const { one, inclusion } = look;
  const pointer = one.parts[0]?.pointer ?? '';
  const sliced = (schemas: readonly JsonObject[]) =>
    schemas.flatMap((schema) => inclusion.given.casesOf([...one.parts, { schema, pointer }]) ?? []);
  const types = inclusion.typesOf(one);
  if (types.size > 1) {
    return sliced(OF_TYPE.filter(({ type }) => types.has(type)).map(({ schema }) => schema));
  }
  for (const name of tellingMembers(look, keyword)) {
    const values = constantsAt(look, name);
    if (values.length < 2 || values.length > MAX_VALUES) continue;
    return sliced(values.map((value) => ({ properties: { [name]: { const: value } } })));
  }
  return [];
}

/** How many values of a member are told apart. */
const MAX_VALUES = 100;

/** Lists the members, required in a case, that alternatives limit to some constants. */
function tellingMembers({ schema, pointer, one, inclusion }: Look, keyword: string): string[] {
  const limits = listOf(schema[keyword]).flatMap((alternative) => {
    const { schema: target } = inclusion.demanding.resolve({ schema: alternative, pointer });
    if (!isObject(target)) return [];
    const { members } = inclusion.demanding.shapeOf(target);
    return [...members]
      .filter(([, { constants }]) => constants !== undefined)
      .map(([name]) => name);
  });
  return [...one.shape.required].filter((name) => limits.includes(name));
}

/** Lists the values of a member, where these are constants. */
function constantsAt({ one, inclusion }: Look, name: string): Json[] {
  const cases = inclusion.given.casesOf(memberOf(one, name).parts) ?? [];
  const values = cases.map((inner) => inclusion.valuesOf(inner));
  return values.includes(undefined) ? [] : uniqueOf((values as Json[][]).flat());
}

function uniqueOf(values: readonly Json[]): Json[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** Finds the alternative that a case belongs to: what it lacks of the nearest one, or that there is none. */
function inAlternatives(look: Look, keyword: 'anyOf' | 'oneOf'): Findings {
  const { schema, pointer, one, inclusion, around } = look;
  const alternatives = listOf(schema[keyword]).map(
    (part, index): Part => ({ schema: part, pointer: joinPointer(pointer, keyword, index) }),
  );
  const near = alternatives.filter((part) => !areApart(look, part));
  const meant = near.length > 0 ? near : alternatives.filter((part) => isNamesake(look, part));
  const found = meant.map((part) => ({ part, ...inclusion.judgeCase(one, part, around) }));
  const holding = found.find(({ shortfalls }) => shortfalls.length === 0);
  const isLeftOut = (chosen: Part) => keyword === 'anyOf' || near.every((part) => part === chosen);
  if (holding !== undefined && isLeftOut(holding.part)) return holding;
  const [nearest, ...others] = found.toSorted(
    (first, second) => first.shortfalls.length - second.shortfalls.length,
  );
  if (holding === undefined && nearest !== undefined && others.length === 0) return nearest;
  const samples = (current: Json | undefined) => [
    ...samplesOf(inclusion.given).of(one),
    ...sharedBy(look, near, current),
  ];
  const subject = holding === undefined ? 'alternative' : 'overlap';
  const alternative = shortfallOf(look, subject, samples, { keywords: [keyword] });
  const inner = holding === undefined ? (nearest?.shortfalls ?? []) : [];
  return {
    shortfalls: [
      {
        ...alternative,
        given: { pointer: one.parts.at(-1)?.pointer ?? '', says: undefined },
        attempts: (current) => [
          ...alternative.attempts(current),
          ...inner
            .filter(({ steps }) => steps.length === 0)
            .flatMap(({ attempts }) => [...attempts(current)]),
        ],
      },
      // What shows that it belongs to none of several may stand deeper.
      ...inner.filter(({ steps }) => steps.length > 0),
    ],
    strangers: [],
  };
}

/** How many pairs of alternatives are tried for values that both allow. */
const MAX_PAIRS = 10;

/** Makes values that fit two of some alternatives, of the document that demands: objects are put into such as are given. */
function sharedBy(
  { inclusion: { given, demanding }, one }: Look,
  alternatives: readonly Part[],
  current: Json | undefined,
): Json[] {
  const bases = [current, ...samplesOf(given).objects(one, 0)].filter(
    (base): base is JsonObject => base !== undefined && isObject(base),
  );
  return alternatives
    .flatMap((first, index) => alternatives.slice(index + 1).map((second) => [first, second]))
    .slice(0, MAX_PAIRS)
    .flatMap((pair) => demanding.casesOf(pair) ?? [])
    .flatMap((both) => samplesOf(demanding).of(both).slice(0, MAX_BASES))
    .flatMap((value): Json[] => [
      value,
      ...(isObject(value) ? bases.map((base) => ({ ...base, ...value })) : []),
    ]);
}

const COMPONENT = /^\/components\/schemas\/[^/]+$/;

/** Tells whether an alternative is the counterpart of a case, though it allows nothing of it: by name, or by constants. */
function isNamesake({ inclusion, one }: Look, part: Part): boolean {
  const { schema, pointer } = inclusion.demanding.resolve(part);
  if (COMPONENT.test(pointer) && one.parts.some((own) => own.pointer === pointer)) {
    return true;
  }
  const constants = isObject(schema) ? constantsOf(inclusion.demanding.shapeOf(schema)) : [];
  return constants.length > 0 && constants.join() === constantsOf(one.shape).join();
}

/** Tells whether no value of a case satisfies a schema: one that it contradicts, or that requires what is not sent. */
function areApart(look: Look, part: Part): boolean {
  const { one } = look;
  const { demanding } = look.inclusion;
  const { schema } = demanding.resolve(part);
  if (!isObject(schema)) return schema === false;
  const shapes = demanding.casesOf([part])?.map(({ shape }) => shape) ?? [
    demanding.shapeOf(schema),
  ];
  const isObjects = one.shape.types?.size === 1 && one.shape.types.has('object');
  return shapes.every(
    (shape) =>
      contradict(one.shape, shape) ||
      (isObjects && [...shape.required].some((name) => cannotHave(look, name))),
  );
}

function holdsAlready({ one, inclusion, schema }: Look, ...keywords: readonly string[]): boolean {
  const stated = keywords.filter((keyword) => Object.hasOwn(schema, keyword));
  return one.parts.some((part) =>
    stated.every((keyword) => inclusion.same.haveSame(keyword, part.schema, schema)),
  );
}

function notDemand(look: Look): Findings {
  const { schema, pointer } = look;
  const { not } = schema;
  if (not === undefined || not === false || holdsAlready(look, 'not')) return nothing;
  if (areApart(look, { schema: not, pointer: `${pointer}/not` })) return nothing;
  return intricate(look, 'not', ['not']);
}

/** `if`, `then`, `else`: the branch that applies must hold, or both where that is not known. */
function conditionDemand(look: Look): Findings {
  const { schema, pointer, one, inclusion, around } = look;
  if (schema.if === undefined) return nothing;
  const keywords = ['if', 'then', 'else'];
  const isSame = one.parts.some((part) =>
    keywords.every(
      (keyword) =>
        inclusion.same.haveSame(keyword, part.schema, schema) ||
        (part.schema[keyword] === undefined && schema[keyword] === undefined),
    ),
  );
  if (isSame) return nothing;
  const lacking = (keyword: 'if' | 'then' | 'else'): readonly Shortfall[] => {
    const part: Json | undefined = schema[keyword];
    if (part === undefined) return [];
    const demand = { schema: part, pointer: `${pointer}/${keyword}` };
    return inclusion.judgeCase(one, demand, around).shortfalls;
  };
  const isNever = areApart(look, { schema: schema.if, pointer: `${pointer}/if` });
  const [then, otherwise] = [isNever ? [] : lacking('then'), lacking('else')];
  if (then.length === 0 && otherwise.length === 0) return nothing;
  if (then.length === 0 && !isNever && lacking('if').length === 0) return nothing;
  return intricate(look, 'if', keywords, [...then, ...otherwise]);
}

/** What is found out by trying only; of a condition, what its branches ask for is tried where it holds, and elsewhere. */
function intricate(
  look: Look,
  subject: Subject,
  keywords: readonly string[],
  lacking: readonly Shortfall[] = [],
): Findings {
  const { inclusion, one, schema } = look;
  const made = () => [
    ...samplesOf(inclusion.given).of(one),
    ...[1, 2, 3, 4, 8].flatMap((size) => samplesOf(inclusion.given).objects(one, size)),
  ];
  const named = () => keywords.flatMap((keyword) => namedIn(look, schema[keyword]));
  const samples = (current: Json | undefined) => {
    const bases = [...(current === undefined ? [] : [current]), ...made()].slice(0, MAX_BASES);
    const met = named().flatMap((value) =>
      isObject(value) ? bases.filter(isObject).map((base) => ({ ...base, ...value })) : [],
    );
    return [
      ...named(),
      ...made(),
      ...[...met, ...bases].flatMap((base) =>
        lacking.flatMap((shortfall) => valuesOf(shortfall, base, inclusion)),
      ),
      ...met,
    ];
  };
  return { shortfalls: [shortfallOf(look, subject, samples, { keywords })], strangers: [] };
}

/** On how many values changes are tried. */
const MAX_BASES = 6;

/** Makes values of a schema of the document that demands. */
function namedIn({ inclusion, pointer }: Look, schema: Json | undefined): Json[] {
  if (schema === undefined) return [];
  const cases = inclusion.demanding.casesOf([{ schema, pointer }]) ?? [];
  return cases.flatMap((one) => samplesOf(inclusion.demanding).of(one));
}
