import { type DataFault, dataCheck } from './check-data.js';
import type { JsonObject } from './positions.js';

const schema = { type: ['object', 'boolean'] };
const schemas = { type: 'object', additionalProperties: schema };
const schemaList = { type: 'array', items: schema, minItems: 1 };
const text = { type: 'string' };
const flag = { type: 'boolean' };
const number = { type: 'number' };
const count = { type: 'integer', minimum: 0 };
const names = { type: 'array', items: text, uniqueItems: true };
const type = { enum: ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] };
const anchor = { type: 'string', pattern: '^[A-Za-z_][-A-Za-z0-9._]*$' };

/**
 * What the keywords of one schema of 2020-12 hold, those apart that every dialect is checked for. The schemas in it
 * are checked where they stand. https://json-schema.org/draft/2020-12/schema
 */
const keywords = {
  $id: { type: 'string', pattern: '^[^#]*#?$' },
  $schema: text,
  $ref: text,
  $anchor: anchor,
  $dynamicRef: text,
  $dynamicAnchor: anchor,
  $defs: schemas,
  $comment: text,
  definitions: schemas,
  type: { anyOf: [type, { type: 'array', items: type, minItems: 1, uniqueItems: true }] },
  enum: { type: 'array' },
  multipleOf: { type: 'number', exclusiveMinimum: 0 },
  maximum: number,
  exclusiveMaximum: number,
  minimum: number,
  exclusiveMinimum: number,
  maxLength: count,
  minLength: count,
  pattern: text,
  maxItems: count,
  minItems: count,
  uniqueItems: flag,
  maxContains: count,
  minContains: count,
  maxProperties: count,
  minProperties: count,
  required: names,
  dependentRequired: { type: 'object', additionalProperties: names },
  format: text,
  prefixItems: schemaList,
  items: schema,
  contains: schema,
  unevaluatedItems: schema,
  unevaluatedProperties: schema,
  additionalProperties: schema,
  properties: schemas,
  patternProperties: schemas,
  propertyNames: schema,
  dependentSchemas: schemas,
  allOf: schemaList,
  anyOf: schemaList,
  oneOf: schemaList,
  not: schema,
  if: schema,
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
  then: schema,
  else: schema,
  title: text,
  description: text,
  deprecated: flag,
  readOnly: flag,
  writeOnly: flag,
  examples: { type: 'array' },
  contentEncoding: text,
  contentMediaType: text,
  contentSchema: schema,
};

let check: ((value: unknown) => DataFault | undefined) | undefined;

/** Returns the first keyword of a schema of 2020-12 that does not hold what it must. */
export function modernSchemaFault(value: JsonObject): DataFault | undefined {
  check ??= dataCheck({ type: 'object', properties: keywords });
  return check(value);
}
