import type { Location } from '../problems/problem.js';
import { pointerTokens } from './json-pointer.js';
import type { Json, JsonObject } from './model.js';
import { defaultLimits } from './read-file.js';
import type { SourceText } from './source-text.js';

export type { Json, JsonObject };

/** Returns the place of the value, or of the key, at a JSON Pointer of the document. */
export type Locate = (pointer: string, part?: 'key' | 'value') => Location;

interface Entry {
  readonly key: number;
  readonly value: number;
}

interface NodePosition {
  readonly source: SourceText;
  readonly start: number;
  /** Undefined while there are none. */
  entries: Map<string, Entry> | undefined;
}

/**
 * Remembers where every object and array of the files that were read stands, by identity:
 * a value that moves from one file's tree into another keeps its place.
 */
export class Positions {
  readonly #nodes = new Map<object, NodePosition>();
  #count = 0;

  /** `limit`: how many values may be read. */
  constructor(readonly limit = defaultLimits.values) {}

  /** How many values more may be read; below 0 where there were too many. */
  get room(): number {
    return this.limit - this.#count;
  }

  /** Registers a container; its members are added with `addEntry`. */
  add(node: object, source: SourceText, start: number): void {
    this.#nodes.set(node, { source, start, entries: undefined });
  }

  /** Registers where the key and the value of one member stand (for an array both are the item's). */
  addEntry(node: object, name: string, key: number, value: number): void {
    this.#count += 1;
    this.#set(node, name, { key, value });
  }

  /** Copies a member's place from another container: what a merge key brings in stands where it was written. */
  copyEntry(from: object, to: object, name: string, newName = name): void {
    const entry = this.#nodes.get(from)?.entries?.get(name);
    if (entry !== undefined) this.#set(to, newName, entry);
  }

  #set(node: object, name: string, entry: Entry): void {
    const position = this.#nodes.get(node);
    if (position === undefined) return;
    position.entries ??= new Map();
    position.entries.set(name, entry);
  }

  /** Registers a container that was made of another one: it and its members stand where that one does. */
  copyNode(from: object, to: object): void {
    const node = this.#nodes.get(from);
    if (node !== undefined) this.#nodes.set(to, { ...node, entries: new Map(node.entries) });
  }

  /** Returns the offset at which a container begins in its file. */
  startOf(node: object): number | undefined {
    return this.#nodes.get(node)?.start;
  }

  /** Returns the place of a container, if it was read from a file. */
  ofNode(node: object, pointer: string): Location | undefined {
    const position = this.#nodes.get(node);
    return position?.source.locate(position.start, pointer);
  }

  /** Returns the place of a member's key or value, if its container was read from a file. */
  ofEntry(
    node: object,
    name: string,
    part: 'key' | 'value',
    pointer: string,
  ): Location | undefined {
    const position = this.#nodes.get(node);
    const offset = position?.entries?.get(name)?.[part];
    return offset === undefined ? undefined : position?.source.locate(offset, pointer);
  }

  /**
   * Returns the place of the value (or key) at a JSON Pointer below `root`; where nothing stands there,
   * the place of the nearest ancestor that was read from a file.
   */
  ofPointer(root: Json, pointer: string, part: 'key' | 'value' = 'value'): Location | undefined {
    let node: Json = root;
    let found = isContainer(root) ? this.ofNode(root, pointer) : undefined;
    for (const token of pointerTokens(pointer)) {
      if (!isContainer(node)) break;
      const entry = this.ofEntry(node, token, part, pointer);
      if (!Object.hasOwn(node, token)) {
        found = entry ?? found;
        break;
      }
      node = (node as JsonObject)[token] as Json;
      // What was moved here from elsewhere has no key here, but stands somewhere itself.
      found = entry ?? (isContainer(node) ? this.ofNode(node, pointer) : undefined) ?? found;
    }
    return found;
  }
}

/** Tells whether a value is an object or an array. */
export function isContainer(value: unknown): value is JsonObject | Json[] {
  return typeof value === 'object' && value !== null;
}

/** Tells whether a value is an object, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the items of a list; none where it is no list. */
export function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** Returns the names and values of an object; none where it is no object. */
export function entriesOf(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

/** Returns an object's own member, never an inherited one. */
export function member(value: unknown, name: string): Json | undefined {
  return isContainer(value) && Object.hasOwn(value, name) ? (value as JsonObject)[name] : undefined;
}

/** Returns the object that a member of an object is; where it is none, one is put there. */
export function ownObject(object: JsonObject, name: string): JsonObject {
  const held = member(object, name);
  if (isObject(held)) return held;
  const made: JsonObject = {};
  object[name] = made;
  return made;
}
