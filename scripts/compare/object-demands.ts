import { literal } from '../contract/date-patterns.js';
import { type Case, memberOf, nameBounds, objectSizes, type Part } from '../contract/guarantee.js';
import { Language } from '../contract/language.js';
import { namesByPattern, samplesOf } from '../contract/samples.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Json, JsonObject } from '../spec/model.js';
import { entriesOf, isObject, listOf } from '../spec/positions.js';
import { type Look, shortfallOf } from './inclusion.js';
import { isDescribed, isKnown, type KnownMembers } from './known-members.js';
import { anything } from './list-demands.js';
import { below, type Findings, joined, nothing, type Shortfall } from './shortfall.js';
import { valuesOf } from './witness-values.js';

/** Finds what a schema demands of objects, and a case does not guarantee. */
export function objectDemands(look: Look): Findings {
  const { inclusion, one } = look;
  if (!inclusion.typesOf(one).has('object')) return nothing;
  const shortfalls = [
    ...requiredDemands(look),
    ...sizeDemands(look),
    ...nameDemand(look),
    ...dependencyDemands(look),
  ];
  return joined([
    { shortfalls, strangers: [] },
    ...memberDemands(look),
    ...patternDemands(look),
    ...otherDemands(look),
    ...unevaluatedDemands(look),
  ]);
}

/** Lists objects of a case: of the smallest, and such as have a little more. */
function objectsOf({ inclusion, one }: Pick<Look, 'inclusion' | 'one'>): JsonObject[] {
  const samples = samplesOf(inclusion.given);
  const made = [0, 1, 2].flatMap((size) => samples.objects(one, size)).filter(isObject);
  return made.length > 0 ? made : [{}];
}

function requiredDemands(look: Look): Shortfall[] {
  const { schema, one } = look;
  const names = Array.isArray(schema.required) ? schema.required.map(String) : [];
  return names
    .filter((name) => !one.shape.required.has(name))
    .map((name) => {
      const without = (current: Json | undefined) =>
        [...(isObject(current) ? [current] : []), ...objectsOf(look)].map((object) =>
          Object.fromEntries(Object.entries(object).filter(([own]) => own !== name)),
        );
      return shortfallOf(look, 'required', without, { name });
    });
}

function sizeDemands(look: Look): Shortfall[] {
  const { schema, one, inclusion, around } = look;
  const { minProperties, maxProperties } = schema;
  const sizes = objectSizes(one);
  const samples = samplesOf(inclusion.given);
  const found: Shortfall[] = [];
  if (typeof minProperties === 'number' && sizes.min < minProperties) {
    const fewer = () => [...samples.objects(one, minProperties - 1), ...objectsOf(look)];
    found.push(shortfallOf(look, 'minProperties', fewer));
  }
  const known = isOpen(look) ? Number.POSITIVE_INFINITY : around.given.named.size;
  const hasPatterns = around.given.patterns.length > 0;
  const most = hasPatterns ? sizes.max : Math.min(sizes.max, known);
  if (typeof maxProperties === 'number' && most > maxProperties) {
    const more = () =>
      [maxProperties + 1, maxProperties + 2].flatMap((size) => samples.objects(one, size));
    found.push(shortfallOf(look, 'maxProperties', more));
  }
  return found;
}

/** `propertyNames`. */
function nameDemand(look: Look): Shortfall[] {
  const { schema, pointer, one, inclusion, around } = look;
  const { propertyNames } = schema;
  if (propertyNames === undefined || propertyNames === true) return [];
  if (one.parts.some((part) => inclusion.same.haveSame('propertyNames', part.schema, schema))) {
    return [];
  }
  const demand = { schema: propertyNames, pointer: `${pointer}/propertyNames` };
  const known = [...around.given.named.keys()].filter((name) => inclusion.refuses(demand, name));
  if (!isOpen(look) && known.length === 0 && around.given.patterns.length === 0) return [];
  const strange = ['newMember', 'new-member', 'NEW', '0', '', 'é', 'a'.repeat(100)].filter((name) =>
    inclusion.refuses(demand, name),
  );
  const withName = () => [...known, ...strange].flatMap((name) => objectsWith(look, name));
  return [shortfallOf(look, 'propertyNames', withName)];
}

/** Lists objects of a case with a member of some name. */
function objectsWith(look: Look, name: string): JsonObject[] {
  const values = memberValues(look, name);
  return objectsOf(look).flatMap((object) => values.map((value) => ({ ...object, [name]: value })));
}

/** Makes values that a case allows of a member. */
function memberValues({ inclusion, one }: Look, name: string): Json[] {
  const { parts } = memberOf(one, name);
  const cases = inclusion.given.casesOf(parts.length > 0 ? parts : [anything(one.parts[0])]) ?? [];
  return cases.flatMap((inner) => samplesOf(inclusion.given).of(inner).slice(0, 3)).slice(0, 6);
}

function dependencyDemands(look: Look): Shortfall[] {
  const { schema, pointer, one, inclusion, around } = look;
  return entriesOf(schema.dependencies).flatMap(([name, brought]) => {
    const isSame = one.parts.some(({ schema: { dependencies } }) => {
      const own = isObject(dependencies) ? dependencies[name] : undefined;
      if (own === undefined) return false;
      return inclusion.same.haveSame(
        'dependencies',
        { dependencies: { [name]: own } },
        { dependencies: { [name]: brought } },
      );
    });
    if (isSame || cannotHave(look, name)) return [];
    const demand: Part = {
      schema: Array.isArray(brought) ? { required: brought } : brought,
      pointer: joinPointer(pointer, 'dependencies', name),
    };
    if (inclusion.judgeCase(one, demand, around).shortfalls.length === 0) return [];
    const withName = () => objectsWith(look, name);
    return [shortfallOf(look, 'dependencies', withName, { name })];
  });
}

/** `unevaluatedProperties`: members that the schema describes in any case, by itself or by `allOf`, are allowed. */
function unevaluatedDemands(look: Look): Findings[] {
  const { schema, pointer, one, inclusion, around } = look;
  const { unevaluatedProperties } = schema;
  if (unevaluatedProperties === undefined || unevaluatedProperties === true) return [];
  const { names, patterns, isAll } = alwaysEvaluated(inclusion, { schema, pointer });
  if (isAll) return [];
  const demand = { schema: unevaluatedProperties, pointer: `${pointer}/${UNEVALUATED}` };
  const isLeftOver = (name: string) =>
    !names.has(name) && !patterns.some((pattern) => new RegExp(pattern, 'u').test(name));
  const members = [...around.given.named.keys()]
    .filter(isLeftOver)
    .map((name) => memberDemand(look, name, demand));
  const own = one.parts.flatMap(({ schema: { patternProperties }, pointer: at }) =>
    entriesOf(patternProperties)
      .filter(([pattern]) => !patterns.includes(pattern))
      .map(([pattern, member]) => ({
        name: exampleOf(pattern),
        part: { schema: member, pointer: joinPointer(at, 'patternProperties', pattern) },
      })),
  );
  return [
    ...members,
    ...own.flatMap(({ name, part }) => membersOf(look, name, [part], demand)),
    ...(isOpen(look) ? membersOf(look, freshName(look), othersOf(one), demand) : []),
  ];
}

const UNEVALUATED = 'unevaluatedProperties';

/** Returns the members that a schema evaluates of every object that it allows. */
function alwaysEvaluated(
  inclusion: Look['inclusion'],
  part: Part,
  seen = new Set<Json>(),
): { names: Set<string>; patterns: string[]; isAll: boolean } {
  const { schema, pointer } = inclusion.demanding.resolve(part);
  if (!isObject(schema) || seen.has(schema))
    return { names: new Set(), patterns: [], isAll: false };
  seen.add(schema);
  const inner = listOf(schema.allOf).map((one, index) =>
    alwaysEvaluated(
      inclusion,
      { schema: one, pointer: joinPointer(pointer, 'allOf', index) },
      seen,
    ),
  );
  return {
    names: new Set([
      ...entriesOf(schema.properties).map(([name]) => name),
      ...inner.flatMap(({ names }) => [...names]),
    ]),
    patterns: [
      ...entriesOf(schema.patternProperties).map(([pattern]) => pattern),
      ...inner.flatMap(({ patterns }) => patterns),
    ],
    isAll: schema.additionalProperties !== undefined || inner.some(({ isAll }) => isAll),
  };
}

/** Tells whether a case's objects never have a member that somebody might send. */
function cannotHave(look: Look, name: string): boolean {
  const { one, around } = look;
  const { given, demanded } = around;
  const isSent = isKnown(given, name) || (isOpen(look) && !isDescribed(demanded, name));
  return !isSent || memberOf(one, name).parts.some(({ schema }) => schema === false);
}

/** Holds the members that either document names against what is demanded of them. */
function memberDemands(look: Look): Findings[] {
  const { schema, pointer, one, around } = look;
  const properties = isObject(schema.properties) ? schema.properties : {};
  const demanded = Object.entries(properties).map(([name, member]) =>
    memberDemand(look, name, { schema: member, pointer: joinPointer(pointer, 'properties', name) }),
  );
  const { additionalProperties } = schema;
  if (additionalProperties === undefined || additionalProperties === true) return demanded;
  const demand = { schema: additionalProperties, pointer: `${pointer}/additionalProperties` };
  const others = [...around.given.named.keys()].filter(
    (name) => !Object.hasOwn(properties, name) && !matches(schema, name),
  );
  const isPossible = (name: string) =>
    !memberOf(one, name).parts.some((part) => part.schema === false);
  return [
    ...demanded,
    ...others.filter(isPossible).map((name) => memberDemand(look, name, demand)),
  ];
}

/**
 * `patternProperties`: of the members that the document names whose values are given, of those of its patterns, and, where
 * it knows every name, of any others.
 */
function patternDemands(look: Look): Findings[] {
  const { schema, pointer, one, inclusion, around } = look;
  const { named, patterns: given, isFree } = around.given;
  return entriesOf(schema.patternProperties).flatMap(([pattern, member]) => {
    const demand = { schema: member, pointer: joinPointer(pointer, 'patternProperties', pattern) };
    const matching = new RegExp(pattern, 'u');
    const found = [...named.keys()]
      .filter((name) => matching.test(name))
      .map((name) => memberDemand(look, name, demand));
    for (const { schema: own, pointer: at } of one.parts) {
      for (const [other, value] of entriesOf(own.patternProperties)) {
        const part = { schema: value, pointer: joinPointer(at, 'patternProperties', other) };
        const { name, isNone } = nameWithin([pattern, other], [], named);
        if (isNone || inclusion.same.are(value, member)) continue;
        found.push(
          ...(other === pattern && name !== undefined
            ? [below({ one, key: name }, inclusion.judge([part], demand))]
            : membersOf(look, name, [part], demand, 'patternProperties')),
        );
      }
    }
    if (!isOpen(look)) return found;
    const own = one.parts.flatMap((part) =>
      entriesOf(part.schema.patternProperties).map(([name]) => name),
    );
    // Names that the document describes in another case have any value in this one.
    const others = isFree ? [[pattern]] : given.map((other) => [pattern, other]);
    for (const within of others) {
      const { name, isNone } = nameWithin(within, own, named);
      if (!isNone) {
        found.push(...membersOf(look, name, othersOf(one), demand, 'patternProperties'));
      }
    }
    return found;
  });
}

/** Finds a name that some patterns match, and others do not, beside those that are named: there may be none. */
function nameWithin(
  within: readonly string[],
  without: readonly string[],
  named: ReadonlyMap<string, string>,
): { readonly name: string | undefined; readonly isNone: boolean } {
  const texts = [...named.keys()].map((name) => `^${literal(name)}$`);
  const excluded = [...without, ...texts].map((source) => `(?:${source})`).join('|') || '[]';
  const languages = within.flatMap((source) => Language.of(source) ?? []);
  const outside = Language.of(excluded);
  if (languages.length < within.length || outside === undefined) {
    return { name: undefined, isNone: false };
  }
  const names = Language.intersection(languages)?.beyond(outside, 1);
  return { name: names?.[0], isNone: names?.length === 0 };
}

/** Returns a name that a pattern matches. */
function exampleOf(pattern: string): string | undefined {
  const none = Language.of('[]');
  return none && Language.of(pattern)?.beyond(none, 1)?.[0];
}

/** Holds a member's values against what is demanded of them. */
function memberDemand(look: Look, name: string, demand: Part): Findings {
  const { one, inclusion, around } = look;
  if (cannotHave(look, name)) return nothing;
  const { parts } = memberOf(one, name);
  const given = parts.length > 0 ? parts : [anything(one.parts[0])];
  const found = below({ one, key: name }, inclusion.judge(given, demand));
  if (isNamedByBoth(around.given, around.demanded, name) || found.shortfalls.length === 0) {
    return found;
  }
  // The member itself is what differs, not what stands in it.
  const whole = shortfallOf(
    look,
    'property',
    (current) => found.shortfalls.flatMap((shortfall) => valuesOf(shortfall, current, inclusion)),
    { name, keywords: ['additionalProperties'] },
  );
  return { shortfalls: [whole], strangers: [] };
}

function isNamedByBoth(given: KnownMembers, demanded: KnownMembers, name: string): boolean {
  return given.named.has(name) && demanded.named.has(name);
}

/** Holds members of names that neither document describes against what is demanded of all others. */
function otherDemands(look: Look): Findings[] {
  const { schema, pointer, one } = look;
  const { additionalProperties } = schema;
  const found = foreignPatterns(look);
  if (additionalProperties === undefined || additionalProperties === true || !isOpen(look)) {
    return found;
  }
  const demand = { schema: additionalProperties, pointer: `${pointer}/additionalProperties` };
  return [...found, ...membersOf(look, freshName(look), othersOf(one), demand)];
}

/** Returns what a case says of members that none of its schemas names. */
function othersOf({ parts }: Case): Part[] {
  const others = parts.flatMap(({ schema, pointer }): Part[] =>
    schema.additionalProperties === undefined
      ? []
      : [{ schema: schema.additionalProperties, pointer: `${pointer}/additionalProperties` }],
  );
  return others.length > 0 ? others : [anything(parts[0])];
}

/** Holds members of any name against what is demanded of them: what differs is said of the object that holds them. */
function membersOf(
  look: Look,
  name: string | undefined,
  parts: readonly Part[],
  demand: Part,
  keyword = 'additionalProperties',
): Findings[] {
  const { one, inclusion } = look;
  const { shortfalls } = inclusion.judge(parts, demand);
  if (shortfalls.length === 0) return [];
  const withMember = () =>
    name === undefined
      ? []
      : shortfalls.flatMap((shortfall) =>
          valuesOf(
            { ...shortfall, steps: [{ one, key: name }, ...shortfall.steps] },
            undefined,
            inclusion,
          ),
        );
  const whole = shortfallOf(look, 'additionalProperties', withMember, {
    keywords: ['additionalProperties', keyword],
  });
  return [{ shortfalls: [whole], strangers: [] }];
}

/** `patternProperties` of the document that gives, where the other one demands something of members of any name. */
function foreignPatterns(look: Look): Findings[] {
  const { schema, pointer, one } = look;
  const { additionalProperties, patternProperties } = schema;
  if (additionalProperties === undefined || additionalProperties === true) return [];
  const demand = { schema: additionalProperties, pointer: `${pointer}/additionalProperties` };
  const known = new Map(entriesOf(schema.properties).map(([name]) => [name, '']));
  const patterns = entriesOf(patternProperties).map(([pattern]) => pattern);
  return one.parts.flatMap(({ schema: own, pointer: at }) =>
    entriesOf(own.patternProperties).flatMap(([pattern, member]): Findings[] => {
      const { name, isNone } = nameWithin([pattern], patterns, known);
      if (isNone) return [];
      const part = { schema: member, pointer: joinPointer(at, 'patternProperties', pattern) };
      return membersOf(look, name, [part], demand);
    }),
  );
}

/** Tells whether objects of a case can have members of names that no schema of the case describes. */
function isOpen({ one: { parts }, around: { given } }: Pick<Look, 'one' | 'around'>): boolean {
  if (parts.some(({ schema }) => schema.additionalProperties === false)) return false;
  if (parts.every(({ schema }) => schema.unevaluatedProperties !== false)) return true;
  // Where others are described, by whatever holds besides, nothing is left over.
  return given.isFree || given.patterns.length > 0;
}

function matches(schema: JsonObject, name: string): boolean {
  return entriesOf(schema.patternProperties).some(([pattern]) =>
    new RegExp(pattern, 'u').test(name),
  );
}

/** Returns a name that neither document describes, and the names of a case's members can have. */
function freshName({ inclusion, one, around: { given, demanded } }: Look): string {
  const isTaken = (name: string) =>
    [given, demanded].some(
      ({ named, patterns }) =>
        named.has(name) || patterns.some((pattern) => new RegExp(pattern, 'u').test(name)),
    );
  const isName = (name: string) =>
    nameBounds(one).every((bound) => inclusion.given.allows(bound, name));
  const names = ['newMember', 'anotherMember', ...namesByPattern(one, 10)];
  return names.find((name) => !isTaken(name) && isName(name)) ?? 'newMember';
}
