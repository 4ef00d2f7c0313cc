import { isReference } from '../spec/grammar.js';
import type { Json, JsonObject, Schema, Spec } from '../spec/model.js';
import { isContainer, isObject } from '../spec/positions.js';
import { type Budget, coverageOf } from './coverage.js';
import { leftover } from './leftover.js';
import { copySchema, pointerOfReference, referenceTo } from './schema-copy.js';

/** The schemas of a spec, ready to be compiled: validation keywords only, under tokens that are safe in code. */
export interface Definitions {
  /** Returns the token of a schema's definition. */
  readonly tokenOf: (schema: Schema) => string;
  /** Copies a schema of the document, or one made of such, for a compiler that knows the definitions. */
  readonly copyOf: (schema: Json) => JsonObject | boolean;
  /** The copies, by their tokens. */
  readonly definitions: JsonObject;
  /** Whether values must be checked for depth first: a schema refers to itself, or compares whole items. */
  readonly isDeep: boolean;
}

/** Copies a spec's schemas for a compiler. */
export function definitionsOf(spec: Spec): Definitions {
  const tokens = new Map(spec.schemas.map(({ pointer }, index) => [pointer, `s${index}`]));
  const ends = aliasEnds(spec);
  const tokenAt = (pointer: string): string => {
    const token = tokens.get(ends.get(pointer) ?? pointer);
    if (token === undefined) throw new Error(`no schema stands at ${pointer}`);
    return token;
  };
  const definitions: JsonObject = {};
  const edges = new Map<string, string[]>();
  const copier = new Copier(spec, tokenAt);
  for (const schema of spec.schemas) {
    if (ends.has(schema.pointer)) continue;
    const token = tokenAt(schema.pointer);
    const uses: string[] = [];
    definitions[token] = copier.copy(schema.json, uses);
    edges.set(token, uses);
  }
  copier.addConditions(definitions, edges);
  return {
    tokenOf: ({ pointer }) => tokenAt(pointer),
    copyOf: (schema) => copier.copyBeside(schema),
    definitions,
    isDeep: hasCycle(edges) || holdsUniqueItems(definitions),
  };
}

/** How many schemas may be looked at for all `unevaluated…` keywords of a spec. */
const MAX_VISITS = 20_000;

/** Copies schemas for the compiler, with what `unevaluated…` keywords have to know. */
class Copier {
  /** The schemas that are conditions of `unevaluated…` keywords, and the definition of each. */
  readonly #conditions = new Map<Json, string>();
  readonly #byPointer: ReadonlyMap<string, Json>;
  readonly #budget: Budget = { visits: MAX_VISITS };

  constructor(
    spec: Spec,
    private readonly tokenAt: (pointer: string) => string,
  ) {
    this.#byPointer = new Map(spec.schemas.map(({ pointer, json }) => [pointer, json]));
  }

  /** Copies a schema that becomes a definition itself; notes the definitions that it refers to. */
  copy(schema: Json, uses: string[]): JsonObject | boolean {
    const use = (token: string) => {
      uses.push(token);
      return referenceTo(token);
    };
    return this.#copy(schema, this.#budget, use, (condition) => {
      const token = this.#conditions.get(condition) ?? `c${this.#conditions.size}`;
      this.#conditions.set(condition, token);
      return use(token);
    });
  }

  /** Copies a schema that is compiled beside the definitions. */
  copyBeside(schema: Json): JsonObject | boolean {
    return this.#copy(schema, { visits: MAX_VISITS }, referenceTo, (condition) => {
      const token = this.#conditions.get(condition);
      return token === undefined ? this.copyBeside(condition) : referenceTo(token);
    });
  }

  /** Adds the definitions of all conditions, and of the conditions in them. */
  addConditions(definitions: JsonObject, edges: Map<string, string[]>): void {
    // Copying one may find more, which this loop comes to.
    for (const [condition, token] of this.#conditions) {
      const uses: string[] = [];
      definitions[token] = this.copy(condition, uses);
      edges.set(token, uses);
    }
  }

  #copy(
    schema: Json,
    budget: Budget,
    refer: (token: string) => JsonObject,
    conditionOf: (condition: Json) => JsonObject | boolean,
  ): JsonObject | boolean {
    const reference = ($ref: string) => refer(this.tokenAt(pointerOfReference($ref)));
    const decorate = (made: JsonObject, original: JsonObject): void => {
      for (const about of ['properties', 'items'] as const) {
        const keyword = about === 'items' ? 'unevaluatedItems' : 'unevaluatedProperties';
        if (!Object.hasOwn(original, keyword)) continue;
        const { sources, conditions } = coverageOf(
          original,
          about,
          (one) => this.#resolve(one),
          budget,
        );
        const rest = copySchema(original[keyword] as Json, reference, decorate);
        made[keyword] = leftover(rest, sources, conditions.map(conditionOf));
      }
    };
    return copySchema(schema, reference, decorate);
  }

  #resolve(schema: Json): Json {
    let target = schema;
    // The reader has found loops.
    while (isReference(target)) target = this.#byPointer.get(target.$ref.slice(1)) ?? true;
    return target;
  }
}

/** Returns, for schemas that are nothing but a reference, the pointer of the schema at the end of the chain. */
function aliasEnds(spec: Spec): Map<string, string> {
  const next = new Map<string, string>();
  for (const { pointer, json } of spec.schemas) {
    if (isReference(json)) next.set(pointer, pointerOfReference(json.$ref));
  }
  const ends = new Map<string, string>();
  for (const start of next.keys()) {
    const passed: string[] = [];
    let at = start;
    for (
      let to = ends.get(at) ?? next.get(at);
      to !== undefined;
      to = ends.get(at) ?? next.get(at)
    ) {
      passed.push(at);
      at = to;
    }
    for (const one of passed) ends.set(one, at);
  }
  return ends;
}

/** Tells whether a graph leads back to where it started, anywhere. */
function hasCycle(edges: ReadonlyMap<string, readonly string[]>): boolean {
  const state = new Map<string, 'open' | 'done'>();
  const stack: { node: string; next: number }[] = [];
  for (const start of edges.keys()) {
    if (state.has(start)) continue;
    stack.push({ node: start, next: 0 });
    state.set(start, 'open');
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const target = edges.get(top.node)?.[top.next];
      top.next += 1;
      if (target === undefined) {
        state.set(top.node, 'done');
        stack.pop();
      } else if (state.get(target) === 'open') {
        return true;
      } else if (!state.has(target)) {
        state.set(target, 'open');
        stack.push({ node: target, next: 0 });
      }
    }
  }
  return false;
}

function holdsUniqueItems(value: Json): boolean {
  if (!isContainer(value)) return false;
  if (isObject(value) && value.uniqueItems === true) return true;
  return Object.values(value).some(holdsUniqueItems);
}
