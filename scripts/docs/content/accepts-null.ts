import { isReference } from '../../spec/grammar.js';
import type { Json, JsonObject } from '../../spec/model.js';
import { isObject, listOf } from '../../spec/positions.js';
import { lookUpSchema } from '../../spec/references.js';

/** Tells of schemas whether they let null pass: by every keyword that judges it. */
export class NullTest {
  readonly #known = new Map<JsonObject, boolean>();

  constructor(private readonly document: JsonObject) {}

  accepts(schema: Json | undefined): boolean {
    if (!isObject(schema)) return schema !== false;
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    // What leads back to itself does not decide.
    this.#known.set(schema, true);
    const verdict = this.#judge(schema);
    this.#known.set(schema, verdict);
    return verdict;
  }

  #judge(schema: JsonObject): boolean {
    if (isReference(schema)) return this.accepts(lookUpSchema(this.document, schema.$ref));
    const { type, enum: values, const: constant, not, if: condition } = schema;
    const count = (list: Json | undefined) =>
      listOf(list).filter((one) => this.accepts(one)).length;
    const { allOf, anyOf, oneOf } = schema;
    return (
      (type === undefined || [type].flat().includes('null')) &&
      (!Array.isArray(values) || values.includes(null)) &&
      (constant === undefined || constant === null) &&
      count(allOf) === listOf(allOf).length &&
      (anyOf === undefined || count(anyOf) > 0) &&
      (oneOf === undefined || count(oneOf) === 1) &&
      (not === undefined || !this.accepts(not)) &&
      (condition === undefined || this.accepts(this.accepts(condition) ? schema.then : schema.else))
    );
  }
}
