import { realpathSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Location, Problem } from '../problems/problem.js';
import { problem } from '../problems/problem.js';
import { ComponentHolders } from './component-holders.js';
import { resolveDynamicReferences } from './dynamic-references.js';
import {
  componentSection,
  isReference,
  type Kind,
  mayBeReference,
  placesIn,
  type Visited,
  walk,
} from './grammar.js';
import {
  Identifiers,
  isAbsolute,
  type Resource,
  resolveUri,
  type SourceTree,
  type Target,
} from './identifiers.js';
import { joinPointer, pointerTokens } from './json-pointer.js';
import {
  isContainer,
  isObject,
  type Json,
  type JsonObject,
  member,
  ownObject,
  type Positions,
} from './positions.js';
import { isBelow } from './read-file.js';
import { type Dialect, modernFormat, opened } from './schema-format.js';

export type { SourceTree } from './identifiers.js';

/** Reads a further file of the document, by its real path. */
export type ReadTree = (
  path: string,
) => { tree: SourceTree; problems?: undefined } | { tree?: undefined; problems: Problem[] };

/**
 * Bundles a document: what its references name in other files of its folder, or where no such object stands
 * (in an extension, say), moves into `components`, and every reference becomes a local one. References are kept, never replaced by what they name, so the
 * result is no larger than the files. The trees are changed in place and keep their positions.
 * A reference that leads to another host, outside the folder, nowhere, to an object of another kind or back to
 * itself is a problem.
 */
export function bundle(main: SourceTree, positions: Positions, read: ReadTree): Problem[] {
  return new Bundler(main, positions, read).run();
}

/** Follows a local reference through the bundled document; undefined where it leads nowhere or around in circles. */
export function follow(document: JsonObject, value: Json): Json | undefined {
  let target: Json | undefined = value;
  const seen = new Set<Json>();
  while (isReference(target)) {
    if (seen.has(target)) return undefined;
    seen.add(target);
    target = lookUpSchema(document, target.$ref);
  }
  return target;
}

/** Returns what a local reference names, as `lookUp` does; of a wrapper with `schema`, what is in it. */
export function lookUpSchema(document: JsonObject, $ref: string): Json | undefined {
  const target = lookUp(document, $ref);
  return target === undefined ? undefined : opened(target);
}

/** Returns what a local reference of the bundled document names, itself perhaps a reference. */
export function lookUp(document: JsonObject, $ref: string): Json | undefined {
  if (!$ref.startsWith('#/')) return undefined;
  return pointerTokens($ref.slice(1)).reduce<Json | undefined>(
    (node, token) => member(node, token),
    document,
  );
}

type Reference = JsonObject & { $ref: string };

/** How many references one may lead through on the way to what it names. */
const MAX_PASSED = 100;

/** What stands somewhere, and where: the kind of object, a pointer, and the dialect of schemas there. */
interface Place {
  readonly kind: Kind;
  readonly pointer: string;
  readonly dialect: Dialect;
}

/** Schemas of any format stand where plain ones do. */
const family = (kind: Kind): Kind => (kind === 'multiFormatSchema' ? 'schema' : kind);

class Bundler {
  readonly #problems: Problem[] = [];
  readonly #trees = new Map<string, SourceTree>();
  /** References that are known to lead to something. */
  readonly #ending = new Set<Json>();
  /** References that lead into a loop that was reported. */
  readonly #looping = new Set<Json>();
  /** References that were rewritten already, for a kind: they lead from the main file's root, wherever they stand. */
  readonly #rewritten = new Map<Json, Kind>();
  /** The kinds of objects that each value of the main file stands for where it stands. */
  readonly #natural = new Map<Json, Set<Kind>>();
  readonly #identifiers: Identifiers;
  readonly #pending: (Place & { tree: SourceTree; value: JsonObject })[] = [];
  /** The component that a value became which stood in another file, or in no place for its kind. */
  readonly #moved = new Map<Json, Map<string, string>>();
  /** The files of references that moved into the document, which they are read in the light of. */
  readonly #homes = new Map<Json, SourceTree>();
  readonly #base: string;
  readonly #holders: ComponentHolders;

  constructor(
    private readonly main: SourceTree,
    private readonly positions: Positions,
    private readonly read: ReadTree,
  ) {
    this.#trees.set(main.path, main);
    this.#base = dirname(main.path);
    this.#identifiers = new Identifiers(positions);
    this.#holders = new ComponentHolders(main.root);
  }

  run(): Problem[] {
    const root = this.main.root;
    if (!isObject(root)) return [];
    this.#identifiers.collect(this.main, root, { kind: 'root', pointer: '', dialect: 'draft-07' });
    const listed = placesIn(root);
    for (const { value, kind } of listed)
      this.#natural.set(value, (this.#natural.get(value) ?? new Set()).add(family(kind)));
    this.#rewriteAll(this.main, listed);
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop())
      this.#rewriteAll(next.tree, placesIn(next.value, next));
    if (this.#problems.length > 0) return this.#problems;
    return resolveDynamicReferences(root, this.#identifiers, this.positions, ($ref) =>
      lookUpSchema(root, $ref),
    );
  }

  /** Rewrites the references among what was listed of one file: what moves into the document meanwhile is of another. */
  #rewriteAll(tree: SourceTree, places: readonly Visited[]): void {
    for (const { value, ...place } of places)
      if (isReference(value) && mayBeReference(place.kind)) this.#rewrite(tree, value, place);
  }

  /** Makes a reference a local one, to a place that stands for objects of the kind that it needs. */
  #rewrite(tree: SourceTree, reference: Reference, { kind, pointer, dialect }: Place): void {
    if (this.#rewritten.get(reference) === family(kind)) return;
    const target = this.#resolve(tree, reference, pointer);
    if (target === undefined) return;
    const isHere = target.tree === this.main;
    const kinds = isHere ? this.#natural.get(target.value) : undefined;
    const isMisfit = isContainer(target.value)
      ? (kinds !== undefined && !kinds.has(family(kind))) ||
        (isHere && kinds === undefined && this.#holders.has(target.value))
      : family(kind) !== 'schema' || typeof target.value !== 'boolean';
    if (isMisfit) {
      const place = this.positions.ofEntry(
        reference,
        '$ref',
        'value',
        joinPointer(pointer, '$ref'),
      );
      const reason = `it does not name a ${kind}`;
      this.#report(
        problem('reference.broken', { reference: reference.$ref, reason }, ...places(place)),
      );
      return;
    }
    this.#rewritten.set(reference, family(kind));
    const stays = isHere && (kinds !== undefined || !isContainer(target.value));
    reference.$ref = stays
      ? `#${joinPointer('', ...target.tokens)}`
      : this.#move(target, kind, dialect);
  }

  /** Finds what a reference names, one step far; reports a chain of references that never ends, once. */
  #resolve(tree: SourceTree, reference: Reference, pointer: string): Target | undefined {
    const place = this.positions.ofEntry(reference, '$ref', 'value', joinPointer(pointer, '$ref'));
    const first = this.#lookUp(tree, reference, place, new Set([reference]));
    const chain = new Map<Json, Location | undefined>([[reference, place]]);
    for (let target = first; target !== undefined && isReference(target.value); ) {
      if (this.#ending.has(target.value)) break;
      if (this.#looping.has(target.value)) return undefined;
      const at = joinPointer('', ...target.tokens, '$ref');
      if (chain.has(target.value)) {
        this.#reportLoop(target.value, chain);
        return undefined;
      }
      chain.set(target.value, this.positions.ofEntry(target.value, '$ref', 'value', at));
      target = this.#lookUp(target.tree, target.value, undefined, new Set());
    }
    for (const one of chain.keys()) this.#ending.add(one);
    return first;
  }

  /** Reports a loop of references, which begins again at `start`, where its first one stands. */
  #reportLoop(start: Reference, chain: ReadonlyMap<Json, Location | undefined>): void {
    const members = [...chain.keys()];
    const loop = members.slice(members.indexOf(start)).filter(isReference);
    for (const one of chain.keys()) this.#looping.add(one);
    const [first] = loop
      .flatMap((one) => ({ one, place: chain.get(one) }))
      .sort((a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0));
    const reference = first?.one.$ref ?? start.$ref;
    this.#report(problem('reference.loop', { reference }, ...places(first?.place)));
  }

  /** Finds the value that a reference names; problems are reported at `place`, or not at all where there is none. */
  #lookUp(
    home: SourceTree,
    reference: Reference,
    place: Location | undefined,
    passed: Set<Json>,
  ): Target | undefined {
    const { $ref } = reference;
    const isLocal = this.#rewritten.has(reference);
    const tree = isLocal ? this.main : (this.#homes.get(reference) ?? home);
    const report = (found: Problem) => {
      if (place !== undefined) this.#report(found);
    };
    const broken = (reason: string) => {
      report(problem('reference.broken', { reference: $ref, reason }, ...places(place)));
      return undefined;
    };
    const [file = '', fragment = ''] = splitOnce($ref, '#');
    const path = decode(file);
    const decoded = decode(fragment);
    if (path === undefined || decoded === undefined || path.includes('\0'))
      return broken('it is not well formed');
    const schema = isLocal ? undefined : this.#identifiers.placeOf(reference);
    const named =
      file === '' ? schema?.resource : this.#identifiers.resourceAt(schema?.resource.base, file);
    if (named === 'several') return broken('several schemas have this $id');
    if (named !== undefined && (file !== '' || named.hasId || isAnchor(decoded))) {
      const found = this.#within(named, decoded, passed);
      if (found === 'several') return broken('several schemas have this anchor');
      if (found !== undefined) return found;
      if (file !== '') return broken('it does not exist');
    }
    const base = schema?.resource.base;
    const isRelativeToId = base !== undefined && isAbsolute(base) && file !== '';
    if (isRelativeToId || /^[a-z][a-z0-9+.-]*:/i.test(file) || file.startsWith('//')) {
      const uri = isRelativeToId ? (resolveUri(base, $ref) ?? $ref) : $ref;
      report(problem('reference.remote', { reference: uri }, ...places(place)));
      return undefined;
    }
    const target = path === '' ? tree : this.#open(tree, path, $ref, place, report);
    if (target === undefined) return undefined;
    if (schema !== undefined) this.#collect(target, target.root, [], schema.dialect);
    if (isAnchor(decoded)) {
      const whole = isObject(target.root)
        ? this.#identifiers.placeOf(target.root)?.resource
        : undefined;
      const found = whole === undefined ? undefined : this.#within(whole, decoded, passed);
      if (found === 'several') return broken('several schemas have this anchor');
      return found ?? broken('its fragment is neither a JSON Pointer nor the name of an anchor');
    }
    const whole: Target = { tree: target, tokens: [], value: target.root };
    const found = this.#descend(whole, pointerTokens(decoded), passed);
    if (found !== undefined) return found;
    const isFar = passed.size > MAX_PASSED;
    return broken(isFar ? `it leads through more than ${MAX_PASSED} others` : 'it does not exist');
  }

  /** Finds what a fragment names in a schema resource. */
  #within(
    { root, anchors }: Resource,
    fragment: string,
    passed: Set<Json>,
  ): Target | 'several' | undefined {
    return isAnchor(fragment)
      ? anchors.get(fragment)
      : this.#descend(root, pointerTokens(fragment), passed);
  }

  /** Collects the identifiers of a schema that stands in another file, or where no schema is expected. */
  #collect(tree: SourceTree, value: Json, tokens: readonly string[], dialect: Dialect): void {
    if (tree === this.main && tokens.length === 0) return;
    if (!isObject(value) || this.#identifiers.placeOf(value) !== undefined) return;
    const pointer = joinPointer('', ...tokens);
    this.#identifiers.collect(tree, value, { kind: 'schema', pointer, dialect });
  }

  /** Walks down to a value, own members only, through references on the way; those that it `passed` are added. */
  #descend(start: Target, tokens: readonly string[], passed: Set<Json>): Target | undefined {
    let at = start;
    for (const token of tokens) {
      if (isReference(at.value) && !Object.hasOwn(at.value, token)) {
        if (passed.has(at.value) || passed.size > MAX_PASSED) return undefined;
        passed.add(at.value);
        const through = this.#lookUp(at.tree, at.value, undefined, passed);
        if (through === undefined) return undefined;
        at = through;
      }
      const value = member(at.value, token);
      if (value === undefined) return undefined;
      at = { tree: at.tree, tokens: [...at.tokens, token], value };
    }
    return at;
  }

  #open(
    from: SourceTree,
    path: string,
    reference: string,
    place: Location | undefined,
    report: (found: Problem) => void,
  ): SourceTree | undefined {
    const outside = () => {
      report(problem('reference.outside', { reference }, ...places(place)));
      return undefined;
    };
    const wanted = resolve(dirname(from.path), path);
    // Refused by its name first, so that nothing tells whether a file outside exists.
    if (path.startsWith('/') || path.includes('\\') || !isBelow(this.#base, wanted))
      return outside();
    let real: string;
    try {
      real = realpathSync(wanted);
    } catch {
      report(
        problem(
          'reference.broken',
          { reference, reason: 'there is no such file' },
          ...places(place),
        ),
      );
      return undefined;
    }
    if (!isBelow(this.#base, real)) return outside();
    const known = this.#trees.get(real);
    if (known !== undefined) return known;
    const { tree, problems } = this.read(real);
    if (tree === undefined) {
      for (const found of problems)
        this.#report({ ...found, locations: [...found.locations, ...places(place)] });
      return undefined;
    }
    this.#trees.set(real, tree);
    return tree;
  }

  /** Gives a value a place among the components, under a name made of its own; returns its reference. */
  #move(target: Target, kind: Kind, dialect: Dialect): string {
    const isModern = kind === 'schema' && dialect === '2020-12';
    const meaning = isModern ? dialect : kind;
    const known = this.#moved.get(target.value)?.get(meaning);
    if (known !== undefined) return known;
    if (kind === 'schema') this.#collect(target.tree, target.value, target.tokens, dialect);
    const section = componentSection[kind] ?? 'schemas';
    const held = ownObject(ownObject(this.main.root as JsonObject, 'components'), section);
    const file = relative(this.#base, target.tree.path);
    const name =
      candidateKeys(file, target.tokens).find((candidate) => !Object.hasOwn(held, candidate)) ??
      `${file}#${joinPointer('', ...target.tokens)}`;
    const wrapper = { schemaFormat: modernFormat, schema: target.value };
    held[name] = isModern ? wrapper : target.value;
    const reference = `#${joinPointer('', 'components', section, name)}`;
    if (isContainer(target.value)) {
      const moved = this.#moved.get(target.value) ?? new Map();
      this.#moved.set(target.value, moved.set(meaning, reference));
    }
    if (isObject(target.value)) {
      const remember = ({ value }: { value: Json }) => {
        if (isReference(value) && !this.#homes.has(value)) this.#homes.set(value, target.tree);
      };
      walk(target.value, remember, kind, '', dialect);
      const pointer = `${reference.slice(1)}${isModern ? '/schema' : ''}`;
      this.#pending.push({ tree: target.tree, value: target.value, kind, pointer, dialect });
    }
    return reference;
  }

  #report(found: Problem): void {
    if (this.#problems.length < 50) this.#problems.push(found);
  }
}

/** Names to try for a value of another file: its own, its file's and its own, its whole path. */
function candidateKeys(file: string, tokens: readonly string[]): string[] {
  const stem = file.replace(/^.*[\\/]/, '').replace(/\.(asyncapi\.)?(yaml|yml|json)$/i, '');
  const last = tokens.at(-1);
  const names =
    last === undefined ? [stem, file] : [last, `${stem}.${last}`, [file, ...tokens].join('.')];
  return names
    .map((name) => name.replace(/[^\p{L}\p{M}\p{N}_.-]+/gu, '.'))
    .filter((name) => name !== '__proto__' && /[\p{L}\p{N}]/u.test(name));
}

/** Tells whether a fragment is a plain name. https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.2 */
function isAnchor(fragment: string): boolean {
  return fragment !== '' && !fragment.startsWith('/');
}

function places(place: Location | undefined): Location[] {
  return place === undefined ? [] : [place];
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
