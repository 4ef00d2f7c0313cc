import { type Guarantee, memberOf, type Part } from '../contract/guarantee.js';
import { samplesOf } from '../contract/samples.js';
import { textType } from '../judge/header-names.js';
import { validationKeywords } from '../judge/schema-copy.js';
import type { JsonObject } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import type { SchemaComparison, Way } from './compare-schemas.js';
import type { Inclusion } from './inclusion/inclusion.js';
import type { Shortfall } from './inclusion/shortfall.js';
import type { RuledDifference } from './schema-rules.js';

/**
 * Lists what is different between two schemas of headers. What a header holds is text, which a document reads as a value
 * of the type that it states: where two state another, their texts are compared.
 */
export function headersDifferences(
  schemas: SchemaComparison,
  old: Part,
  now: Part,
): RuledDifference[] {
  const found = schemas
    .differences(old, now)
    .map((one) => withoutSameTexts(schemas, [old, now], one));
  const isSaid = (name: string, way: Way) =>
    found.some(({ path, [way]: shortfalls }) => path[0] === name && shortfalls.length > 0);
  const narrowing = textDemands(schemas.narrowing, old, now);
  const widening = textDemands(schemas.widening, now, old);
  const names = new Set([...narrowing.keys(), ...widening.keys()]);
  const unsaid = [...names].map((name): RuledDifference => {
    const of = (way: Way, all: ReadonlyMap<string, Shortfall>) =>
      isSaid(name, way) ? [] : [all.get(name) ?? []].flat();
    return {
      ...{ subject: 'type', name: undefined, path: [name], member: undefined },
      ...{ old: { pointer: old.pointer, says: undefined } },
      ...{ now: { pointer: now.pointer, says: undefined } },
      rule: 'type.changed',
      words: {
        old: typesIn(schemas.narrowing.given, old).get(name) ?? '',
        now: typesIn(schemas.narrowing.demanding, now).get(name) ?? '',
      },
      narrowing: of('narrowing', narrowing),
      widening: of('widening', widening),
    };
  });
  return [...found, ...unsaid.filter((one) => one.narrowing.length + one.widening.length > 0)];
}

/** Tells whether all headers that a document allows are shown to be taken by another one. */
export function areHeadersTaken(by: Inclusion, headers: Part, demanded: Part): boolean {
  return (
    by.judge([headers], demanded).shortfalls.length === 0 &&
    textDemands(by, headers, demanded).size === 0
  );
}

/** Leaves out what differs in the type of a header only, where every text that one type has the other one has too. */
function withoutSameTexts(
  { narrowing, widening }: SchemaComparison,
  [old, now]: readonly [Part, Part],
  difference: RuledDifference,
): RuledDifference {
  const [name, ...rest] = difference.path;
  if (difference.subject !== 'type' || typeof name !== 'string' || rest.length > 0) {
    return difference;
  }
  return {
    ...difference,
    ...(areTextsTaken(old, now, name, narrowing) ? { narrowing: [] } : {}),
    ...(areTextsTaken(now, old, name, widening) ? { widening: [] } : {}),
  };
}

/** Finds the headers that are read as other types, and whose texts are not shown to be taken. */
function textDemands(by: Inclusion, headers: Part, demanded: Part): Map<string, Shortfall> {
  const [own, others] = [typesIn(by.given, headers), typesIn(by.demanding, demanded)];
  const [one] = by.given.casesOf([headers]) ?? [];
  const found = new Map<string, Shortfall>();
  for (const [name, type] of own) {
    const other = others.get(name);
    if (one === undefined || other === undefined || other === type) continue;
    if (areTextsTaken(headers, demanded, name, by)) continue;
    const cases = () => by.given.casesOf(memberOf(one, name).parts) ?? [];
    found.set(name, {
      subject: 'type',
      steps: [{ one, key: name }],
      given: { pointer: headers.pointer, says: undefined },
      demanded: { pointer: demanded.pointer, says: undefined },
      attempts: () => cases().flatMap((inner) => samplesOf(by.given).of(inner)),
    });
  }
  return found;
}

/** Returns as which type each header is read. */
function typesIn(guarantee: Guarantee, headers: Part): Map<string, string> {
  const { schema } = guarantee.resolve(headers);
  if (!isObject(schema)) return new Map();
  const { members } = guarantee.shapeOf(schema);
  return new Map([...members].map(([name, shape]) => [name, textType(shape)]));
}

/** The texts that are read as numbers, those of them that always are integers, and those that are read as booleans. */
const NUMBERS: JsonObject = { type: 'string', pattern: '^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$' };
const INTEGERS: JsonObject = { type: 'string', pattern: '^-?(0|[1-9][0-9]*)$' };
const BOOLEANS: JsonObject = { type: 'string', enum: ['true', 'false'] };

/** Tells whether a document takes every text of a header that another takes, though they read it as other types. */
function areTextsTaken(headers: Part, demanded: Part, name: string, by: Inclusion): boolean {
  const given = headerOf(by.given, headers, name);
  const demand = headerOf(by.demanding, demanded, name);
  const taken = demand && textsTakenBy(by.demanding, demand.schema);
  if (given === undefined || demand === undefined || taken === undefined) return false;
  const texts = { schema: textsOf(by.given, given.schema), pointer: given.pointer };
  return by.judge([texts], { schema: taken, pointer: demand.pointer }).shortfalls.length === 0;
}

interface HeaderPart extends Part {
  readonly schema: JsonObject;
}

/** Returns the schema of a header, where the schema of all headers names it and says nothing else of them. */
function headerOf(guarantee: Guarantee, headers: Part, name: string): HeaderPart | undefined {
  const { schema, pointer } = guarantee.resolve(headers);
  if (!isObject(schema)) return undefined;
  const { type: _, properties, required, ...others } = schema;
  if (Object.keys(others).some((keyword) => validationKeywords.has(keyword))) return undefined;
  const member = isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : false;
  const { schema: header } = guarantee.resolve({ schema: member ?? false, pointer });
  return isObject(header) ? { schema: header, pointer } : undefined;
}

/** Returns a schema of texts that a header may have, and perhaps of more. */
function textsOf(guarantee: Guarantee, schema: JsonObject): JsonObject {
  const type = textType(guarantee.shapeOf(schema));
  if (type === 'string') return { type: 'string', allOf: [schema] };
  return type === 'number' ? NUMBERS : BOOLEANS;
}

/** Returns a schema of texts that a header may have, and perhaps not of all; undefined where it is not as simple as that. */
function textsTakenBy(guarantee: Guarantee, schema: JsonObject): JsonObject | undefined {
  if (textType(guarantee.shapeOf(schema)) === 'string') return schema;
  const isPlain = Object.keys(schema).every(
    (keyword) => keyword === 'type' || !validationKeywords.has(keyword),
  );
  if (!isPlain) return undefined;
  if (schema.type === 'boolean') return BOOLEANS;
  if (schema.type === 'number') return NUMBERS;
  return schema.type === 'integer' ? INTEGERS : undefined;
}
