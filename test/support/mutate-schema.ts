import type { Any } from './pact-matching.js';
import type { Random } from './random.js';
import { type RandomSchema, randomSchema } from './random-schemas.js';

/** Changes a schema in some places, as people do between two versions: mostly by a little. */
export function mutateSchema(schema: RandomSchema, edits: number, random: Random): RandomSchema {
  const copy: { payload: Any; schemas: Record<string, Any> } = structuredClone(schema);
  for (let left = edits; left > 0; left -= 1) {
    const places = [
      ...placesIn(copy, 'payload'),
      ...Object.keys(copy.schemas).flatMap((name) => placesIn(copy.schemas, name)),
    ];
    const { holder, key } = random.pick(places);
    const made = edited(holder[key], random);
    // AsyncAPI takes no plain boolean for a payload.
    holder[key] = typeof made === 'boolean' ? {} : made;
  }
  return copy;
}

interface Place {
  readonly holder: Any;
  readonly key: string | number;
}

/** Lists the places of schemas at and below one. */
function placesIn(holder: Any, key: string | number): Place[] {
  const schema = holder[key];
  if (typeof schema !== 'object' || schema === null) return [{ holder, key }];
  const maps = ['properties', 'patternProperties'].flatMap((keyword) =>
    Object.keys(schema[keyword] ?? {}).flatMap((name) => placesIn(schema[keyword], name)),
  );
  const lists = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) =>
    Object.keys(schema[keyword] ?? []).flatMap((index) => placesIn(schema[keyword], Number(index))),
  );
  const inner = ['items', 'additionalProperties', 'additionalItems', 'then', 'else'].flatMap(
    (keyword) => {
      const held = schema[keyword];
      if (held === undefined) return [];
      if (!Array.isArray(held)) return placesIn(schema, keyword);
      return held.flatMap((_: Any, index: number) => placesIn(held, index));
    },
  );
  return [{ holder, key }, ...maps, ...lists, ...inner];
}

/** Returns a schema, changed in one way that it allows. */
function edited(schema: Any, random: Random): Any {
  const other = () => {
    const { payload } = randomSchema(random);
    const members = Object.values<Any>(payload.properties ?? { a: { type: 'string' } });
    const [found] = members.filter((one) => !JSON.stringify(one).includes('$ref'));
    return found ?? { type: 'string' };
  };
  if (typeof schema !== 'object' || schema.$ref !== undefined)
    return random.below(2) === 0 ? other() : schema;
  const ways: (() => Any)[] = [];
  const names = Object.keys(schema.properties ?? {});
  if (names.length > 0) {
    const name = random.pick(names);
    const { [name]: _, ...others } = schema.properties;
    const required: string[] = schema.required ?? [];
    ways.push(
      () => ({ ...schema, properties: others, required: required.filter((one) => one !== name) }),
      () => ({ ...schema, properties: { ...schema.properties, extra: other() } }),
      () => ({
        ...schema,
        properties: { ...schema.properties, extra: other() },
        required: [...required, 'extra'],
      }),
      () => ({
        ...schema,
        required: required.includes(name)
          ? required.filter((one) => one !== name)
          : [...required, name],
      }),
      () => ({ ...schema, additionalProperties: random.pick([false, true, { type: 'string' }]) }),
      () => ({
        allOf: [
          { type: 'object', properties: schema.properties },
          { ...schema, properties: undefined },
        ].map((one) => JSON.parse(JSON.stringify(one))),
      }),
    );
  }
  for (const keyword of [
    'minimum',
    'maximum',
    'minLength',
    'maxLength',
    'minItems',
    'maxItems',
    'minProperties',
  ]) {
    if (schema[keyword] === undefined) continue;
    ways.push(
      () => ({ ...schema, [keyword]: Math.max(0, schema[keyword] + random.pick([-1, 1, 2])) }),
      () => without(schema, keyword),
    );
  }
  for (const keyword of [
    'pattern',
    'format',
    'multipleOf',
    'dependencies',
    'not',
    'if',
    'propertyNames',
    'anyOf',
    'items',
    'exclusiveMinimum',
  ]) {
    if (schema[keyword] !== undefined) ways.push(() => without(schema, keyword));
  }
  if (Array.isArray(schema.enum)) {
    ways.push(
      () => ({ ...schema, enum: [...new Set([...schema.enum, 'new'])] }),
      () => ({ ...schema, enum: schema.enum.slice(0, Math.max(1, schema.enum.length - 1)) }),
      () => without(schema, 'enum'),
    );
  }
  if (schema.const !== undefined)
    ways.push(
      () => ({ ...schema, const: 'other' }),
      () => ({ enum: [...new Set([schema.const, 'b'])] }),
    );
  for (const keyword of ['anyOf', 'oneOf']) {
    if (!Array.isArray(schema[keyword])) continue;
    ways.push(
      () => ({
        ...schema,
        [keyword]: schema[keyword].slice(0, Math.max(1, schema[keyword].length - 1)),
      }),
      () => ({ ...schema, [keyword]: schema[keyword].toReversed() }),
      () => ({ ...schema, [keyword]: [...schema[keyword], { type: 'boolean' }] }),
    );
  }
  const { type } = schema;
  if (typeof type === 'string') {
    ways.push(
      () => ({ ...schema, type: type === 'null' ? type : [type, 'null'] }),
      () => ({ anyOf: [schema, { type: 'null' }] }),
    );
    if (type === 'string')
      ways.push(
        () => ({ ...schema, maxLength: 5 }),
        () => ({ ...schema, pattern: '^[a-z]' }),
        () => ({ ...schema, format: 'date' }),
        () => ({ ...schema, enum: ['a', 'b'] }),
      );
    if (type === 'integer')
      ways.push(
        () => ({ ...schema, type: 'number' }),
        () => ({ ...schema, minimum: 1 }),
        () => ({ ...schema, multipleOf: 2 }),
      );
    if (type === 'number')
      ways.push(
        () => ({ ...schema, type: 'integer' }),
        () => ({ ...schema, maximum: 100 }),
      );
    if (type === 'array')
      ways.push(
        () => ({ ...schema, maxItems: 2 }),
        () => ({ ...schema, minItems: 1 }),
        () => ({ ...schema, uniqueItems: true }),
        // Beside a list of items, Ajv takes an empty list for one that contains something.
        () => (Array.isArray(schema.items) ? schema : { ...schema, contains: { type: 'string' } }),
      );
    if (type === 'object')
      ways.push(
        () => ({ ...schema, maxProperties: 3 }),
        () => ({ ...schema, minProperties: 2 }),
        () => ({ ...schema, not: { required: ['c'] } }),
        () => ({ ...schema, dependencies: { a: ['b'] } }),
      );
  }
  if (Array.isArray(type) && type.length > 1) ways.push(() => ({ ...schema, type: type[0] }));
  ways.push(other, () => ({ ...schema, description: 'The same.' }));
  return random.pick(ways)();
}

function without(schema: Any, keyword: string): Any {
  const { [keyword]: _, ...others } = schema;
  return others;
}
