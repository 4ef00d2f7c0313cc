import { clausesOf, type NameOf } from '../../generate/clauses.js';
import { conditionsOf, limitsOf } from '../../generate/rules.js';
import { readSources, textOf } from '../../spec/described.js';
import type { Json, JsonObject, Schema, Spec } from '../../spec/model.js';
import { entriesOf, isObject, listOf } from '../../spec/positions.js';
import { type Field, type Inline, prose, separated, type Target } from '../content.js';
import type { NullTest } from './accepts-null.js';
import { TypeWords } from './field-types.js';
import { json } from './json.js';
import { originOf } from './origin.js';
import { itemPath, memberPath } from './paths.js';
import { commonValues } from './type-words.js';
import { alternativesOf, type Whole, WholeReader } from './wholes.js';

/** What the fields of one table are read with. */
export interface FieldContext {
  readonly spec: Spec;
  readonly document: JsonObject;
  readonly nameOf: NameOf;
  /** Tells whether schemas let null pass. */
  readonly nullTest: NullTest;
  /** Returns where a schema that references lead to is described by itself. */
  readonly sectionOf: (pointer: string) => Target | undefined;
  /** Returns the fragment for a path. */
  readonly idOf: (path: string) => string;
  /** Returns the consumers that rely on the field at a path. */
  readonly consumersOf: (path: string) => readonly string[];
}

/** How many fields a table has before references are linked and no longer followed. */
const MAX_FOLLOWED = 150;

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

class FieldReader {
  readonly fields: Field[] = [];
  readonly #ids = new Set<string>();
  readonly #wholes: WholeReader;
  readonly #types: TypeWords;

  constructor(private readonly context: FieldContext) {
    const { document, nameOf, sectionOf } = context;
    this.#wholes = new WholeReader(
      document,
      () => this.fields.length > MAX_FOLLOWED,
      (pointer) => sectionOf(pointer) !== undefined,
    );
    this.#types = new TypeWords(this.#wholes, nameOf, sectionOf);
  }

  /** Reads the field at a place, and those in it; `above` are the references that led to it. */
  read(schema: Json, place: Place, above: readonly string[]): void {
    const whole = this.#wholes.read(schema, above);
    this.#add(whole, schema, place);
    this.#readWithin(whole, place, above);
  }

  #readWithin(whole: Whole, place: Place, from: readonly string[]): void {
    const { parts } = whole;
    const above = [...from, ...whole.followed];
    const names = this.#readMembers(parts, place, above);
    for (const part of parts) {
      for (const [pattern, held] of entriesOf(part.patternProperties)) {
        this.#readOthers(held, `members whose names match ${pattern}`, place, above);
      }
      if (isObject(part.additionalProperties)) {
        const label = names === 0 ? 'each member' : 'each other member';
        this.#readOthers(part.additionalProperties, label, place, above);
      }
      this.#readItems(part, place, above);
      this.#readAlternatives(part, place, above);
      this.#readConditions(part, place, above);
    }
  }

  /** Reads the members that are named; returns how many there are. */
  #readMembers(parts: readonly JsonObject[], place: Place, above: readonly string[]): number {
    const required = new Set(parts.flatMap((part) => listOf(part.required).map(String)));
    const properties = new Map<string, Json[]>();
    for (const part of parts) {
      for (const [name, held] of entriesOf(part.properties)) {
        properties.set(name, [...(properties.get(name) ?? []), held]);
      }
    }
    for (const name of required) if (!properties.has(name)) properties.set(name, []);
    for (const [name, schemas] of properties) {
      const [only = true] = schemas;
      const path = memberPath(place.path, name);
      const inner = { ...this.#inside(place, path), isRequired: required.has(name) };
      // An alternative or a condition may demand what is described above.
      if (schemas.length === 0 && place.label !== undefined && place.depth > 0) {
        this.#addMentioned(inner);
      } else this.read(schemas.length > 1 ? { allOf: schemas } : only, inner, above);
    }
    return properties.size;
  }

  #readOthers(schema: Json, label: string, place: Place, above: readonly string[]): void {
    this.read(schema, { ...this.#inside(place, `${place.path}.*`), label }, above);
  }

  #readItems({ items, additionalItems }: JsonObject, place: Place, above: readonly string[]): void {
    const inner = this.#inside(place, itemPath(place.path));
    if (Array.isArray(items)) {
      for (const [index, item] of items.entries()) {
        this.read(item, this.#inside(place, itemPath(place.path, index)), above);
      }
      if (additionalItems !== undefined && additionalItems !== true) {
        this.read(additionalItems, { ...inner, label: 'each further item' }, above);
      }
    } else if (isObject(items)) {
      const whole = this.#wholes.read(items, above);
      // What is plain is said by the type of the list.
      if (!this.#types.arePlain(whole)) this.#add(whole, items, inner);
      this.#readWithin(whole, inner, above);
    }
  }

  #readAlternatives(part: JsonObject, place: Place, above: readonly string[]): void {
    for (const keyword of ['oneOf', 'anyOf'] as const) {
      const alternatives = alternativesOf(part, keyword);
      const wholes = alternatives.map((one) => this.#wholes.read(one, above));
      if (wholes.length < 2 || wholes.every((one) => this.#types.arePlain(one))) continue;
      for (const [index, whole] of wholes.entries()) {
        const word = keyword === 'oneOf' ? 'one of these' : 'any of these';
        const label = `${word}, ${index + 1} of ${wholes.length}`;
        const inner = { ...this.#inside(place, place.path), label };
        this.#add(whole, alternatives[index] ?? true, inner);
        this.#readWithin(whole, inner, above);
      }
    }
  }

  /** Reads the members that are described only for when a condition holds. */
  #readConditions(part: JsonObject, place: Place, above: readonly string[]): void {
    const { if: condition } = part;
    const branches: [label: string, schema: Json | undefined][] = entriesOf(part.dependencies).map(
      ([name, held]) => [`where ${name} is there`, Array.isArray(held) ? undefined : held],
    );
    if (condition !== undefined) {
      const words = clausesOf(condition, this.context.nameOf).join(' and ').replaceAll('`', '');
      branches.push([`if ${words}`, part.then], [`unless ${words}`, part.else]);
    }
    for (const [label, schema] of branches) {
      if (!isObject(schema)) continue;
      const whole = this.#wholes.read(schema, above);
      if (this.#types.arePlain(whole)) continue;
      const inner = { ...this.#inside(place, place.path), label };
      this.#add(whole, schema, inner);
      this.#readWithin(whole, inner, above);
    }
  }

  #inside({ depth }: Place, path: string): Place {
    return { path, label: undefined, depth: depth + 1, isRequired: undefined };
  }

  #add(whole: Whole, schema: Json, place: Place): void {
    const { parts } = whole;
    const { spec, nameOf, nullTest, consumersOf } = this.context;
    const values = (commonValues(parts) ?? []).filter((value) => value !== null);
    const limits = [...new Set(parts.flatMap(limitsOf))].map((line): Inline[] => [line]);
    this.fields.push({
      ...place,
      id: this.#idOf(place),
      type: this.#types.of(whole),
      isNullable: nullTest.accepts(schema),
      unit: parts.map((part) => textOf(part['x-unit'])).find((unit) => unit !== undefined),
      allowed: separated([...values.map((value) => [json(value)]), ...limits], ' '),
      values: values.filter((value): value is string => typeof value === 'string'),
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

  #addMentioned(place: Place): void {
    this.fields.push({
      ...place,
      id: this.#idOf(place),
      type: ['as above'],
      isNullable: undefined,
      unit: undefined,
      allowed: [],
      values: [],
      meaning: [],
      origin: [],
      consumers: this.context.consumersOf(place.path),
    });
  }

  /** Makes fragments unique: alternatives may have members of the same path. */
  #idOf({ path, label }: Place): string {
    const id = this.context.idOf(label === undefined || path === '' ? path : `${path} ${label}`);
    let free = id;
    for (let count = 2; this.#ids.has(free); count += 1) free = `${id}~${count}`;
    this.#ids.add(free);
    return free;
  }
}

/** What marks of a schema say. */
const marks: Readonly<Record<string, string>> = {
  deprecated: 'Deprecated.',
  readOnly: 'Read only.',
  writeOnly: 'Write only.',
};

/** Texts of a schema that say what a text holds. */
const contents: Readonly<Record<string, string>> = {
  contentEncoding: 'Encoding',
  contentMediaType: 'Media type',
};

/** Lists what a schema says of itself in words. */
function annotationsOf(schema: JsonObject): Inline[][] {
  const description = textOf(schema.description);
  const title = textOf(schema.title);
  const examples = listOf(schema.examples).map((one): Inline[] => [json(one)]);
  return [
    ...(title === undefined ? [] : [[title]]),
    ...(description === undefined ? [] : [[prose(description)]]),
    ...Object.entries(marks).flatMap(([mark, words]) => (schema[mark] === true ? [[words]] : [])),
    ...Object.entries(contents).flatMap(([keyword, words]) => {
      const text = textOf(schema[keyword]);
      return text === undefined ? [] : [[`${words}: `, text, '.']];
    }),
    ...(schema.default === undefined ? [] : [['Default: ', json(schema.default), '.']]),
    ...(examples.length === 0
      ? []
      : [[examples.length === 1 ? 'Example: ' : 'Examples: ', ...separated(examples, ', '), '.']]),
  ];
}
