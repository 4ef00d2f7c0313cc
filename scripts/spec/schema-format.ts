import { type Json, member } from './positions.js';

/** The dialects of JSON Schema that can be read; AsyncAPI's own schemas are draft-07 with additions. */
export type Dialect = 'draft-07' | '2020-12';

/**
 * Returns the dialect of the schemas that `schemaFormat` names; undefined where they can't be read.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#multiFormatSchemaObject
 */
export function dialectOf(format: string): Dialect | undefined {
  const [, type = '', version = ''] = /^([^;]*);\s*version=(.*)$/.exec(format) ?? [];
  if (/^application\/vnd\.aai\.asyncapi(\+(json|yaml))?$/.test(type))
    return /^(2\.[0-6]|3\.[01])\.0$/.test(version) ? 'draft-07' : undefined;
  if (!/^application\/schema(\+(json|yaml))?$/.test(type)) return undefined;
  if (version === 'draft-07') return 'draft-07';
  return /^(draft[-/])?2020-12$/.test(version) ? '2020-12' : undefined;
}

/**
 * Returns the schema in a wrapper, which is told by its `schema` alone, or a value without such as it is. A message of
 * AsyncAPI 2 states the format of its payload, and wraps nothing.
 */
export function opened(value: Json): Json {
  return member(value, 'schema') ?? value;
}

/** The `schemaFormat` under which schemas of 2020-12 move among the components. */
export const modernFormat = 'application/schema+json;version=draft/2020-12';
