import { isReference, type Kind, type Visited, walk } from './grammar.js';
import { pointerTokens } from './json-pointer.js';
import { isObject, type Json, type JsonObject, type Positions } from './positions.js';
import type { Dialect } from './schema-format.js';

/** One file of a document: where it really lies, and the tree that was read from it. */
export interface SourceTree {
  /** The real path, links resolved. */
  readonly path: string;
  readonly root: Json;
}

/** A value that a reference names, and where it stands. */
export interface Target {
  readonly tree: SourceTree;
  readonly tokens: readonly string[];
  readonly value: Json;
}

/**
 * A schema with an `$id`, or else an outermost one: what the references and anchors in it are relative to.
 * https://json-schema.org/draft/2020-12/json-schema-core#section-4.3.5
 */
export interface Resource {
  /** Its URI, without a fragment; below `document:` where no `$id` says more. */
  readonly base: string;
  readonly hasId: boolean;
  readonly root: Target;
  readonly anchors: Map<string, Target | 'several'>;
  /** Its `$dynamicAnchor`s. */
  readonly dynamicAnchors: Map<string, JsonObject>;
}

/** Where a schema stands. */
export interface SchemaPlace {
  readonly resource: Resource;
  readonly dialect: Dialect;
}

/** The base of what has no absolute URI. */
const NO_BASE = 'document:///';

/** Tells whether a URI is one that `$id`s gave, rather than the place of a file. */
export function isAbsolute(uri: string): boolean {
  return !uri.startsWith(NO_BASE);
}

/** Knows the schemas by their identifiers: `$id`, `$anchor`, `$dynamicAnchor`. Nothing that is data is one. */
export class Identifiers {
  readonly #places = new Map<JsonObject, SchemaPlace>();
  readonly #byUri = new Map<string, Resource | 'several'>();
  /** References that were `$dynamicRef`s, with the anchor that they name. */
  readonly dynamicReferences = new Map<JsonObject, string>();

  constructor(private readonly positions: Positions) {}

  /** Collects the identifiers of all schemas in a value. What 2020-12 allows beside `$ref` is put beside `allOf`. */
  collect(
    tree: SourceTree,
    value: JsonObject,
    { kind, pointer, dialect }: { kind: Kind; pointer: string; dialect: Dialect },
  ): void {
    walk(value, (place) => this.#visit(tree, place), kind, pointer, dialect);
  }

  /** Returns where a schema stands that was collected. */
  placeOf(schema: JsonObject): SchemaPlace | undefined {
    return this.#places.get(schema);
  }

  /** Returns the resource that a relative or absolute URI names; undefined where no schema of the document bears it. */
  resourceAt(base: string | undefined, uri: string): Resource | 'several' | undefined {
    const resolved = base === undefined ? undefined : resolveUri(base, uri);
    return resolved === undefined ? undefined : this.#byUri.get(resolved);
  }

  #visit(tree: SourceTree, { value, kind, holder, pointer, dialect }: Visited): void {
    if (kind !== 'schema' || !isObject(value) || this.#places.has(value)) return;
    if (dialect === '2020-12') this.#separateReference(value);
    const outer = holder === undefined ? undefined : this.#places.get(holder)?.resource;
    const root = () => ({ tree, tokens: pointerTokens(pointer), value });
    const resource = this.#resourceOf(value, outer, root, dialect);
    this.#places.set(value, { resource, dialect });
  }

  /** Returns the resource that a schema begins, or else the one that it belongs to. */
  #resourceOf(
    schema: JsonObject,
    outer: Resource | undefined,
    root: () => Target,
    dialect: Dialect,
  ): Resource {
    const make = (base: string, hasId: boolean): Resource => {
      return { base, hasId, root: root(), anchors: new Map(), dynamicAnchors: new Map() };
    };
    // Draft-07 ignores what stands beside `$ref`.
    if (isReference(schema)) return outer ?? make(NO_BASE, false);
    const [path = '', fragment = ''] = String(schema.$id ?? '').split('#');
    const uri = path === '' ? undefined : resolveUri(outer?.base ?? NO_BASE, path);
    const resource = uri === undefined ? (outer ?? make(NO_BASE, false)) : make(uri, true);
    if (uri !== undefined) this.#byUri.set(uri, this.#byUri.has(uri) ? 'several' : resource);
    const { $anchor, $dynamicAnchor } = schema;
    const names = dialect === 'draft-07' ? [fragment] : [$anchor, $dynamicAnchor];
    for (const name of new Set(names)) {
      if (typeof name !== 'string' || name === '') continue;
      resource.anchors.set(name, resource.anchors.has(name) ? 'several' : root());
    }
    if (dialect === '2020-12' && typeof $dynamicAnchor === 'string') {
      resource.dynamicAnchors.set($dynamicAnchor, schema);
    }
    return resource;
  }

  /**
   * Makes references of a schema of 2020-12 stand alone, as draft-07 has them: what judges beside one is judged beside
   * an `allOf` that holds it.
   */
  #separateReference(schema: JsonObject): void {
    for (const keyword of ['$ref', '$dynamicRef']) {
      const uri = Object.hasOwn(schema, keyword) ? schema[keyword] : undefined;
      if (typeof uri !== 'string') continue;
      const isAlone = Object.keys(schema).every(
        (other) => other === keyword || ANNOTATION.test(other),
      );
      let reference = schema;
      if (!isAlone) {
        reference = {};
        this.positions.copyNode(schema, reference);
        const { allOf } = schema;
        schema.allOf = Array.isArray(allOf) ? [...allOf, reference] : [reference];
        if (isObject(allOf) || Array.isArray(allOf)) this.positions.copyNode(allOf, schema.allOf);
      }
      this.positions.copyEntry(schema, reference, keyword, '$ref');
      delete schema[keyword];
      reference.$ref = uri;
      const [, fragment = ''] = uri.split('#');
      if (keyword === '$dynamicRef' && fragment !== '' && !fragment.startsWith('/'))
        this.dynamicReferences.set(reference, fragment);
    }
  }
}

/** What may stand beside a reference without a meaning for validation. */
const ANNOTATION =
  /^(?:title|description|\$comment|default|examples|deprecated|readOnly|writeOnly|x-.*)$/;

/** Resolves a URI against another one, fragments apart. https://www.rfc-editor.org/rfc/rfc3986#section-5.2 */
export function resolveUri(base: string, uri: string): string | undefined {
  try {
    return new URL(uri, base).href;
  } catch {
    return undefined;
  }
}
