import { type Case, memberOf, nameBounds, objectSizes, type Part } from '../contract/guarantee.js';
import { Language } from '../contract/language.js';
import { namesByPattern, samplesOf } from '../contract/samples.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Json, JsonObject } from '../spec/model.js';
import { entriesOf, isObject } from '../spec/positions.js';
import { type Look, shortfallOf } from './inclusion.js';
import { isKnown, type KnownMembers } from './known-members.js';
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
    ...unevaluatedDemand(look),
  ];
  return joined([
    { shortfalls, strangers: [] },
    ...memberDemands(look),
    ...patternDemands(look),
    ...otherDemands(look),
  ]);
}

/** Lists objects of a case: of the smallest, and such as have a little more. */
export function objectsOf({ inclusion, one }: Pick<Look, 'inclusion' | 'one'>): JsonObject[] {
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
  const known = isOpen(one) ? Number.POSITIVE_INFINITY : around.given.named.size;
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
  if (!isOpen(one) && known.length === 0 && around.given.patterns.length === 0) return [];
  const strange = ['newMember', 'new-member', 'NEW', '0', '', 'é', 'a'.repeat(100)].filter((name) =>
    inclusion.refuses(demand, name),
  );
  const withName = () =>
    [...known, ...strange].flatMap((name) =>
      objectsOf(look).flatMap((object) =>
        memberValues(look, name).map((value) => ({ ...object, [name]: value })),
      ),
    );
  return [shortfallOf(look, 'propertyNames', withName)];
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
    const withName = () =>
      objectsOf(look).flatMap((object) =>
        memberValues(look, name).map((value) => ({ ...object, [name]: value })),
      );
    return [shortfallOf(look, 'dependencies', withName, { name })];
  });
}

/** `unevaluatedProperties`: known to hold where the other says the same, which was looked at before. */
function unevaluatedDemand(look: Look): Shortfall[] {
  const { schema, one, inclusion } = look;
  const { unevaluatedProperties } = schema;
  if (unevaluatedProperties === undefined || unevaluatedProperties === true) return [];
  const withFresh = () => {
    const name = freshName(look);
    const samples = memberValues(look, name);
    return objectsOf(look).flatMap((object) => [
      ...samples.map((value) => ({ ...object, [name]: value })),
      ...samplesOf(inclusion.given).of(one),
    ]);
  };
  return [shortfallOf(look, 'additionalProperties', withFresh, { keywords: [UNEVALUATED] })];
}

const UNEVALUATED = 'unevaluatedProperties';

/** Tells whether a case's objects never have a member that somebody might send. */
function cannotHave({ one, around }: Look, name: string): boolean {
  return (
    !isKnown(around.given, name) || memberOf(one, name).parts.some(({ schema }) => schema === false)
  );
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

/** `patternProperties`: of the members that the document names whose values are given, and of its own patterns. */
function patternDemands(look: Look): Findings[] {
  const { schema, pointer, one, inclusion, around } = look;
  return entriesOf(schema.patternProperties).flatMap(([pattern, member]) => {
    const demand = { schema: member, pointer: joinPointer(pointer, 'patternProperties', pattern) };
    const matching = new RegExp(pattern, 'u');
    const named = [...around.given.named.keys()].filter((name) => matching.test(name));
    const found = named.map((name) => memberDemand(look, name, demand));
    const own = one.parts.flatMap(({ schema: { patternProperties } }) =>
      isObject(patternProperties) ? (patternProperties[pattern] ?? []) : [],
    );
    if (own.some((part) => inclusion.same.are(part, member))) return found;
    const isGiven = around.given.isFree || around.given.patterns.length > 0;
    if (!isGiven) return found;
    const name = exampleOf(pattern);
    if (name === undefined) return [...found, inUnjudged(look, 'patternProperties')];
    // Where both describe members of these names, what stands in them may differ; else they do themselves.
    return own.length > 0
      ? [...found, below({ one, key: name }, inclusion.judge(memberOf(one, name).parts, demand))]
      : [...found, memberDemand(look, name, demand)];
  });
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
  if (additionalProperties === undefined || additionalProperties === true || !isOpen(one)) {
    return found;
  }
  const others = one.parts.flatMap(({ schema: own, pointer: at }): Part[] =>
    own.additionalProperties === undefined
      ? []
      : [{ schema: own.additionalProperties, pointer: `${at}/additionalProperties` }],
  );
  const parts = others.length > 0 ? others : [anything(one.parts[0])];
  const demand = { schema: additionalProperties, pointer: `${pointer}/additionalProperties` };
  return [...found, ...membersOf(look, freshName(look), parts, demand)];
}

/** Holds members of any name against what is demanded of them: what differs is said of the object that holds them. */
function membersOf(
  look: Look,
  name: string | undefined,
  parts: readonly Part[],
  demand: Part,
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
  const whole = shortfallOf(look, 'additionalProperties', withMember);
  return [{ shortfalls: [whole], strangers: [] }];
}

/** `patternProperties` of the document that gives, where the other one demands something of members of any name. */
function foreignPatterns(look: Look): Findings[] {
  const { schema, pointer, one } = look;
  const { additionalProperties, patternProperties } = schema;
  if (additionalProperties === undefined || additionalProperties === true) return [];
  const demand = { schema: additionalProperties, pointer: `${pointer}/additionalProperties` };
  return one.parts.flatMap(({ schema: own, pointer: at }) =>
    entriesOf(own.patternProperties).flatMap(([pattern, member]): Findings[] => {
      if (isObject(patternProperties) && Object.hasOwn(patternProperties, pattern)) return [];
      const part = { schema: member, pointer: joinPointer(at, 'patternProperties', pattern) };
      return membersOf(look, exampleOf(pattern), [part], demand);
    }),
  );
}

function inUnjudged(look: Look, keyword: string): Findings {
  const shortfall = shortfallOf(look, 'unjudged', () => objectsOf(look), { keywords: [keyword] });
  return { shortfalls: [shortfall], strangers: [] };
}

/** Tells whether objects of a case can have members of any name. */
function isOpen({ parts }: Case): boolean {
  return parts.every(
    ({ schema }) => schema.additionalProperties !== false && schema.unevaluatedProperties !== false,
  );
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
