import { equal, isMultiple, unique } from '../generate/runtime/values.js';
import {
  _,
  Ajv,
  type Code,
  type CodeKeywordDefinition,
  type KeywordCxt,
  or,
  stringify,
  Type,
  type ValidateFunction,
} from '../spec/ajv.js';
import { knownFormats } from '../spec/formats.js';
import { isReference } from '../spec/grammar.js';
import type { Json, JsonObject, Schema, Spec } from '../spec/model.js';
import { isContainer, isObject } from '../spec/positions.js';
import { type Budget, coverageOf } from './coverage.js';
import { copySchema, pointerOfReference } from './schema-copy.js';
import { leftover, unevaluatedKeywords } from './unevaluated.js';

/** The schemas of a spec, ready to be compiled: validation keywords only, under tokens that are safe in code. */
export interface Definitions {
  /** Ajv's key of each schema, by its pointer. */
  readonly keyOf: (schema: Schema) => string;
  /** Copies a schema of the document, or one made of such, for a compiler that knows the definitions. */
  readonly copyOf: (schema: Json) => JsonObject | boolean;
  readonly root: { readonly $id: string; readonly definitions: JsonObject };
  /** Whether a schema names members that every object inherits, such as `constructor`. */
  readonly namesInherited: boolean;
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
    keyOf: ({ pointer }) => `spec#/definitions/${tokenAt(pointer)}`,
    copyOf: (schema) => copier.copyBeside(schema),
    root: { $id: 'spec', definitions },
    namesInherited: namesInherited(definitions),
    isDeep: hasCycle(edges) || holdsUniqueItems(definitions),
  };
}

/** How many schemas may be looked at for all `unevaluated…` keywords of a spec. */
const MAX_VISITS = 200_000;

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
      return { $ref: `#/definitions/${token}` };
    };
    return this.#copy(schema, this.#budget, use, (condition) => {
      const token = this.#conditions.get(condition) ?? `c${this.#conditions.size}`;
      this.#conditions.set(condition, token);
      return use(token);
    });
  }

  /** Copies a schema that is compiled beside the definitions. */
  copyBeside(schema: Json): JsonObject | boolean {
    const refer = (token: string) => ({ $ref: `spec#/definitions/${token}` });
    return this.#copy(schema, { visits: MAX_VISITS }, refer, (condition) => {
      const token = this.#conditions.get(condition);
      return token === undefined ? this.copyBeside(condition) : refer(token);
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

/**
 * Makes an Ajv that knows the definitions of a spec, for validation in memory or as source text.
 * It takes no inherited member for an own one, and compares values with the equality of
 * `generate/runtime/values.js`.
 */
export function ajvFor(definitions: Definitions, { source = false } = {}): Ajv {
  const ajv = new Ajv({
    // Looking up own members costs more than all else; only names that objects inherit need it, since
    // payloads are what JSON.parse makes.
    ownProperties: definitions.namesInherited,
    // The linter knows every keyword and format; what is left of Ajv's strictness is taste.
    strict: false,
    strictNumbers: true,
    validateSchema: false,
    // `minContains` and `maxContains`.
    next: true,
    messages: false,
    inlineRefs: true,
    logger: false,
    formats: { ...knownFormats },
    code: { source, esm: true, lines: source, formats: _`formats` },
  });
  for (const keyword of ['const', 'enum', 'multipleOf', 'contains', 'uniqueItems'])
    ajv.removeKeyword(keyword);
  for (const keyword of [
    constKeyword,
    enumKeyword,
    multipleOfKeyword,
    containsKeyword,
    uniqueItemsKeyword,
    ...unevaluatedKeywords,
  ])
    ajv.addKeyword(keyword);
  ajv.addSchema(definitions.root);
  return ajv;
}

/** Compiles the validator of one schema. */
export function validatorOf(ajv: Ajv, key: string): ValidateFunction {
  const validate = ajv.getSchema(key);
  if (validate === undefined) throw new Error(`no schema has the key ${key}`);
  return validate;
}

/** Ajv's own keyword divides in floating point, and takes 19.99 for no multiple of 0.01. */
const multipleOfKeyword: CodeKeywordDefinition = {
  keyword: 'multipleOf',
  type: 'number',
  schemaType: 'number',
  error: { message: '', params: ({ schema }) => _`{multipleOf: ${schema}}` },
  code(cxt: KeywordCxt) {
    const call = cxt.gen.scopeValue('func', {
      key: isMultiple,
      ref: isMultiple,
      code: _`isMultiple`,
    });
    cxt.fail(_`!${call}(${cxt.data}, ${cxt.schema as number})`);
  },
};

/**
 * Ajv's own keyword takes an empty list inside another for what was found in the list before it, and what comes after
 * `items` is not asked of an empty list.
 */
const containsKeyword: CodeKeywordDefinition = {
  keyword: 'contains',
  before: 'additionalItems',
  type: 'array',
  schemaType: ['object', 'boolean'],
  trackErrors: true,
  error: { message: '', params: ({ params }) => _`${params.limits}` },
  code(cxt: KeywordCxt) {
    const { gen, data } = cxt;
    const { minContains = 1, maxContains } = cxt.parentSchema as JsonObject;
    const count = gen.let('count', 0);
    const fits = gen.name('fits');
    gen.forRange('i', 0, _`${data}.length`, (index) => {
      const place = { dataProp: index, dataPropType: Type.Num };
      cxt.subschema({ keyword: 'contains', ...place, compositeRule: true }, fits);
      gen.if(fits, () => gen.code(_`${count}++`));
    });
    cxt.reset();
    const limits = { minContains, ...(maxContains === undefined ? {} : { maxContains }) };
    cxt.setParams({ limits: stringify(limits) });
    const tooMany = maxContains === undefined ? _`false` : _`${count} > ${Number(maxContains)}`;
    cxt.fail(or(_`${count} < ${Number(minContains)}`, tooMany));
  },
};

const uniqueItemsKeyword: CodeKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  code(cxt: KeywordCxt) {
    if (cxt.schema !== true) return;
    const call = cxt.gen.scopeValue('func', { key: unique, ref: unique, code: _`unique` });
    cxt.fail(_`!${call}(${cxt.data})`);
  },
};

const constKeyword: CodeKeywordDefinition = {
  keyword: 'const',
  error: { message: '', params: ({ schema }) => _`{allowedValue: ${stringify(schema)}}` },
  code(cxt: KeywordCxt) {
    cxt.fail(_`!(${isEqual(cxt, cxt.schema)})`);
  },
};

/** From how many constants on they are looked up rather than compared. */
const MANY_CONSTANTS = 20;

const enumKeyword: CodeKeywordDefinition = {
  keyword: 'enum',
  schemaType: 'array',
  error: { message: '', params: ({ schema }) => _`{allowedValues: ${stringify(schema)}}` },
  code(cxt: KeywordCxt) {
    const values = cxt.schema as Json[];
    if (values.length > MANY_CONSTANTS && !values.some(isContainer)) {
      const code = _`new Set(${stringify(values)})`;
      const set = cxt.gen.scopeValue('schema', { key: values, ref: new Set(values), code });
      cxt.fail(_`!${set}.has(${cxt.data})`);
      return;
    }
    const tests = values.map((value) => isEqual(cxt, value));
    cxt.fail(_`!(${tests.reduce((all, test) => _`${all} || ${test}`, _`false`)})`);
  },
};

/** Writes the test of the data against one constant of the schema. */
function isEqual(cxt: KeywordCxt, value: Json): Code {
  if (!isContainer(value)) return _`${cxt.data} === ${value}`;
  const call = cxt.gen.scopeValue('func', { key: equal, ref: equal, code: _`equal` });
  const constant = cxt.gen.scopeValue('schema', { key: value, ref: value, code: stringify(value) });
  return _`${call}(${cxt.data}, ${constant})`;
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

const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

function namesInherited(schema: Json): boolean {
  if (!isContainer(schema)) return false;
  if (Array.isArray(schema))
    return schema.some((item) => inherited.has(String(item)) || namesInherited(item));
  return Object.entries(schema).some(
    ([name, value]) => inherited.has(name) || namesInherited(value),
  );
}

function holdsUniqueItems(value: Json): boolean {
  if (!isContainer(value)) return false;
  if (isObject(value) && value.uniqueItems === true) return true;
  return Object.values(value).some(holdsUniqueItems);
}
