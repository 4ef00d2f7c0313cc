import { applyUniqueIds } from '@asyncapi/parser/cjs/custom-operations/apply-unique-ids.js';
import { createAsyncAPIDocument } from '@asyncapi/parser/cjs/document.js';
import type { AsyncAPIDocumentInterface } from '@asyncapi/parser/cjs/models/index.js';
import type { AsyncAPIObject } from '@asyncapi/parser/cjs/types.js';
import { isReference, type Kind, mapChildren } from './grammar.js';
import { isObject, type Json, type JsonObject } from './positions.js';
import { follow } from './references.js';
import { TraitMerger, traitsFirst, traitsLast } from './traits.js';
import { asVersion3, isVersion2 } from './version-2.js';

export type { AsyncAPIDocumentInterface };

/**
 * Makes `@asyncapi/parser`'s document model of a bundled, checked document: references between AsyncAPI
 * objects are links to one shared object, traits are applied, and schemas are the document's own,
 * references kept. A document of AsyncAPI 2 is put into the form of AsyncAPI 3, so that there is one model.
 * Work and memory are linear in the document.
 * `origin` returns the document's own object that an object of the model was made of. `overfull` is the object at
 * which traits came to repeat too many values; the model is incomplete then.
 */
export function asyncApiDocument(
  document: JsonObject,
  version: string,
): {
  model: AsyncAPIDocumentInterface;
  origin: (object: object) => object;
  overfull: JsonObject | undefined;
} {
  const origins = new WeakMap<object, object>();
  const origin = (object: object) => origins.get(object) ?? object;
  const change = (object: JsonObject, changes: JsonObject) => {
    const changed = { ...object, ...changes };
    origins.set(changed, origin(object));
    return changed;
  };
  const target = (value: Json) => follow(document, value);
  const merger = new TraitMerger(isVersion2(version) ? traitsLast : traitsFirst);
  const { linked, overfull } = link(document, merger, origins);
  const form = isVersion2(version) ? asVersion3(linked, { change, target }) : linked;
  const parsed = form as unknown as AsyncAPIObject;
  applyUniqueIds(parsed);
  const [major = 3, minor = 0, patch = 0] = parsed.asyncapi.split('.').map(Number);
  const semver = { version: parsed.asyncapi, major, minor, patch };
  return { model: createAsyncAPIDocument({ input: '', parsed, semver }), origin, overfull };
}

/** Copies the document's AsyncAPI objects, each once, with references replaced by the objects they name. */
function link(
  document: JsonObject,
  merger: TraitMerger,
  origins: WeakMap<object, object>,
): { linked: JsonObject; overfull: JsonObject | undefined } {
  let overfull: JsonObject | undefined;
  const made = new Map<Json, Map<Kind, Json>>();
  const copy = (value: Json, kind: Kind): Json => {
    if (kind === 'schema' || kind === 'multiFormatSchema') return value;
    const target = isReference(value) ? (follow(document, value) ?? value) : value;
    if (!isObject(target)) return target;
    const known = made.get(target)?.get(kind);
    if (known !== undefined) return known;
    const object = merger.apply(mapChildren(kind, target, copy));
    if (merger.isFull) overfull ??= target;
    origins.set(object, target);
    made.set(target, (made.get(target) ?? new Map()).set(kind, object));
    return object;
  };
  return { linked: copy(document, 'root') as JsonObject, overfull };
}
