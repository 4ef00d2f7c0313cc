import { realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { distinct, hasErrors, type Location, type Problem, problem } from '../problems/problem.js';
import { buildSpec } from './build-spec.js';
import { checkDocument } from './check-document.js';
import { checkSize } from './check-size.js';
import { checkStructure, type Version, versions } from './check-structure.js';
import { specName } from './find-specs.js';
import { placesIn, type Visited } from './grammar.js';
import type { Spec } from './model.js';
import { normaliseSchemas } from './normalise-schemas.js';
import { parseJson } from './parse-json.js';
import { parseYaml } from './parse-yaml.js';
import { isObject, type Json, type JsonObject, member, Positions } from './positions.js';
import { defaultLimits, readText } from './read-file.js';
import { bundle, type SourceTree } from './references.js';
import type { SourceText } from './source-text.js';

/** A document that was read: its bundled tree, and the model where it has no errors. */
export interface ReadResult {
  /** Undefined where a problem is an error. */
  readonly spec: SpecDocument | undefined;
  readonly problems: readonly Problem[];
}

/** A spec together with the document it was read from. */
export interface SpecDocument {
  readonly spec: Spec;
  /** The bundled document: one tree, local references only, schemas in the one form that all else reads. */
  readonly document: JsonObject;
  /** The bundled document with its schemas as it has them; the same object where they have that form. */
  readonly original: JsonObject;
  /** Every object of the document, as `walk` visits them. */
  readonly places: readonly Visited[];
  /** The texts that it was read from, by their paths from the document's folder, with `/`; the document first. */
  readonly sources: ReadonlyMap<string, string>;
  /** Returns the place of the value, or of the key, at a JSON Pointer of the bundled document. */
  readonly locate: (pointer: string, part?: 'key' | 'value') => Location;
}

/**
 * Reads one AsyncAPI document with all that its references name in its own folder: bytes, YAML or JSON,
 * references, structure, model. Never fetches, never reads outside the folder. Everything wrong with the
 * document is a problem; throws `CannotRun` only where there is no such file.
 * `file` is resolved against `cwd` and named in problems as it is given. `onOpen` is told the absolute path of each file
 * that is opened, the document first.
 */
export function readSpec(
  file: string,
  { cwd = process.cwd(), limits = defaultLimits, onOpen = (_path: string) => {} } = {},
): ReadResult {
  const positions = new Positions(limits.values);
  const budget = { files: limits.files, bytes: limits.totalBytes };
  const texts = new Map<string, string>();
  const read = (
    name: string,
    path: string,
  ):
    | { tree: SourceTree; source: SourceText; problems?: undefined }
    | { tree?: undefined; problems: Problem[] } => {
    onOpen(path);
    const limit = Math.min(limits.fileBytes, budget.bytes);
    const { source, problems } = readText(name, path, budget.files > 0 ? limit : 0);
    if (source === undefined) {
      const isSpent = budget.files <= 0 || limit < limits.fileBytes;
      const { files, totalBytes: bytes } = limits;
      return {
        problems: problems.map((found) =>
          isSpent && found.code === 'file.too-large'
            ? problem('document.too-large', { files, bytes }, ...found.locations)
            : found,
        ),
      };
    }
    budget.files -= 1;
    budget.bytes -= Buffer.byteLength(source.text);
    texts.set(realpathSync(path), source.text);
    const parsed = parseTree(source, positions);
    if (parsed.value === undefined) return { problems: parsed.problems };
    return { tree: { path: realpathSync(path), root: parsed.value }, source };
  };

  const path = resolve(cwd, file);
  const main = read(file, path);
  if (main.tree === undefined) return failed(main.problems);
  const { version, problems: kind } = versionOf(main.tree.root, main.source, positions);
  if (version === undefined) return failed(kind);

  const document = main.tree.root as JsonObject;
  const home = dirname(main.tree.path);
  // Where the document is a link, its other files do not stand beside it.
  const isBeside = realpathSync(dirname(path)) === home;
  const displayName = (real: string) =>
    isBeside ? join(dirname(file), relative(home, real)) : relative(cwd, real);
  const locate = (pointer: string, part: 'key' | 'value' = 'value') =>
    positions.ofPointer(document, pointer, part) ?? main.source.locate(0, pointer);

  const references = bundle(main.tree, positions, (real) => read(displayName(real), real));
  if (references.length > 0) return failed(references);
  const bundled = placesIn(document);
  const sizes = checkSize(bundled, limits.objects, locate);
  if (sizes.length > 0) return failed(sizes);
  const normal = normaliseSchemas(document, bundled, positions, locate);
  const { places, original, problems: dialects } = normal;
  if (dialects.length > 0) return failed(dialects);
  const structure = checkStructure(document, places, version, positions);
  if (structure.length > 0) return failed(structure);
  const rules = checkDocument(document, places, version, locate);
  if (hasErrors(rules)) return failed(rules);
  const { spec, problems } = buildSpec(
    document,
    places,
    version,
    { file, name: specName(file) },
    locate,
  );
  return spec === undefined
    ? failed([...rules, ...problems])
    : {
        spec: { spec, document, original, places, sources: fromFolder(texts), locate },
        problems: [...rules, ...problems],
      };
}

/** Names texts by their paths from the folder of the first. */
function fromFolder(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const [main = ''] = texts.keys();
  const pathOf = (path: string) => relative(dirname(main), path).replaceAll(sep, '/');
  return new Map([...texts].map(([path, text]) => [pathOf(path), text]));
}

function failed(problems: readonly Problem[]): ReadResult {
  return { spec: undefined, problems: distinct(problems) };
}

function parseTree(
  source: SourceText,
  positions: Positions,
): { value: Json | undefined; problems: Problem[] } {
  if (/\.json$/i.test(source.file)) {
    const { value, fault } = parseJson(source, positions);
    if (fault === undefined) return { value, problems: [] };
    const place = source.locate(fault.offset);
    const found =
      fault.kind === 'values'
        ? problem('document.too-many-values', { limit: positions.limit }, place)
        : problem('json.syntax', { reason: fault.reason }, place);
    return { value: undefined, problems: [found] };
  }
  const { value, problems } = parseYaml(source, positions);
  if (problems.length === 0 && value === undefined)
    return { value, problems: [problem('document.empty', {}, source.locate(0))] };
  return { value, problems };
}

/** Finds the document's AsyncAPI version, or says what the document is instead. */
function versionOf(
  root: Json,
  source: SourceText,
  positions: Positions,
): { version: Version | undefined; problems: Problem[] } {
  const start = source.locate(0);
  if (root === null)
    return { version: undefined, problems: [problem('document.empty', {}, start)] };
  if (!isObject(root) || !Object.hasOwn(root, 'asyncapi')) {
    return {
      version: undefined,
      problems: [problem('document.not-asyncapi', { found: whatItIs(root) }, start)],
    };
  }
  const found = root.asyncapi;
  const version = versions.find((known) => known === found);
  if (version !== undefined) return { version, problems: [] };
  const place = positions.ofEntry(root, 'asyncapi', 'value', '/asyncapi') ?? start;
  return {
    version,
    problems: [problem('document.version', { found: JSON.stringify(found) }, place)],
  };
}

function whatItIs(root: Json): string {
  if (member(root, 'openapi') !== undefined || member(root, 'swagger') !== undefined)
    return 'an OpenAPI document';
  if (isObject(root)) return 'a mapping without it';
  return Array.isArray(root) ? 'a list' : `the ${typeof root} ${JSON.stringify(root).slice(0, 60)}`;
}
