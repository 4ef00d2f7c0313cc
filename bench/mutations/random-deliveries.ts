import type { Json, JsonObject } from '../../scripts/spec/model.js';
import type { Random } from '../../test/support/random.js';
import type { RawDocument, RawMessage } from './raw-document.js';

/** How many deliveries are made of a message. */
const DELIVERIES = 240;
/** How many values are made at most; those that the schema refuses are thrown away. */
const TRIES = 3_000;

/** Makes deliveries that a message allows: fields absent, null, each enumerated value, empty lists, extremes. */
export function randomDeliveries(
  document: RawDocument,
  message: RawMessage,
  random: Random,
  count = DELIVERIES,
): { payload: Json; headers: Json }[] {
  const deliveries: { payload: Json; headers: Json }[] = [];
  for (let tries = 0; tries < TRIES && deliveries.length < count; tries += 1) {
    // Some bear everything, some nothing that may be left out, most something between.
    const presence = tries % 8 === 0 ? 1 : tries % 8 === 1 ? 0 : random.next();
    const made = valueFor(document, message.payload, random, presence);
    const payload = made === undefined ? {} : made;
    if (!message.isValidPayload(payload)) continue;
    const headers =
      message.headers === undefined
        ? {}
        : (valueFor(document, message.headers, random, presence) ?? {});
    if (message.isValidHeaders(headers)) deliveries.push({ payload, headers });
  }
  return deliveries;
}

function valueFor(
  document: RawDocument,
  given: Json | undefined,
  random: Random,
  presence: number,
): Json | undefined {
  const schema = document.follow(given);
  if (schema === false) return undefined;
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
    return anything(random);
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return random.pick(schema.enum);
  const choices = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (choices !== undefined && schema.properties === undefined && schema.type === undefined) {
    return valueFor(document, random.pick(choices), random, presence);
  }
  const types = [schema.type].flat().filter((one): one is string => typeof one === 'string');
  switch (types.length === 0 ? undefined : random.pick(types)) {
    case 'null':
      return null;
    case 'boolean':
      return random.next() < 0.5;
    case 'integer':
      return within(
        schema,
        random.pick([0, 1, -1, 2, 7, 48_211, 2 ** 31 - 1, -(2 ** 31), 2 ** 53 - 1]),
        random,
      );
    case 'number':
      return within(schema, random.pick([0, 1, -1, 0.5, -2.25, 1e21, 3]), random);
    case 'string':
      return textOf(schema, random);
    case 'array':
      return listOf(document, schema, random, presence);
    case 'object':
      return objectOf(document, schema, random, presence);
    default:
      return schema.properties === undefined
        ? anything(random)
        : objectOf(document, schema, random, presence);
  }
}

function within({ minimum, maximum }: JsonObject, value: number, random: Random): number {
  const least = typeof minimum === 'number' ? minimum : Number.NEGATIVE_INFINITY;
  const most = typeof maximum === 'number' ? maximum : Number.POSITIVE_INFINITY;
  if (value >= least && value <= most) return value;
  return random.pick([least, most].filter(Number.isFinite));
}

const TEXTS = ['', 'a', ' ', 'T', 'F', 'é\u{1f37d}', 'line\nbreak', '0', 'null', 'x'.repeat(200)];
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  'date-time': [
    '2026-11-22T10:11:12Z',
    '2024-02-29T23:59:59.123456Z',
    '1999-12-31T00:00:00+14:00',
    '2026-01-01t00:00:00.5z',
    '2026-07-01 10:00:00-09:30',
    '1990-12-31T23:59:60Z',
    '2026-11-22T10:11:12+0200',
  ],
  date: ['2026-11-22', '2024-02-29'],
  uuid: [
    '170135f0-3282-11e8-b467-0ed5f89f718b',
    '170135F0-3282-11E8-B467-0ED5F89F718B',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
  ],
};

function textOf({ format, minLength, maxLength }: JsonObject, random: Random): string {
  const texts =
    typeof format === 'string'
      ? (FORMATS[format] ?? TEXTS)
      : [...TEXTS, ...Object.values(FORMATS).flat()];
  const text = random.pick(texts);
  if (format !== undefined) return text;
  return text
    .padEnd(Number(minLength ?? 0), 'x')
    .slice(0, Number(maxLength ?? Number.POSITIVE_INFINITY));
}

function listOf(document: RawDocument, schema: JsonObject, random: Random, presence: number): Json {
  const least = Number(schema.minItems ?? 0);
  const most = Number(schema.maxItems ?? least + 3);
  const length = least + random.below(most - least + 1);
  return Array.from({ length }, () => valueFor(document, schema.items, random, presence) ?? null);
}

function objectOf(
  document: RawDocument,
  schema: JsonObject,
  random: Random,
  presence: number,
): Json {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const members = Object.entries((schema.properties ?? {}) as JsonObject).flatMap(([name, own]) => {
    if (!required.has(name) && random.next() >= presence) return [];
    const value = valueFor(document, own, random, presence);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(members);
}

function anything(random: Random): Json {
  return random.pick<Json>([null, true, 0, 1.5, '', 'text', [], {}, ['a'], { a: 1 }]);
}
