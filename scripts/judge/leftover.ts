import type { Json, JsonObject } from '../spec/model.js';
import type { Source } from './coverage.js';

/**
 * What a copy of a schema holds under an `unevaluated…` keyword: the schema of what is left over, what is evaluated,
 * and the schemas of the conditions, each under its index.
 */
export type Leftover = JsonObject & { readonly rest: JsonObject | boolean };

/** Puts an `unevaluated…` keyword into the form that these keywords read. */
export function leftover(
  rest: JsonObject | boolean,
  sources: readonly Source[],
  conditions: readonly (JsonObject | boolean)[],
): Leftover {
  const schemas = conditions.map((schema, index) => [`${index}`, schema] as const);
  return { rest, sources: sources as unknown as Json, ...Object.fromEntries(schemas) };
}
