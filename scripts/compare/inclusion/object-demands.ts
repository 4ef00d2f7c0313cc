import { memberOf, nameBounds, objectSizes, type Part } from '../../contract/guarantee.js';
import { samplesOf } from '../../contract/samples.js';
import { joinPointer } from '../../spec/json-pointer.js';
import type { Json, JsonObject } from '../../spec/model.js';
import { entriesOf, isObject } from '../../spec/positions.js';
import { type Look, shortfallOf } from './inclusion.js';
import { otherDemands, unevaluatedDemands } from './leftover-demands.js';
import { anything } from './list-demands.js';
import { memberDemands } from './member-demands.js';
import { patternDemands } from './pattern-demands.js';
import { cannotHave, isOpen } from './sent-members.js';
import { type Findings, joined, nothing, type Shortfall } from './shortfall.js';

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

/** `propertyNames`: of the members that the document names whose values are given, and of any others. */
function nameDemand(look: Look): Shortfall[] {
  const { schema, pointer, one, inclusion, around } = look;
  const { propertyNames } = schema;
  if (propertyNames === undefined || propertyNames === true) return [];
  if (one.parts.some((part) => inclusion.same.haveSame('propertyNames', part.schema, schema))) {
    return [];
  }
  const demand = { schema: propertyNames, pointer: `${pointer}/propertyNames` };
  const known = [...around.given.named.keys()].filter((name) => inclusion.refuses(demand, name));
  const { patterns } = around.given;
  const anyOf = patterns.map((pattern): JsonObject => ({ pattern }));
  const names: readonly Part[] = [
    { schema: NAME, pointer },
    ...nameBounds(one),
    ...(isOpen(look) ? [] : [{ schema: { anyOf }, pointer }]),
  ];
  const hasOthers = isOpen(look) || patterns.length > 0;
  const others = hasOthers ? inclusion.judge(names, demand).shortfalls : [];
  if (known.length + others.length === 0) return [];
  const withName = () =>
    [...known, ...others.flatMap(({ attempts }) => [...attempts(undefined)].map(String))].flatMap(
      (name) => objectsWith(look, name),
    );
  return [shortfallOf(look, 'propertyNames', withName)];
}

const NAME: JsonObject = { type: 'string' };

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

/** Lists objects of a case: of the smallest, and such as have a little more. */
function objectsOf({ inclusion, one }: Pick<Look, 'inclusion' | 'one'>): JsonObject[] {
  const samples = samplesOf(inclusion.given);
  const made = [0, 1, 2].flatMap((size) => samples.objects(one, size)).filter(isObject);
  return made.length > 0 ? made : [{}];
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
