import { equal } from '../../generate/runtime/values.js';
import { validationKeywords } from '../../judge/schema-copy.js';
import type { Json, JsonObject } from '../../spec/model.js';
import { isContainer, isObject } from '../../spec/positions.js';
import { follow } from '../../spec/references.js';

/** Keywords whose values are sets: the order means nothing. */
const SETS: ReadonlySet<string> = new Set(['type', 'enum', 'required']);

/** Keywords that hold no schemas. */
const PLAIN: ReadonlySet<string> = new Set([
  ...['const', 'multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'],
  ...['maxLength', 'minLength', 'pattern', 'maxItems', 'minItems', 'uniqueItems'],
  ...['maxProperties', 'minProperties', 'format', 'minContains', 'maxContains'],
]);

/** How many pairs of schemas are compared for one question. */
const MAX_PAIRS = 100_000;

/**
 * Tells whether schemas of two documents say the same, keyword by keyword and through references, whatever their
 * components are called and their annotations say.
 */
export class SameSchemas {
  /** Pairs that are known to say the same. */
  readonly #same = new WeakMap<object, WeakSet<object>>();
  readonly #differ = new WeakMap<object, WeakSet<object>>();

  constructor(
    private readonly one: JsonObject,
    private readonly other: JsonObject,
  ) {}

  /** Tells whether a schema of the one document says the same as one of the other. */
  are(one: Json, other: Json): boolean {
    const a = follow(this.one, one) ?? true;
    const b = follow(this.other, other) ?? true;
    if (!isObject(a) || !isObject(b)) return isAnything(a) ? isAnything(b) : a === b;
    if (this.#same.get(a)?.has(b)) return true;
    if (this.#differ.get(a)?.has(b)) return false;
    // What leads back to a pair that is being compared is as equal as that pair.
    const assumed: [object, object][] = [];
    const pairs = new Map<object, Set<object>>();
    const areSame = this.#compare(a, b, { assumed, pairs });
    if (areSame) for (const [left, right] of assumed) add(this.#same, left, right);
    else add(this.#differ, a, b);
    return areSame;
  }

  /** Tells whether a keyword has the same value in two schemas; false where one has it not. */
  haveSame(keyword: string, one: JsonObject, other: JsonObject): boolean {
    if (!Object.hasOwn(one, keyword) || !Object.hasOwn(other, keyword)) return false;
    return this.are({ [keyword]: one[keyword] as Json }, { [keyword]: other[keyword] as Json });
  }

  #compare(one: Json, other: Json, run: Run): boolean {
    const a = follow(this.one, one) ?? true;
    const b = follow(this.other, other) ?? true;
    if (!isObject(a) || !isObject(b)) return isAnything(a) ? isAnything(b) : a === b;
    if (this.#same.get(a)?.has(b) || run.pairs.get(a)?.has(b)) return true;
    if (this.#differ.get(a)?.has(b) || run.assumed.length > MAX_PAIRS) return false;
    run.assumed.push([a, b]);
    const others = run.pairs.get(a) ?? new Set<object>();
    run.pairs.set(a, others.add(b));
    const keywords = keywordsOf(a);
    return (
      keywords.length === keywordsOf(b).length &&
      keywords.every(
        (keyword) =>
          Object.hasOwn(b, keyword) &&
          this.#compareKeyword(keyword, a[keyword] as Json, b[keyword] as Json, run),
      )
    );
  }

  #compareKeyword(keyword: string, one: Json, other: Json, run: Run): boolean {
    if (SETS.has(keyword)) return areSameSet([one].flat(), [other].flat());
    if (PLAIN.has(keyword)) return equal(one, other);
    if (Array.isArray(one) || Array.isArray(other)) {
      return (
        Array.isArray(one) &&
        Array.isArray(other) &&
        one.length === other.length &&
        one.every((item, index) => this.#compare(item, other[index] as Json, run))
      );
    }
    if (!MAPS.has(keyword)) return this.#compare(one, other, run);
    if (!isObject(one) || !isObject(other)) return false;
    const names = Object.keys(one);
    return (
      names.length === Object.keys(other).length &&
      names.every(
        (name) =>
          Object.hasOwn(other, name) &&
          this.#compareMember(one[name] as Json, other[name] as Json, run),
      )
    );
  }

  /** `dependencies` has lists of names beside schemas. */
  #compareMember(one: Json, other: Json, run: Run): boolean {
    return Array.isArray(one)
      ? Array.isArray(other) && areSameSet(one, other)
      : !Array.isArray(other) && this.#compare(one, other, run);
  }
}

/** One comparison: the pairs that it assumes to be the same. */
interface Run {
  readonly assumed: [object, object][];
  readonly pairs: Map<object, Set<object>>;
}

const MAPS: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependencies']);

function keywordsOf(schema: JsonObject): string[] {
  return Object.keys(schema).filter((keyword) => validationKeywords.has(keyword));
}

function isAnything(schema: Json): boolean {
  return schema === true || (isObject(schema) && keywordsOf(schema).length === 0);
}

function areSameSet(one: readonly Json[], other: readonly Json[]): boolean {
  if (one.length !== other.length) return false;
  if (one.some(isContainer) || other.some(isContainer)) return equal([...one], [...other]);
  const values = new Set(one);
  return other.every((value) => values.has(value));
}

function add(known: WeakMap<object, WeakSet<object>>, one: object, other: object): void {
  known.set(one, (known.get(one) ?? new WeakSet()).add(other));
}
