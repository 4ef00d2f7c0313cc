import { applyUniqueIds } from '@asyncapi/parser/cjs/custom-operations/apply-unique-ids.js';
import { createAsyncAPIDocument } from '@asyncapi/parser/cjs/document.js';
import type { AsyncAPIDocumentInterface } from '@asyncapi/parser/cjs/models/index.js';
import type { AsyncAPIObject } from '@asyncapi/parser/cjs/types.js';
import { isReference, type Kind, mapChildren } from './grammar.js';
import { isObject, type Json, type JsonObject } from './positions.js';
import { follow } from './references.js';
import { asVersion3, isVersion2 } from './version-2.js';

export type { AsyncAPIDocumentInterface };

/**
 * Makes `@asyncapi/parser`'s document model of a bundled, checked document: references between AsyncAPI
 * objects are links to one shared object, traits are applied, and schemas are the document's own,
 * references kept. A document of AsyncAPI 2 is put into the form of AsyncAPI 3, so that there is one model.
 * Work and memory are linear in the document.
 * `origin` returns the document's own object that an object of the model was made of.
 */
export function asyncApiDocument(
  document: JsonObject,
  version: string,
): { model: AsyncAPIDocumentInterface; origin: (object: object) => object } {
  const origins = new WeakMap<object, object>();
  const origin = (object: object) => origins.get(object) ?? object;
  const change = (object: JsonObject, changes: JsonObject) => {
    const changed = { ...object, ...changes };
    origins.set(changed, origin(object));
    return changed;
  };
  const target = (value: Json) => follow(document, value);
  const linked = link(document, isVersion2(version) ? traitsLast : traitsFirst, origins);
  const form = isVersion2(version) ? asVersion3(linked, { change, target }) : linked;
  const parsed = form as unknown as AsyncAPIObject;
  applyUniqueIds(parsed);
  const [major = 3, minor = 0, patch = 0] = parsed.asyncapi.split('.').map(Number);
  const semver = { version: parsed.asyncapi, major, minor, patch };
  return { model: createAsyncAPIDocument({ input: '', parsed, semver }), origin };
}

/** Copies the document's AsyncAPI objects, each once, with references replaced by the objects they name. */
function link(
  document: JsonObject,
  layersOf: Layers,
  origins: WeakMap<object, object>,
): JsonObject {
  const made = new Map<Json, Map<Kind, Json>>();
  const copy = (value: Json, kind: Kind): Json => {
    if (kind === 'schema' || kind === 'multiFormatSchema') return value;
    const target = isReference(value) ? (follow(document, value) ?? value) : value;
    if (!isObject(target)) return target;
    const known = made.get(target)?.get(kind);
    if (known !== undefined) return known;
    const object = withTraits(mapChildren(kind, target, copy), layersOf);
    origins.set(object, target);
    made.set(target, (made.get(target) ?? new Map()).set(kind, object));
    return object;
  };
  return copy(document, 'root') as JsonObject;
}

/** Lists an object and its traits in the order in which they are merged: of two fields the later counts. */
type Layers = (object: JsonObject, traits: readonly Json[]) => readonly Json[];

/** https://www.asyncapi.com/docs/reference/specification/v3.1.0#traits-merge-mechanism */
const traitsFirst: Layers = (object, traits) => [...traits, object];

/** https://www.asyncapi.com/docs/reference/specification/v2.6.0#operationObject */
const traitsLast: Layers = (object, traits) => [object, ...traits];

/** Applies an operation's or message's traits. */
function withTraits(object: JsonObject, layersOf: Layers): JsonObject {
  if (!Array.isArray(object.traits)) return object;
  const merged: JsonObject = {};
  for (const layer of layersOf(object, object.traits)) {
    if (!isObject(layer)) continue;
    for (const [name, value] of Object.entries(layer))
      merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}

/** Merges a JSON Merge Patch, sharing what it does not change. https://www.rfc-editor.org/rfc/rfc7396#section-2 */
function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch) || !isObject(target)) return patch;
  const merged = { ...target };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}
