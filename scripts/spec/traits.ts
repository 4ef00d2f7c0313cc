import { isContainer, isObject, type Json, type JsonObject } from './positions.js';

/** How many values traits may repeat, all in all. */
export const MAX_REPEATED = 200_000;

/** Lists an object and its traits in the order in which they are merged: of two fields the later counts. */
type Layers = (object: JsonObject, traits: readonly Json[]) => readonly Json[];

/** https://www.asyncapi.com/docs/reference/specification/v3.1.0#traits-merge-mechanism */
export const traitsFirst: Layers = (object, traits) => [...traits, object];

/** https://www.asyncapi.com/docs/reference/specification/v2.6.0#operationObject */
export const traitsLast: Layers = (object, traits) => [object, ...traits];

/**
 * Applies the traits of operations and messages. What they bring in is shared, and only objects that are merged are
 * copied. These copies, and examples, which are judged for each message, are counted.
 */
export class TraitMerger {
  #repeated = 0;
  readonly #sizes = new Map<Json, number>();

  constructor(private readonly layersOf: Layers) {}

  /** Whether traits repeat too many values; from there on none is applied. */
  get isFull(): boolean {
    return this.#repeated > MAX_REPEATED;
  }

  /** Returns an object, whose traits are no references, with its traits applied. */
  apply(object: JsonObject): JsonObject {
    if (!Array.isArray(object.traits)) return object;
    const merged: JsonObject = {};
    const own = new Set<Json>();
    for (const layer of this.layersOf(object, object.traits)) {
      if (!isObject(layer)) continue;
      for (const [name, value] of Object.entries(layer)) {
        if (name === 'examples' && layer !== object) this.#repeated += this.#sizeOf(value);
        if (this.isFull) return object;
        merged[name] = this.#patch(merged[name], value, own);
      }
    }
    return merged;
  }

  /**
   * Merges a JSON Merge Patch, sharing what it does not change; what is in `own` was copied already.
   * https://www.rfc-editor.org/rfc/rfc7396#section-2
   */
  #patch(target: Json | undefined, patch: Json, own: Set<Json>): Json {
    if (!isObject(patch) || !isObject(target)) return patch;
    const merged = own.has(target) ? target : { ...target };
    if (merged !== target) this.#repeated += Object.keys(target).length;
    own.add(merged);
    const changes = Object.entries(patch);
    this.#repeated += changes.length;
    for (const [name, value] of changes) {
      if (value === null) delete merged[name];
      else merged[name] = this.#patch(merged[name], value, own);
    }
    return merged;
  }

  /** Counts the values that one holds, itself included. */
  #sizeOf(value: Json): number {
    const known = this.#sizes.get(value);
    if (known !== undefined) return known;
    const open = [value];
    let size = 0;
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      size += 1;
      if (isContainer(next)) for (const held of Object.values(next)) open.push(held);
    }
    this.#sizes.set(value, size);
    return size;
  }
}
