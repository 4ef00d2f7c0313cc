import { pointerOfReference } from '../../judge/schema-copy.js';
import { isReference } from '../../spec/grammar.js';
import type { Json, JsonObject } from '../../spec/model.js';
import { isObject, listOf } from '../../spec/positions.js';
import { lookUpSchema } from '../../spec/references.js';
import { isOnlyNull } from './type-words.js';

/** A schema with all that applies to the same value. */
export interface Whole {
  /** The schema, what its references lead to, and its parts: the objects that apply together. */
  readonly parts: readonly JsonObject[];
  /** Where its references led, those that were followed. */
  readonly followed: readonly string[];
  /** References that are only named: they lead back, or there is too much already. */
  readonly named: readonly string[];
  /** What these lead to: it says of which type the value is; what stands in it is described elsewhere. */
  readonly beyond: readonly JsonObject[];
  readonly isNever: boolean;
}

/** How many schemas one table looks at: references can multiply them. */
const MAX_SCHEMAS = 20_000;

/** Collects what applies to the same value. */
export class WholeReader {
  #schemas = 0;

  /** `isFull` tells whether references are to be named from now on, and no longer followed. */
  constructor(
    private readonly document: JsonObject,
    private readonly isFull: () => boolean,
  ) {}

  /** Follows references as long as that leads to something new; `above` are those that led here. */
  read(schema: Json, above: readonly string[]): Whole {
    const made = {
      parts: [] as JsonObject[],
      followed: [] as string[],
      named: [] as string[],
      beyond: [] as JsonObject[],
      isNever: false,
    };
    const collect = (value: Json): void => {
      this.#schemas += 1;
      if (!isObject(value)) {
        made.isNever ||= value === false;
      } else if (isReference(value)) {
        const { $ref, ...beside } = value;
        if (Object.keys(beside).length > 0) made.parts.push(beside);
        follow(pointerOfReference($ref));
      } else {
        made.parts.push(value);
        for (const part of listOf(value.allOf)) collect(part);
        for (const keyword of ['oneOf', 'anyOf'] as const) {
          const [only, ...others] = alternativesOf(value, keyword);
          // What may also be null is described as if it may not.
          if (only !== undefined && others.length === 0) collect(only);
        }
      }
    };
    const follow = (pointer: string): void => {
      const { followed, named, beyond } = made;
      if (followed.includes(pointer) || named.includes(pointer)) return;
      const target = lookUpSchema(this.document, `#${pointer}`) ?? true;
      if (above.includes(pointer) || this.isFull() || this.#schemas > MAX_SCHEMAS) {
        named.push(pointer);
        if (isObject(target)) beyond.push(target);
      } else {
        followed.push(pointer);
        collect(target);
      }
    };
    collect(schema);
    return made;
  }
}

/** Returns the alternatives of a schema but for null. */
export function alternativesOf(schema: JsonObject, keyword: 'oneOf' | 'anyOf'): Json[] {
  return listOf(schema[keyword]).filter((one) => !isOnlyNull(one));
}
