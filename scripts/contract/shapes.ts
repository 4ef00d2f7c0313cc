import { pointerTokens } from '../spec/json-pointer.js';
import { isObject, type Json, type JsonObject } from '../spec/positions.js';

/** A part of a pact that has not the shape that Pact gives it. */
export interface Fault {
  readonly reason: string;
  /** JSON Pointer in the file. */
  readonly pointer: string;
}

/** Reads the parts of a pact by their shapes, and collects those that have another. Null counts as left out. */
export class Shapes {
  readonly faults: Fault[] = [];

  refuse(reason: string, pointer: string): void {
    this.faults.push({ reason, pointer });
  }

  /** Returns an object, without members where it is left out. */
  object(value: Json | undefined, pointer: string): JsonObject {
    if (isObject(value)) return value;
    if (value !== undefined && value !== null)
      this.refuse(`${nameOf(pointer)} is no object`, pointer);
    return {};
  }

  /** Returns a text; undefined where it is left out. */
  text(value: Json | undefined, pointer: string): string | undefined {
    if (typeof value === 'string') return value;
    if (value !== undefined && value !== null)
      this.refuse(`${nameOf(pointer)} is no text`, pointer);
    return undefined;
  }
}

/** Returns the name, in quotes, of the member at a pointer. */
export function nameOf(pointer: string): string {
  return JSON.stringify(pointerTokens(pointer).at(-1) ?? '');
}
