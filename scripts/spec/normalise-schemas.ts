import { type Location, type Problem, problem } from '../problems/problem.js';
import { isReference, placesIn, type Visited } from './grammar.js';
import { joinPointer, pointerTokens } from './json-pointer.js';
import { modernSchemaFault } from './modern-schema.js';
import {
  isObject,
  type Json,
  type JsonObject,
  type Locate,
  member,
  type Positions,
} from './positions.js';
import type { Dialect } from './schema-format.js';

/**
 * Rewrites the schemas of 2020-12 in a bundled document, in place, into the one form that all else reads: draft-07's
 * keywords, `minContains`, `maxContains`, `unevaluatedItems` and `unevaluatedProperties`. References follow what they
 * name; positions stay. Keywords that 2020-12 gave up are problems, and so are schemas that both dialects reach.
 * `places` lists the objects of the document; what is returned lists those of the new form, and holds the document as it
 * was: the same object where nothing was rewritten.
 * https://json-schema.org/draft/2020-12/release-notes
 */
export function normaliseSchemas(
  document: JsonObject,
  places: readonly Visited[],
  positions: Positions,
  locate: Locate,
): { places: readonly Visited[]; original: JsonObject; problems: Problem[] } {
  const dialects = new Map<JsonObject, Dialect>();
  const references: (JsonObject & { $ref: string })[] = [];
  const wrappers = new Set<Json>();
  const problems: Problem[] = [];
  for (const { value, kind, pointer, dialect } of places) {
    if (kind === 'multiFormatSchema') wrappers.add(value);
    if (kind !== 'schema' || !isObject(value)) continue;
    if (isReference(value)) references.push(value);
    const known = dialects.get(value);
    if (known !== undefined && known !== dialect)
      problems.push(problem('schema.dialects', {}, locate(pointer)));
    if (known === undefined && dialect === '2020-12')
      problems.push(...faults(value, pointer, locate));
    dialects.set(value, dialect);
  }
  if (problems.length > 0) return { places, original: document, problems };
  const changed = new Set(
    [...dialects].flatMap(([schema, dialect]) => (dialect === '2020-12' ? [schema] : [])),
  );
  if (changed.size === 0 && wrappers.size === 0) return { places, original: document, problems };
  const original = structuredClone(document);
  const targets = references.map(({ $ref }) => newPlace(document, $ref, changed, wrappers));
  references.forEach((reference, index) => {
    reference.$ref = targets[index] ?? reference.$ref;
  });
  for (const schema of changed) normalise(schema, positions);
  return { places: changed.size === 0 ? places : placesIn(document), original, problems };
}

/** Lists what is wrong with the keywords of a schema: those that draft-07 has and 2020-12 gave up, or what one holds. */
function faults(schema: JsonObject, pointer: string, locate: Locate): Problem[] {
  const at = (keyword: string): Location => locate(joinPointer(pointer, keyword), 'key');
  const abandoned = Object.entries(replacements)
    .filter(([keyword]) => Object.hasOwn(schema, keyword))
    .map(([keyword, suggestion]) =>
      problem('schema.keyword', { keyword, suggestion, dialect: 'draft-07' }, at(keyword)),
    );
  if (abandoned.length > 0) return abandoned;
  const fault = modernSchemaFault(schema);
  if (fault === undefined) return [];
  const field = JSON.stringify(pointerTokens(fault.path).at(-1) ?? '');
  const what = `The value of ${field} is not what JSON Schema allows here: it ${fault.reason}.`;
  return [problem('structure.invalid', { what }, locate(`${pointer}${fault.path}`))];
}

/** What 2020-12 has instead. */
const replacements: Readonly<Record<string, string>> = {
  additionalItems: 'items',
  dependencies: 'dependentSchemas',
};

/** Returns the keyword under which a schema stands in the new form. */
function newKeyword(schema: JsonObject, keyword: string): string {
  if (keyword === 'dependentSchemas') return 'dependencies';
  if (!Object.hasOwn(schema, 'prefixItems')) return keyword;
  if (keyword === 'prefixItems') return 'items';
  return keyword === 'items' ? 'additionalItems' : keyword;
}

/**
 * Returns the reference that leads, in the new form, to what a reference names. The schema in a wrapper goes by the
 * wrapper's place, so that it has one.
 */
function newPlace(
  document: JsonObject,
  $ref: string,
  changed: ReadonlySet<JsonObject>,
  wrappers: ReadonlySet<Json>,
): string {
  let at: Json | undefined = document;
  let holder: Json | undefined;
  const tokens = pointerTokens($ref.slice(1)).map((token) => {
    const made = isObject(at) && changed.has(at) ? newKeyword(at, token) : token;
    holder = at;
    at = member(at, token);
    return made;
  });
  if (holder !== undefined && wrappers.has(holder)) tokens.pop();
  return `#${joinPointer('', ...tokens)}`;
}

function normalise(schema: JsonObject, positions: Positions): void {
  const rename = (from: string, to: string): void => {
    const held = Object.hasOwn(schema, from) ? schema[from] : undefined;
    if (held === undefined) return;
    schema[to] = held;
    positions.copyEntry(schema, schema, from, to);
    delete schema[from];
  };
  if (Object.hasOwn(schema, 'prefixItems')) {
    rename('items', 'additionalItems');
    rename('prefixItems', 'items');
  }
  rename('dependentSchemas', 'dependencies');
  const required = schema.dependentRequired;
  const { dependencies } = schema;
  if (isObject(required) && isObject(dependencies)) {
    // One name may bring along both members and a schema.
    const besides: JsonObject = { dependencies: required };
    positions.copyNode(schema, besides);
    positions.copyEntry(schema, besides, 'dependentRequired', 'dependencies');
    schema.allOf = [...(Array.isArray(schema.allOf) ? schema.allOf : []), besides];
    delete schema.dependentRequired;
  } else {
    rename('dependentRequired', 'dependencies');
  }
}
