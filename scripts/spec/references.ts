import { realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Location, Problem } from '../problems/problem.js';
import { problem } from '../problems/problem.js';
import { componentSection, isReference, type Kind, walk } from './grammar.js';
import { joinPointer, pointerTokens } from './json-pointer.js';
import {
  isContainer,
  isObject,
  type Json,
  type JsonObject,
  member,
  type Positions,
} from './positions.js';

/** One file of a document: where it really lies, and the tree that was read from it. */
export interface SourceTree {
  /** The real path, links resolved. */
  readonly path: string;
  readonly root: Json;
}

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
    target = lookUp(document, target.$ref);
  }
  return target;
}

/** Returns what a local reference of the bundled document names, itself perhaps a reference. */
export function lookUp(document: JsonObject, $ref: string): Json | undefined {
  if (!$ref.startsWith('#/')) return undefined;
  return pointerTokens($ref.slice(1)).reduce<Json | undefined>(
    (node, token) => member(node, token),
    document,
  );
}

/** Something that a reference named, with the kind of object it is to be. */
interface Target {
  readonly tree: SourceTree;
  readonly tokens: readonly string[];
  readonly value: Json;
}

type Reference = JsonObject & { $ref: string };

/** Schemas of any format stand where plain ones do. */
const family = (kind: Kind): Kind => (kind === 'multiFormatSchema' ? 'schema' : kind);

class Bundler {
  readonly #problems: Problem[] = [];
  readonly #trees = new Map<string, SourceTree>();
  /** References that are known to lead to something. */
  readonly #ending = new Set<Json>();
  /** References that lead into a loop that was reported. */
  readonly #looping = new Set<Json>();
  /** References that were rewritten already: they lead from the main file's root, wherever they stand. */
  readonly #rewritten = new Set<Json>();
  /** The kinds of objects that each value of the main file stands for where it stands. */
  readonly #natural = new Map<Json, Set<Kind>>();
  readonly #pending: { tree: SourceTree; value: JsonObject; kind: Kind; pointer: string }[] = [];
  /** The component that a value became which stood in another file, or in no place for its kind. */
  readonly #moved = new Map<Json, Map<Kind, string>>();
  /** The files of references that moved into the document, which they are read in the light of. */
  readonly #homes = new Map<Json, SourceTree>();
  readonly #base: string;

  constructor(
    private readonly main: SourceTree,
    private readonly positions: Positions,
    private readonly read: ReadTree,
  ) {
    this.#trees.set(main.path, main);
    this.#base = dirname(main.path);
  }

  run(): Problem[] {
    const root = this.main.root;
    if (!isObject(root)) return [];
    walk(root, ({ value, kind }) => {
      this.#natural.set(value, (this.#natural.get(value) ?? new Set()).add(family(kind)));
    });
    this.#pending.push({ tree: this.main, value: root, kind: 'root', pointer: '' });
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      const { tree, value, kind, pointer } = next;
      // Collected first: what moves into the document meanwhile is walked in the light of its own file.
      const found: { reference: Reference; kind: Kind; pointer: string }[] = [];
      walk(
        value,
        (place) => {
          if (!isReference(place.value) || componentSection[place.kind] === undefined) return;
          found.push({ reference: place.value, kind: place.kind, pointer: place.pointer });
        },
        kind,
        pointer,
      );
      for (const { reference, kind: wanted, pointer: at } of found) {
        this.#rewrite(tree, reference, wanted, at);
      }
    }
    return this.#problems;
  }

  /** Makes a reference a local one, to a place that stands for objects of the kind that it needs. */
  #rewrite(tree: SourceTree, reference: Reference, kind: Kind, pointer: string): void {
    const target = this.#resolve(tree, reference, pointer);
    if (target === undefined) return;
    const isHere = target.tree === this.main;
    const kinds = isHere ? this.#natural.get(target.value) : undefined;
    const isMisfit = isContainer(target.value)
      ? kinds !== undefined && !kinds.has(family(kind))
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
    this.#rewritten.add(reference);
    const stays = isHere && (kinds !== undefined || !isContainer(target.value));
    reference.$ref = stays ? `#${joinPointer('', ...target.tokens)}` : this.#move(target, kind);
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
    const tree = this.#rewritten.has(reference) ? this.main : (this.#homes.get(reference) ?? home);
    const report = (found: Problem) => {
      if (place !== undefined) this.#report(found);
    };
    const broken = (reason: string) => {
      report(problem('reference.broken', { reference: $ref, reason }, ...places(place)));
      return undefined;
    };
    const [file = '', fragment = ''] = splitOnce($ref, '#');
    if (/^[a-z][a-z0-9+.-]*:/i.test(file) || file.startsWith('//')) {
      report(problem('reference.remote', { reference: $ref }, ...places(place)));
      return undefined;
    }
    if (fragment !== '' && !fragment.startsWith('/'))
      return broken('its fragment is not a JSON Pointer');
    const path = decode(file);
    const decoded = decode(fragment);
    if (path === undefined || decoded === undefined || path.includes('\0'))
      return broken('it is not well formed');
    const target = path === '' ? tree : this.#open(tree, path, $ref, place, report);
    if (target === undefined) return undefined;
    return this.#descend(target, pointerTokens(decoded), passed) ?? broken('it does not exist');
  }

  /** Walks down to a value, own members only, through references on the way. */
  #descend(tree: SourceTree, tokens: readonly string[], passed: Set<Json>): Target | undefined {
    let at: Target = { tree, tokens: [], value: tree.root };
    for (const token of tokens) {
      if (isReference(at.value)) {
        if (passed.has(at.value)) return undefined;
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
  #move(target: Target, kind: Kind): string {
    const known = this.#moved.get(target.value)?.get(kind);
    if (known !== undefined) return known;
    const section = componentSection[kind] ?? 'schemas';
    const held = own(own(this.main.root as JsonObject, 'components'), section);
    const file = relative(this.#base, target.tree.path);
    const name =
      candidateKeys(file, target.tokens).find((candidate) => !Object.hasOwn(held, candidate)) ??
      `${file}#${joinPointer('', ...target.tokens)}`;
    held[name] = target.value;
    const pointer = joinPointer('', 'components', section, name);
    if (isContainer(target.value)) {
      this.#moved.set(
        target.value,
        (this.#moved.get(target.value) ?? new Map()).set(kind, `#${pointer}`),
      );
    }
    if (isObject(target.value)) {
      const remember = ({ value }: { value: Json }) => {
        if (isReference(value) && !this.#homes.has(value)) this.#homes.set(value, target.tree);
      };
      walk(target.value, remember, kind);
      this.#pending.push({ tree: target.tree, value: target.value, kind, pointer });
    }
    return `#${pointer}`;
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
  return names.map((name) => name.replace(/[^\w.-]+/g, '.')).filter((name) => name !== '__proto__');
}

function own(object: JsonObject, name: string): JsonObject {
  const held = member(object, name);
  if (isObject(held)) return held;
  const made: JsonObject = {};
  object[name] = made;
  return made;
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

function isBelow(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
