import { referencedToken, referenceTo } from '../../judge/schema-copy.js';
import { knownFormats } from '../../spec/formats.js';
import type { Json, JsonObject } from '../../spec/model.js';
import { isContainer, isObject } from '../../spec/positions.js';

/** Which schemas a keyword tries on a value: one, each of a list, or each of a map. */
const TRIED = {
  anyOf: 'list',
  oneOf: 'list',
  not: 'one',
  if: 'one',
  contains: 'one',
  propertyNames: 'one',
} as const;

/** Keywords that hold schemas of what a value has to fit itself. */
export const HELD: Readonly<Record<string, 'one' | 'list' | 'map' | 'one or list'>> = {
  allOf: 'list',
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
  then: 'one',
  else: 'one',
  items: 'one or list',
  additionalItems: 'one',
  properties: 'map',
  patternProperties: 'map',
  additionalProperties: 'one',
  dependencies: 'map',
};

/**
 * Gives every schema that is tried on a value, and may fail without harm, a definition of its own: a function that ends
 * at the first fault can then be made of each. What `isPlain` needs none. Returns all definitions that lead from
 * `entries`, those of branches as `<token>_<number>`. A list of types is called `types`, a number's format `numberFormat`.
 */
export function separateBranches(
  definitions: JsonObject,
  entries: readonly string[],
  isPlain: (schema: Json) => boolean,
): Map<string, Json> {
  const made = new Map<string, Json>();
  const queue = [...entries];
  for (let token = queue.shift(); token !== undefined; token = queue.shift()) {
    if (made.has(token)) continue;
    const home = token;
    const branches = new Map<string, string>();
    made.set(home, true);
    const separate = (schema: Json): Json => {
      if (isPlain(schema)) return schema;
      if (isObject(schema) && typeof schema.$ref === 'string') return visit(schema);
      const text = JSON.stringify(schema);
      const name = branches.get(text) ?? `${home}_${branches.size}`;
      if (!branches.has(text)) {
        branches.set(text, name);
        made.set(name, visit(schema));
      }
      return referenceTo(name);
    };
    const visit = (schema: Json): Json => {
      if (!isObject(schema)) return schema;
      if (typeof schema.$ref === 'string') {
        queue.push(referencedToken(schema.$ref));
        return schema;
      }
      return Object.fromEntries(
        Object.entries(schema).map(([keyword, value]) => [
          keywordOf(keyword, value),
          Object.hasOwn(TRIED, keyword)
            ? mapped(value, TRIED[keyword as keyof typeof TRIED], separate)
            : keyword.startsWith('unevaluated')
              ? leftover(value as JsonObject, visit, separate)
              : mapped(value, HELD[keyword], visit),
        ]),
      );
    };
    made.set(home, visit(definitions[home] ?? true));
  }
  return made;
}

/** Returns what a keyword is called where values of several types, or numbers, have one of their own. */
function keywordOf(keyword: string, value: Json): string {
  if (keyword === 'type' && Array.isArray(value)) return 'types';
  const isOfNumbers = keyword === 'format' && knownFormats[String(value)]?.type === 'number';
  return isOfNumbers ? 'numberFormat' : keyword;
}

function mapped(
  value: Json,
  holds: (typeof HELD)[string] | undefined,
  change: (schema: Json) => Json,
): Json {
  if (holds === undefined) return value;
  if (Array.isArray(value)) return value.map(change);
  if (holds !== 'map' || !isContainer(value)) return change(value);
  const members = Object.entries(value).map(([name, held]) => [
    name,
    Array.isArray(held) ? held : change(held),
  ]);
  return Object.fromEntries(members);
}

/** What is left over has to fit `rest`; the conditions, under their indexes, are tried. */
function leftover(
  value: JsonObject,
  visit: (schema: Json) => Json,
  separate: (schema: Json) => Json,
): Json {
  const entries = Object.entries(value).map(([key, held]) => {
    if (key === 'sources') return [key, held];
    return [key, key === 'rest' ? visit(held) : separate(held)];
  });
  return Object.fromEntries(entries);
}
