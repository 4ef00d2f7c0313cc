import { type Problem, problem } from '../problems/problem.js';
import { isReference, walk } from './grammar.js';
import type { Identifiers } from './identifiers.js';
import { joinPointer, pointerTokens } from './json-pointer.js';
import {
  isContainer,
  isObject,
  type Json,
  type JsonObject,
  ownObject,
  type Positions,
} from './positions.js';
import { modernFormat } from './schema-format.js';

type Reference = JsonObject & { $ref: string };

/** The `$dynamicAnchor`s in scope: of each name, the outermost schema that bears it. */
type Scope = ReadonlyMap<string, JsonObject>;

/** How many objects may be copied, so that a document can't multiply itself. */
const MAX_COPIED = 20_000;

/**
 * Makes plain references of the `$dynamicRef`s of a bundled document. What such a reference names depends on the way
 * that led to it, so a schema that is reached by several ways becomes as many: those beyond its own place are copies
 * among the components. `targetOf` follows a local reference by one step.
 * https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2
 */
export function resolveDynamicReferences(
  document: JsonObject,
  identifiers: Identifiers,
  positions: Positions,
  targetOf: ($ref: string) => Json | undefined,
): Problem[] {
  const names = new Map<JsonObject, string>();
  for (const [reference, name] of identifiers.dynamicReferences) {
    const target = targetOf(String(reference.$ref));
    // What names no such anchor at first is an ordinary reference.
    if (isObject(target) && target.$dynamicAnchor === name) names.set(reference, name);
  }
  if (names.size === 0) return [];
  return new Resolver(document, identifiers, positions, targetOf, names).run();
}

class Resolver {
  readonly #pointers = new Map<JsonObject, string>();
  /** The scope in which each schema stands at its own place. */
  readonly #natural = new Map<JsonObject, Scope>();
  readonly #targets = new Map<JsonObject, JsonObject>();
  /** The names whose meaning matters to each schema, with all that it leads to. */
  readonly #reach = new Map<JsonObject, Set<string>>();
  /** The reference to each schema in each scope. */
  readonly #made = new Map<JsonObject, Map<string, string>>();
  readonly #numbers = new Map<JsonObject, number>();
  /** What each object of a copy was copied from. */
  readonly #originals = new Map<JsonObject, JsonObject>();
  readonly #pending: { copy: JsonObject; scope: Scope }[] = [];
  #copied = 0;

  constructor(
    private readonly document: JsonObject,
    private readonly identifiers: Identifiers,
    private readonly positions: Positions,
    private readonly targetOf: ($ref: string) => Json | undefined,
    private readonly names: ReadonlyMap<JsonObject, string>,
  ) {}

  run(): Problem[] {
    this.#survey();
    for (const [reference] of this.#targets) {
      this.#redirect(reference as Reference, reference, this.#natural.get(reference) ?? new Map());
    }
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      if (this.#copied > MAX_COPIED) {
        const place = this.positions.ofNode(this.document, '');
        return [problem('schema.too-large', {}, ...(place === undefined ? [] : [place]))];
      }
      this.#redirectAll(next.copy, next.scope);
    }
    return [];
  }

  /** Finds where schemas stand, in which scope, where references lead, and what matters to each. */
  #survey(): void {
    const users = new Map<JsonObject, JsonObject[]>();
    const uses = (user: JsonObject, used: JsonObject) =>
      users.set(used, [...(users.get(used) ?? []), user]);
    const anchors = new Map<string, Set<JsonObject>>();
    walk(this.document, ({ value, kind, pointer, holder }) => {
      if (kind !== 'schema' || !isObject(value) || this.#pointers.has(value)) return;
      this.#pointers.set(value, pointer);
      const outer = holder === undefined ? undefined : this.#natural.get(holder);
      this.#natural.set(value, this.#enter(outer ?? new Map(), value));
      if (holder !== undefined && outer !== undefined) uses(holder, value);
      const { $dynamicAnchor: name } = value;
      if (typeof name === 'string') anchors.set(name, (anchors.get(name) ?? new Set()).add(value));
      const target = isReference(value) ? this.targetOf(value.$ref) : undefined;
      if (isObject(target)) this.#targets.set(value, target);
    });
    for (const [reference, target] of this.#targets) {
      const name = this.names.get(reference);
      const targets = name === undefined ? [target] : [target, ...(anchors.get(name) ?? [])];
      for (const one of targets) uses(reference, one);
    }
    for (const [reference, name] of this.names) this.#spread(reference, name, users);
  }

  /** Notes that the meaning of a name matters to a schema, and so to all that lead to it. */
  #spread(
    start: JsonObject,
    name: string,
    users: ReadonlyMap<JsonObject, readonly JsonObject[]>,
  ): void {
    const todo = [start];
    for (let schema = todo.pop(); schema !== undefined; schema = todo.pop()) {
      const known = this.#reach.get(schema) ?? new Set();
      if (known.has(name)) continue;
      this.#reach.set(schema, known.add(name));
      todo.push(...(users.get(schema) ?? []));
    }
  }

  /** Returns the scope inside a schema: its resource's anchors are added to those that are further out. */
  #enter(scope: Scope, schema: JsonObject): Scope {
    const own = this.identifiers.placeOf(schema)?.resource.dynamicAnchors ?? [];
    const added = [...own].filter(([name]) => !scope.has(name));
    return added.length === 0 ? scope : new Map([...scope, ...added]);
  }

  /** Points all references in a copy to what they name in its scope. */
  #redirectAll(copy: JsonObject, scope: Scope): void {
    const scopes = new Map<JsonObject, Scope>();
    walk(
      copy,
      ({ value, holder }) => {
        const original = isObject(value) ? this.#originals.get(value) : undefined;
        if (!isObject(value) || original === undefined) return;
        const outer = (holder === undefined ? undefined : scopes.get(holder)) ?? scope;
        const inner = this.#enter(outer, original);
        scopes.set(value, inner);
        if (isReference(value)) this.#redirect(value, original, inner);
      },
      'schema',
      '',
      '2020-12',
    );
  }

  #redirect(reference: Reference, original: JsonObject, scope: Scope): void {
    const first = this.#targets.get(original);
    if (first === undefined) return;
    const name = this.names.get(original);
    const target = (name === undefined ? undefined : scope.get(name)) ?? first;
    reference.$ref = this.#referenceTo(target, this.#enter(scope, target));
  }

  /** Returns the reference to a schema in a scope: to its own place, or to a copy. */
  #referenceTo(target: JsonObject, scope: Scope): string {
    const key = this.#keyOf(target, scope);
    if (key === this.#keyOf(target, this.#natural.get(target) ?? new Map()))
      return `#${this.#pointers.get(target)}`;
    const made = this.#made.get(target) ?? new Map<string, string>();
    this.#made.set(target, made);
    const reference = made.get(key) ?? this.#copy(target, scope);
    made.set(key, reference);
    return reference;
  }

  /** Returns the same text for scopes in which a schema has the same meaning. */
  #keyOf(target: JsonObject, scope: Scope): string {
    const names = [...(this.#reach.get(target) ?? [])].sort();
    return names
      .map((name) => {
        const bearer = scope.get(name);
        if (bearer === undefined) return '';
        const number = this.#numbers.get(bearer) ?? this.#numbers.size;
        this.#numbers.set(bearer, number);
        return number;
      })
      .join();
  }

  /** Copies a schema to a place among the components, under a name made of its own and the outermost anchor's. */
  #copy(target: JsonObject, scope: Scope): string {
    const copy = this.#clonedObject(target);
    const named = [...(this.#reach.get(target) ?? [])].map((name) => scope.get(name));
    const stem = [target, ...named.filter((one) => one !== undefined).slice(0, 1)]
      .map((schema) => nameOf(this.#pointers.get(schema) ?? ''))
      .join('.of.');
    const components = ownObject(this.document, 'components');
    const held = ownObject(components, 'schemas');
    let key = stem;
    for (let count = 2; Object.hasOwn(held, key); count += 1) key = `${stem}.${count}`;
    held[key] = { schemaFormat: modernFormat, schema: copy };
    this.#pending.push({ copy, scope });
    return `#${joinPointer('', 'components', 'schemas', key)}`;
  }

  #cloned(value: Json): Json {
    if (!isContainer(value)) return value;
    this.#copied += 1;
    if (Array.isArray(value)) {
      const list = value.map((item) => this.#cloned(item));
      this.positions.copyNode(value, list);
      return list;
    }
    return this.#clonedObject(value);
  }

  #clonedObject(value: JsonObject): JsonObject {
    const copy: JsonObject = {};
    for (const [name, held] of Object.entries(value)) copy[name] = this.#cloned(held);
    this.positions.copyNode(value, copy);
    this.#originals.set(copy, value);
    return copy;
  }
}

/** Returns the last name on a pointer that someone gave. */
function nameOf(pointer: string): string {
  const given = pointerTokens(pointer).filter((token) => !PLACES.has(token));
  return (given.at(-1) ?? 'schema').replace(/[^\w.-]+/g, '.');
}

const PLACES: ReadonlySet<string> = new Set(['payload', 'headers', 'schema', 'allOf', '0']);
