import { registerSchema, unregisterSchema, validate } from '@hyperjump/json-schema/draft-07';
import '@hyperjump/json-schema/draft-2020-12';
import type { Json, JsonObject } from '../../scripts/spec/model.js';
import { isObject } from '../../scripts/spec/positions.js';
import { generateModule } from './generate-module.js';
import { type Random, randomFrom } from './random.js';
import { temporaryFolder } from './temporary-folder.js';
import { wildSchema, wildValue } from './wild-schemas.js';

const DIALECTS = {
  'draft-07': 'http://json-schema.org/draft-07/schema#',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
} as const;

export type Dialect = keyof typeof DIALECTS;

/** What came of judging random payloads by random schemas. */
export interface Agreement {
  readonly accepted: number;
  readonly rejected: number;
  /** The first few payloads that got other verdicts, with their schemas. */
  readonly differences: readonly string[];
}

/**
 * Judges random payloads by random schemas, with the guards that are generated of them and with an implementation of
 * JSON Schema that shares no code with Ajv: https://github.com/hyperjump-io/json-schema
 */
export async function compareWithHyperjump(
  dialect: Dialect,
  { schemas, payloads, seed }: { schemas: number; payloads: number; seed: number },
): Promise<Agreement> {
  const random = randomFrom(seed);
  const found = { accepted: 0, rejected: 0, differences: [] as string[] };
  for (let round = 0; round < schemas; round += 1) {
    const schema = randomRoot(dialect, random, `https://example.com/${dialect}/${seed}/${round}`);
    const guard = await generatedGuard(schema, dialect);
    const other = await hyperjumpOf(schema);
    for (let count = 0; count < payloads; count += 1) {
      const payload = { value: wildValue(random) };
      const [ours, theirs] = [guard(payload), other(payload)];
      if (theirs) found.accepted += 1;
      else found.rejected += 1;
      if (ours === theirs || found.differences.length > 4) continue;
      found.differences.push(JSON.stringify({ ours, theirs, payload, schema }));
    }
    unregisterSchema(String(schema.$id));
  }
  return found;
}

/** Makes a schema of objects with a member that a random schema is about, and definitions beside it. */
function randomRoot(dialect: Dialect, random: Random, $id: string): JsonObject {
  const definitions: JsonObject = {};
  for (let index = 0; index < 3; index += 1) definitions[`s${index}`] = wildSchema(random, index);
  const root = { definitions, properties: { value: wildSchema(random, 3) } };
  const schema = comparable(root) as JsonObject;
  const body = dialect === '2020-12' ? (modernised(schema, random) as JsonObject) : schema;
  return { $schema: DIALECTS[dialect], $id, type: 'object', required: ['value'], ...body };
}

async function generatedGuard(
  schema: JsonObject,
  dialect: Dialect,
): Promise<(payload: unknown) => boolean> {
  const schemaFormat = `application/schema+json;version=${dialect === '2020-12' ? 'draft/2020-12' : dialect}`;
  const document = {
    asyncapi: '3.0.0',
    info: { title: 'Random', version: '1.0.0' },
    channels: { all: { messages: { random: { payload: { schemaFormat, schema } } } } },
  };
  const cwd = temporaryFolder({ 'random.asyncapi.json': JSON.stringify(document) });
  try {
    const { exports } = await generateModule('random.asyncapi.json', cwd);
    return exports.isRandom as (payload: unknown) => boolean;
  } catch (error) {
    // A schema that nothing fits is refused: a verdict on every payload.
    if (!String(error).includes('message.unreachable')) throw error;
    return () => false;
  }
}

async function hyperjumpOf(schema: JsonObject): Promise<(payload: unknown) => boolean> {
  registerSchema(structuredClone(schema) as never);
  const judge = await validate(String(schema.$id));
  return (payload) => judge(payload as never).valid;
}

/** Leaves out what this implementation takes for annotations, formats, or judges in floating point, small fractions. */
function comparable(schema: Json): Json {
  return mapSchemas(schema, ({ format: _, multipleOf, ...rest }) =>
    multipleOf === undefined || multipleOf === 0.01 ? rest : { ...rest, multipleOf },
  );
}

/** Writes a schema of draft-07 in the words of 2020-12, with some of the keywords that are new there. */
function modernised(schema: Json, random: Random): Json {
  return mapSchemas(schema, (old) => {
    const { items, additionalItems, dependencies, definitions, ...made } = old;
    if (typeof made.$ref === 'string') made.$ref = made.$ref.replace('definitions', '$defs');
    if (Array.isArray(items)) {
      made.prefixItems = items;
      if (additionalItems !== undefined) made.items = additionalItems;
    } else if (items !== undefined) {
      made.items = items;
    }
    for (const [name, needs] of Object.entries(dependencies ?? {})) {
      const keyword = Array.isArray(needs) ? 'dependentRequired' : 'dependentSchemas';
      made[keyword] = { ...(made[keyword] as JsonObject), [name]: needs };
    }
    if (definitions !== undefined) made.$defs = definitions;
    const some = () => random.below(4) === 0;
    if (made.contains !== undefined && some()) made.minContains = random.below(3);
    if (made.contains !== undefined && some()) made.maxContains = random.below(3);
    if (made.$defs === undefined && some())
      made.unevaluatedProperties = random.pick([false, { type: 'string' }]);
    if (made.$defs === undefined && some())
      made.unevaluatedItems = random.pick([false, { type: 'number' }]);
    return made;
  });
}

const MAPS = new Set(['properties', 'patternProperties', 'definitions', 'dependencies']);
const DATA = new Set(['const', 'enum', 'required', 'type']);

/** Changes every schema in a schema, the inner ones first. */
function mapSchemas(schema: Json, change: (schema: JsonObject) => JsonObject): Json {
  const inner = (value: Json): Json =>
    Array.isArray(value) ? value.map(inner) : mapSchemas(value, change);
  if (!isObject(schema)) return schema;
  const entries = Object.entries(schema).map(([keyword, value]) => {
    if (DATA.has(keyword)) return [keyword, value];
    if (!MAPS.has(keyword) || !isObject(value)) return [keyword, inner(value)];
    const members = Object.entries(value).map(([name, held]) => [
      name,
      Array.isArray(held) ? held : inner(held),
    ]);
    return [keyword, Object.fromEntries(members)];
  });
  return change(Object.fromEntries(entries));
}
