import type { NameOf } from '../../generate/clauses.js';
import { conditionsOf, limitsOf } from '../../generate/rules.js';
import { pointerOfReference } from '../../judge/schema-copy.js';
import { readSources, textOf } from '../../spec/described.js';
import { isReference } from '../../spec/grammar.js';
import type { Json, JsonObject, Schema, Spec } from '../../spec/model.js';
import { isObject, listOf } from '../../spec/positions.js';
import { lookUpSchema } from '../../spec/references.js';
import { code, type Field, type Inline, link, prose, separated, type Target } from '../content.js';
import { originOf } from './origin.js';
import { itemPath, memberPath } from './paths.js';
import { constantsOf, isOnlyNull, namesNull, typesOf } from './type-words.js';

/** What the fields of one table are read with. */
export interface FieldContext {
  readonly spec: Spec;
  readonly document: JsonObject;
  readonly nameOf: NameOf;
  /** Returns where a schema that references lead to is described by itself. */
  readonly sectionOf: (pointer: string) => Target | undefined;
  /** Returns the fragment for a path. */
  readonly idOf: (path: string) => string;
  /** Returns the consumers that rely on the field at a path. */
  readonly consumersOf: (path: string) => readonly string[];
}

/** How many fields a table has before references are linked and no longer followed. */
const MAX_FOLLOWED = 150;

/** How deep the words for a type go into lists and alternatives. */
const MAX_LISTS = 4;

/** How many schemas one table looks at: references can multiply them. */
const MAX_SCHEMAS = 20_000;

/** Lists the fields that a schema describes, itself first; nested ones after what they stand in. */
export function fieldsOf(schema: Schema, label: string, context: FieldContext): Field[] {
  const reader = new FieldReader(context);
  reader.read(schema.json, { path: '', label, depth: 0, isRequired: undefined }, [schema.pointer]);
  return reader.fields;
}

interface Place {
  readonly path: string;
  readonly label: string | undefined;
  readonly depth: number;
  readonly isRequired: boolean | undefined;
}

/** A schema with all that applies to the same value. */
interface Whole {
  /** The schema, what its references lead to, and its parts: the objects that apply together. */
  readonly parts: readonly JsonObject[];
  /** Where its references led, those that were followed. */
  readonly followed: readonly string[];
  /** References that are only named. */
  readonly named: readonly string[];
  readonly isNever: boolean;
}

class FieldReader {
  readonly fields: Field[] = [];
  readonly #ids = new Map<string, number>();
  #schemas = 0;

  constructor(private readonly context: FieldContext) {}

  /** Reads the field at a place, and those in it; `above` are the references that led to it. */
  read(schema: Json, place: Place, above: readonly string[]): void {
    const whole = this.#wholeOf(schema, above);
    this.#add(whole, place);
    this.#readWithin(whole, place, [...above, ...whole.followed]);
  }

  #readWithin(whole: Whole, place: Place, above: readonly string[]): void {
    const { parts } = whole;
    const required = new Set(parts.flatMap((part) => listOf(part.required).map(String)));
    const properties = new Map<string, Json[]>();
    for (const part of parts) {
      for (const [name, held] of entries(part.properties)) {
        properties.set(name, [...(properties.get(name) ?? []), held]);
      }
    }
    for (const name of required) if (!properties.has(name)) properties.set(name, []);
    for (const [name, schemas] of properties) {
      const [only = true] = schemas;
      const inner = this.#inside(place, memberPath(place.path, name));
      const isRequired = required.has(name);
      this.read(schemas.length > 1 ? { allOf: schemas } : only, { ...inner, isRequired }, above);
    }
    for (const part of parts) {
      for (const [pattern, held] of entries(part.patternProperties)) {
        const label = `members whose names match ${pattern}`;
        this.read(held, { ...this.#inside(place, `${place.path}.*`), label }, above);
      }
      if (isObject(part.additionalProperties)) {
        const label = properties.size === 0 ? 'each member' : 'each other member';
        const inner = this.#inside(place, `${place.path}.*`);
        this.read(part.additionalProperties, { ...inner, label }, above);
      }
      this.#readItems(part, place, above);
      this.#readAlternatives(part, place, above);
    }
  }

  #readItems({ items, additionalItems }: JsonObject, place: Place, above: readonly string[]): void {
    const inner = this.#inside(place, itemPath(place.path));
    if (Array.isArray(items)) {
      for (const [index, item] of items.entries()) {
        this.read(item, this.#inside(place, itemPath(place.path, index)), above);
      }
      if (isObject(additionalItems)) {
        this.read(additionalItems, { ...inner, label: 'each further item' }, above);
      }
    } else if (isObject(items)) {
      const whole = this.#wholeOf(items, above);
      // What is plain is said by the type of the list.
      if (!this.#isPlain(whole)) this.#add(whole, inner);
      this.#readWithin(whole, inner, [...above, ...whole.followed]);
    }
  }

  #readAlternatives(part: JsonObject, place: Place, above: readonly string[]): void {
    for (const keyword of ['oneOf', 'anyOf'] as const) {
      const alternatives = alternativesOf(part, keyword);
      const wholes = alternatives.map((one) => this.#wholeOf(one, above));
      if (wholes.length < 2 || wholes.every((one) => this.#isPlain(one))) continue;
      for (const [index, whole] of wholes.entries()) {
        const label = `${keyword === 'oneOf' ? 'either' : 'any of'}: ${index + 1} of ${wholes.length}`;
        const inner = { ...this.#inside(place, place.path), label };
        this.#add(whole, inner);
        this.#readWithin(whole, inner, [...above, ...whole.followed]);
      }
    }
  }

  #inside({ depth }: Place, path: string): Place {
    return { path, label: undefined, depth: depth + 1, isRequired: undefined };
  }

  /** Collects what applies to the same value, and follows references as long as that leads to something new. */
  #wholeOf(schema: Json, above: readonly string[]): Whole {
    const parts: JsonObject[] = [];
    const followed: string[] = [];
    const named: string[] = [];
    let isNever = false;
    const collect = (value: Json): void => {
      this.#schemas += 1;
      if (!isObject(value)) {
        isNever ||= value === false;
        return;
      }
      if (isReference(value)) {
        const { $ref, ...beside } = value;
        if (Object.keys(beside).length > 0) parts.push(beside);
        this.#follow(pointerOfReference($ref), above, { followed, named, collect });
        return;
      }
      parts.push(value);
      for (const part of listOf(value.allOf)) collect(part);
      for (const keyword of ['oneOf', 'anyOf'] as const) {
        const [only, ...others] = alternativesOf(value, keyword);
        // What may also be null is described as if it may not.
        if (only !== undefined && others.length === 0) collect(only);
      }
    };
    collect(schema);
    return { parts, followed, named, isNever };
  }

  #follow(
    pointer: string,
    above: readonly string[],
    {
      followed,
      named,
      collect,
    }: { followed: string[]; named: string[]; collect: (schema: Json) => void },
  ): void {
    const isSpent = this.fields.length > MAX_FOLLOWED || this.#schemas > MAX_SCHEMAS;
    if (above.includes(pointer) || followed.includes(pointer) || isSpent) {
      named.push(pointer);
      return;
    }
    followed.push(pointer);
    collect(lookUpSchema(this.context.document, `#${pointer}`) ?? true);
  }

  /** Tells whether the words for a type say all that there is to say. */
  #isPlain(whole: Whole): boolean {
    const isSaid = (part: JsonObject) =>
      Object.keys(part).every((keyword) => keyword === 'type' || keyword === 'items');
    const items = whole.parts.flatMap(({ items }) => (items === undefined ? [] : [items]));
    return (
      whole.parts.every(isSaid) &&
      items.every((held) => isObject(held) && this.#isPlain(this.#wholeOf(held, [])))
    );
  }

  #add(whole: Whole, place: Place): void {
    const { parts } = whole;
    const { spec, nameOf, consumersOf } = this.context;
    const constants = parts.flatMap(constantsOf);
    const limits = parts.flatMap(limitsOf).map((line): Inline[] => [line]);
    this.fields.push({
      ...place,
      id: this.#idOf(place),
      type: this.#typeOf(whole),
      isNullable: !whole.isNever && parts.every((part) => this.#letsNullPass(part)),
      unit: textOf(parts.find((part) => textOf(part['x-unit']) !== undefined)?.['x-unit']),
      allowed: separated(
        [...constants.map((value): Inline[] => [code(JSON.stringify(value))]), ...limits],
        ' ',
      ),
      values: constants.filter((value): value is string => typeof value === 'string'),
      meaning: parts.flatMap((part) => [
        ...annotationsOf(part),
        ...conditionsOf(part, nameOf).map((line): Inline[] => [line]),
      ]),
      origin: separated(
        parts
          .map((part) => ({
            sources: readSources(part['x-source']),
            inferred: textOf(part['x-inferred']),
          }))
          .map((stated) => originOf(stated, spec))
          .filter((run) => run.length > 0),
        ' · ',
      ),
      consumers: consumersOf(place.path),
    });
  }

  /** Makes fragments unique: alternatives may have members of the same path. */
  #idOf({ path, label }: Place): string {
    const id = this.context.idOf(label === undefined || path === '' ? path : `${path} ${label}`);
    const count = (this.#ids.get(id) ?? 0) + 1;
    this.#ids.set(id, count);
    return count === 1 ? id : `${id}-${count}`;
  }

  #typeOf({ parts, followed, named, isNever }: Whole, depth = 0): Inline[] {
    if (isNever) return ['nothing: it is absent'];
    const types = new Set(parts.map(typesOf).find((list) => list.length > 0) ?? []);
    const words = [...types].map((type): Inline[] =>
      type === 'array' ? this.#listType(parts, depth) : [type],
    );
    const alternatives = words.length > 0 ? [] : this.#alternativeTypes(parts, depth);
    const isObjects = parts.some((part) => Object.hasOwn(part, 'properties'));
    const own = [...words, ...alternatives];
    const types_ = own.length > 0 ? separated(own, ' or ') : [isObjects ? 'object' : 'any'];
    const names = [...followed, ...named].flatMap((pointer): Inline[][] => {
      const target = this.context.sectionOf(pointer);
      return target === undefined ? [] : [[link(target, this.context.nameOf(`#${pointer}`))]];
    });
    return names.length === 0 ? types_ : [...types_, ', ', ...separated(names, ', ')];
  }

  #listType(parts: readonly JsonObject[], depth: number): Inline[] {
    const items = parts.map((part) => part.items).find((held) => held !== undefined);
    if (Array.isArray(items)) return ['list, item by item'];
    if (!isObject(items) || depth > MAX_LISTS) return ['list'];
    return ['list of ', ...this.#typeOf(this.#wholeOf(items, []), depth + 1)];
  }

  #alternativeTypes(parts: readonly JsonObject[], depth: number): Inline[][] {
    if (depth > MAX_LISTS) return [];
    const all = parts.flatMap((part) =>
      (['oneOf', 'anyOf'] as const).flatMap((keyword) => alternativesOf(part, keyword)),
    );
    const words = all.map((one) => this.#typeOf(this.#wholeOf(one, []), depth + 1));
    return [...new Map(words.map((run) => [JSON.stringify(run), run])).values()];
  }

  #letsNullPass(part: JsonObject): boolean {
    const isRestricted = ['type', 'enum', 'const'].some((keyword) => Object.hasOwn(part, keyword));
    if (isRestricted && !namesNull(part)) return false;
    return (['oneOf', 'anyOf'] as const).every((keyword) => {
      const list = listOf(part[keyword]);
      return (
        list.length === 0 ||
        list.some((one) => {
          const { parts, isNever } = this.#wholeOf(one, []);
          return !isNever && parts.every((inner) => this.#letsNullPass(inner));
        })
      );
    });
  }
}

/** Lists what a schema says of itself in words. */
function annotationsOf(schema: JsonObject): Inline[][] {
  const description = textOf(schema.description);
  const title = textOf(schema.title);
  const examples = listOf(schema.examples);
  const marks = ['deprecated', 'readOnly', 'writeOnly'].filter((one) => schema[one] === true);
  const words: Readonly<Record<string, string>> = {
    deprecated: 'Deprecated.',
    readOnly: 'Read only.',
    writeOnly: 'Write only.',
  };
  return [
    ...(title === undefined ? [] : [[title]]),
    ...(description === undefined ? [] : [[prose(description)]]),
    ...marks.map((mark): Inline[] => [words[mark] ?? mark]),
    ...(schema.default === undefined
      ? []
      : [['Default: ', code(JSON.stringify(schema.default)), '.']]),
    ...(examples.length === 0
      ? []
      : [
          [
            examples.length === 1 ? 'Example: ' : 'Examples: ',
            ...separated(
              examples.map((one): Inline[] => [code(JSON.stringify(one))]),
              ', ',
            ),
            '.',
          ],
        ]),
  ];
}

/** The alternatives of a schema but for null. */
function alternativesOf(schema: JsonObject, keyword: 'oneOf' | 'anyOf'): Json[] {
  return listOf(schema[keyword]).filter((one) => !isOnlyNull(one));
}

function entries(map: Json | undefined): [string, Json][] {
  return isObject(map) ? Object.entries(map) : [];
}
