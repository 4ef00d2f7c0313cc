import type { Json, JsonObject } from '../../scripts/spec/model.js';
import { isObject } from '../../scripts/spec/positions.js';

/** A change that can be made to a document. */
export interface Change {
  readonly operator: string;
  readonly place: string;
  /** Changes a copy of the document. */
  readonly apply: (document: JsonObject) => void;
}

/** The steps from a document's root to a place in it. */
export type Path = readonly (string | number)[];

/** Puts a member into an object, or takes it out where it is undefined. */
export function set(object: JsonObject, name: string, value: Json | undefined): void {
  if (value === undefined) delete object[name];
  else object[name] = value;
}

/** Returns the names of the members at a place. */
export function namesAt(document: JsonObject, path: Path): string[] {
  const value = at(document, path);
  return isObject(value) ? Object.keys(value) : [];
}

/** Returns what is at a place. */
export function at(document: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, step) => (value === undefined || value === null ? undefined : (value as never)[step]),
    document,
  );
}
