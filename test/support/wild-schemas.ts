import { canonical } from '../../scripts/generate/runtime/values.js';
import type { Json, JsonObject } from '../../scripts/spec/model.js';
import type { Random } from './random.js';

const NAMES = ['a', 'b', 'c', 'k1', 'x/y', 'n~', 'constructor'];
const PATTERNS = ['^[a-c]$', '^k', 'b+', '^.{2,}$', '/'];
const SCALARS: readonly Json[] = [
  ...[null, true, false, 0, 1, -1, 2.5, 19.99, 7, 1e300, '', 'a', 'b', 'bb', 'k1', '\u{1f600}'],
  ...['2024-02-29', '2023-02-29', 'x@example.com', '192.0.2.1'],
];
const FORMATS = ['date', 'email', 'ipv4', 'int32', 'float'];
const TYPES = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];

/** Makes any JSON value, mostly one that schemas of `wildSchema` are about. */
export function wildValue(random: Random, depth = 0): Json {
  const roll = random.next();
  if (depth > 3 || roll < 0.4) return random.pick(SCALARS);
  const count = random.below(4);
  if (roll < 0.65) return Array.from({ length: count }, () => wildValue(random, depth + 1));
  return Object.fromEntries(
    Array.from({ length: count }, () => [random.pick(NAMES), wildValue(random, depth + 1)]),
  );
}

/**
 * Makes a schema of draft-07 of any keywords whatever, most of them beside keywords that they have nothing to do with.
 * References lead to the definitions `s0` to `s<definitions - 1>`.
 */
export function wildSchema(random: Random, definitions: number, depth = 0): JsonObject | boolean {
  const inner = (): Json => wildSchema(random, definitions, depth + 1);
  const some = <Made>(make: () => Made, most = 3): Made[] =>
    Array.from({ length: 1 + random.below(most) }, make);
  const map = (keys: readonly string[], make: () => Json): JsonObject =>
    Object.fromEntries(some(() => [random.pick(keys), make()]));
  const roll = random.next();
  if (roll < 0.05) return random.pick([true, false]);
  if (roll < 0.15 && definitions > 0)
    return { $ref: `#/definitions/s${random.below(definitions)}` };
  const leaves: Readonly<Record<string, () => Json>> = {
    type: () =>
      random.below(3) === 0 ? [...new Set(some(() => random.pick(TYPES)))] : random.pick(TYPES),
    enum: () => distinct(some(() => wildValue(random, 2), 4)),
    const: () => wildValue(random, 2),
    minimum: () => random.below(3),
    exclusiveMaximum: () => random.below(8),
    multipleOf: () => random.pick([1, 2, 0.5, 0.01]),
    minLength: () => random.below(3),
    maxLength: () => random.below(3),
    pattern: () => random.pick(PATTERNS),
    format: () => random.pick(FORMATS),
    minItems: () => random.below(3),
    maxItems: () => random.below(3),
    uniqueItems: () => random.pick([true, false]),
    minProperties: () => random.below(3),
    maxProperties: () => random.below(3),
    required: () => [...new Set(some(() => random.pick(NAMES)))],
  };
  const branches: Readonly<Record<string, () => Json>> = {
    properties: () => map(NAMES, inner),
    patternProperties: () => map(PATTERNS, inner),
    additionalProperties: inner,
    propertyNames: inner,
    dependencies: () => map(NAMES, () => (random.below(2) ? inner() : [random.pick(NAMES)])),
    items: () => (random.below(2) ? inner() : some(inner)),
    additionalItems: inner,
    contains: inner,
    allOf: () => some(inner),
    anyOf: () => some(inner),
    oneOf: () => some(inner),
    not: inner,
    if: inner,
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
    then: inner,
    else: inner,
  };
  const keywords = depth > 2 ? leaves : { ...leaves, ...branches };
  const names = Object.keys(keywords);
  const chosen = some(() => random.pick(names), 4);
  return Object.fromEntries(chosen.map((name) => [name, keywords[name]?.() ?? true]));
}

/** Leaves out what is there already: AsyncAPI allows no constant twice. */
function distinct(values: readonly Json[]): Json[] {
  return [...new Map(values.map((value) => [canonical(value), value])).values()];
}
