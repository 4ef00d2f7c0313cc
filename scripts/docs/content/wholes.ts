import { pointerOfReference } from '../../judge/schema-copy.js';
import { isReference } from '../../spec/grammar.js';
import type { Json, JsonObject } from '../../spec/model.js';
import { isObject, listOf } from '../../spec/positions.js';
import { lookUpSchema } from '../../spec/references.js';
import { sizeOf } from '../size.js';
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

/** How much a schema may say by itself before it is only named: others would say it as often as they refer to it. */
const MAX_SAID = 4_000;

/** Tells whether schemas that have a section of their own say so much that nothing else should repeat it. */
const large = new WeakMap<JsonObject, boolean>();
function isLarge(schema: Json): boolean {
  if (!isObject(schema)) return false;
  const known = large.get(schema) ?? sizeOf(withoutMembers(schema)) > MAX_SAID;
  large.set(schema, known);
  return known;
}

/** Members have rows of their own, which are counted. */
function withoutMembers({ properties: _members, ...schema }: JsonObject): JsonObject {
  return schema;
}

/** Collects what applies to the same value. */
export class WholeReader {
  #schemas = 0;

  /**
   * `isFull` tells whether references are to be named from now on, and no longer followed; `isDescribed`, whether what
   * they lead to is described by itself.
   */
  constructor(
    private readonly document: JsonObject,
    private readonly isFull: () => boolean,
    private readonly isDescribed: (pointer: string) => boolean,
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
      const isElsewhere = this.isDescribed(pointer) && isLarge(target);
      const isSpent = this.isFull() || this.#schemas > MAX_SCHEMAS;
      if (above.includes(pointer) || isElsewhere || isSpent) {
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
