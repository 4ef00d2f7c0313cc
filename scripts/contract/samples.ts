import type { Json } from '../spec/model.js';
import { entriesOf, isContainer, isObject } from '../spec/positions.js';
import {
  type Case,
  type Guarantee,
  itemOf,
  listLengths,
  memberOf,
  objectSizes,
  type Part,
} from './guarantee.js';
import { Language } from './language.js';
import { scalarSamples } from './scalar-samples.js';

/** How many items or members are made, how many values one holds in all, and how deep they stand. */
const MAX_LENGTH = 9_000;
const MAX_SIZE = 10_000;
const MAX_DEPTH = 12;

const samples = new WeakMap<Guarantee, Samples>();

/** Returns the samples of what a document allows. */
export function samplesOf(guarantee: Guarantee): Samples {
  const known = samples.get(guarantee) ?? new Samples(guarantee);
  samples.set(guarantee, known);
  return known;
}

/** Makes values of cases: what breaks a rule is looked for among them. */
class Samples {
  readonly #known = new Map<Case, readonly Json[]>();
  readonly #first = new Map<string, Json | undefined>();
  readonly #sizes = new WeakMap<object, number>();
  #depth = 0;

  constructor(private readonly guarantee: Guarantee) {}

  /** Lists values of a case, scalars first; of lists and objects, the smallest and such as have a little more. */
  of(one: Case): readonly Json[] {
    const known = this.#known.get(one);
    if (known !== undefined) return known;
    const lengths = new Set([listLengths(one).min, 0, 1]);
    const made = [
      ...scalarSamples(one).filter((value) => this.guarantee.fault(one, value) === undefined),
      ...[...lengths].flatMap((length) => this.lists(one, length)),
      ...[0, 1].flatMap((size) => this.objects(one, size)),
    ];
    this.#known.set(one, made);
    return made;
  }

  /** Lists lists of a case that have so many items. */
  lists(one: Case, length: number): Json[] {
    if (one.shape.types?.has('array') === false || length > MAX_LENGTH) return [];
    const indexes = Array.from({ length }, (_, index) => index);
    const alike = indexes.map((index) => this.#firstOf(itemOf(one, index)));
    return [alike, this.#containing(one, alike), indexes, indexes.map(String)].filter(
      (list): list is Json[] => !list.includes(undefined) && this.#isOf(one, list as Json[]),
    );
  }

  /** Puts what `contains` asks for in the first place. */
  #containing(one: Case, list: readonly (Json | undefined)[]): (Json | undefined)[] {
    const asked = one.parts.flatMap(({ schema: { contains }, pointer }): Part[] =>
      contains === undefined ? [] : [{ schema: contains, pointer: `${pointer}/contains` }],
    );
    return list.map((item, index) =>
      index > 0 || asked.length === 0 ? item : this.#firstOf([...itemOf(one, 0), ...asked]),
    );
  }

  /** Lists objects of a case that have so many members or a few more, or as many as it knows: one at most. */
  objects(one: Case, size: number): Json[] {
    if (one.shape.types?.has('object') === false) return [];
    const { required } = one.shape;
    const optional = one.parts.flatMap(({ schema: { properties } }) =>
      isObject(properties) ? Object.keys(properties) : [],
    );
    const least = Math.max(size, objectSizes(one).min);
    const length = least > MAX_LENGTH ? 0 : least;
    const further = [
      ...(length > required.size ? namesByPattern(one, length) : []),
      ...Array.from({ length }, (_, index) => `member${index}`),
    ];
    const members = new Map<string, Json>();
    for (const name of new Set([...required, ...optional, ...further])) {
      if (!required.has(name) && members.size >= least) break;
      const value = this.#firstOf(memberOf(one, name).parts);
      if (value !== undefined) members.set(name, value);
    }
    const made = Object.fromEntries(members);
    return this.#isOf(one, made) ? [made] : [];
  }

  /** Lists objects of a case that have all the members that it names: one at most. */
  fullest(one: Case): Json[] {
    const named = one.parts.flatMap(({ schema }) => entriesOf(schema.properties));
    return this.objects(one, named.length);
  }

  /** Returns a value that satisfies all of some schemas; undefined where none was found. */
  #firstOf(parts: readonly Part[]): Json | undefined {
    const key = this.guarantee.keyOf(parts);
    if (this.#first.has(key) || this.#depth === MAX_DEPTH) return this.#first.get(key);
    // What holds itself is not made without end.
    this.#first.set(key, undefined);
    this.#depth += 1;
    const cases = this.guarantee.casesOf(parts) ?? [];
    const first = cases.flatMap((one) => this.of(one).slice(0, 1))[0];
    this.#depth -= 1;
    this.#first.set(key, first);
    return first;
  }

  #isOf(one: Case, value: Json): boolean {
    return this.#sizeOf(value) <= MAX_SIZE && this.guarantee.fault(one, value) === undefined;
  }

  /** Counts the values that a value holds: those that stand at several places are many. */
  #sizeOf(value: Json): number {
    if (!isContainer(value)) return 1;
    const known = this.#sizes.get(value);
    if (known !== undefined) return known;
    const size = Object.values(value).reduce<number>((sum, one) => sum + this.#sizeOf(one), 1);
    this.#sizes.set(value, size);
    return size;
  }
}

/** Lists names that the patterns of a case's members, or of their names, match: at most so many of each. */
export function namesByPattern({ parts }: Case, limit: number): string[] {
  const none = Language.of('[]');
  const patterns = parts.flatMap(({ schema: { patternProperties, propertyNames } }) => [
    ...(isObject(patternProperties) ? Object.keys(patternProperties) : []),
    ...(isObject(propertyNames) && typeof propertyNames.pattern === 'string'
      ? [propertyNames.pattern]
      : []),
  ]);
  return patterns.flatMap(
    (pattern) => (none && Language.of(pattern)?.beyond(none, Math.min(limit, 20))) ?? [],
  );
}
