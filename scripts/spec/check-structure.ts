import { type Problem, problem } from '../problems/problem.js';
import { Ajv, type ErrorObject } from './ajv.js';
import { closestName } from './closest-name.js';
import { fitsStructure, judgedElsewhere } from './fits-structure.js';
import { knownFormats } from './formats.js';
import type { Visited } from './grammar.js';
import { joinPointer } from './json-pointer.js';
import { isContainer, type Json, type JsonObject, member, type Positions } from './positions.js';
import { structureSchema, structureUri } from './structure-schema.js';
import { isVersion2 } from './version-2.js';

/** The versions of AsyncAPI that can be read. */
export const versions = [
  '2.0.0',
  '2.1.0',
  '2.2.0',
  '2.3.0',
  '2.4.0',
  '2.5.0',
  '2.6.0',
  '3.0.0',
  '3.1.0',
] as const;
export type Version = (typeof versions)[number];

/**
 * Checks a bundled document against the AsyncAPI project's own JSON Schema.
 * https://github.com/asyncapi/spec-json-schemas
 */
export function checkStructure(
  document: JsonObject,
  places: readonly Visited[],
  version: Version,
  positions: Positions,
): Problem[] {
  const errors = [
    ...errorsOf(version, 'asyncapi', document, ''),
    ...(isVersion2(version) ? schemasOfBindings(places) : []).flatMap(({ value, pointer }) =>
      errorsOf(version, 'schema', value, pointer),
    ),
  ];
  return distil(errors).map((error) => describe(error, document, positions));
}

/** Judges a value that stands at `pointer` by one of the official definitions. */
function errorsOf(version: Version, name: string, value: Json, pointer: string): ErrorObject[] {
  if (fitsStructure(version, name, value)) return [];
  const validate = schemasOf(version).getSchema(structureUri(version, name));
  if (validate === undefined) throw new Error(`AsyncAPI ${version} has no definition of ${name}`);
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map((error) => ({
    ...error,
    instancePath: `${pointer}${error.instancePath}`,
  }));
}

/** Lists the schemas in bindings, where AsyncAPI 2's JSON Schema takes anything. */
function schemasOfBindings(places: readonly Visited[]): { value: Json; pointer: string }[] {
  const found: { value: Json; pointer: string }[] = [];
  const bindings = new Set<Json>();
  for (const { value, kind, container, pointer } of places) {
    if (kind === 'binding') bindings.add(value);
    if (kind === 'schema' && bindings.has(container)) found.push({ value, pointer });
  }
  return found;
}

const cache = new Map<Version, Ajv>();

function schemasOf(version: Version): Ajv {
  const known = cache.get(version);
  if (known !== undefined) return known;
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    validateSchema: false,
    unicodeRegExp: false,
    inlineRefs: false,
    code: { optimize: false },
    formats: {
      ...knownFormats,
      ...Object.fromEntries([...judgedElsewhere].map((format) => [format, true as const])),
    },
  });
  for (const [id, definition] of Object.entries(structureSchema(version))) {
    if (id.startsWith('http://json-schema.org/')) continue;
    own(definition, id);
    ajv.addSchema(definition, id);
  }
  cache.set(version, ajv);
  return ajv;
}

const COMPOSITE = new Set(['oneOf', 'anyOf', 'allOf', 'if', 'not', 'contains', 'propertyNames']);

/**
 * Picks, of the many errors that alternatives produce, the ones that a reader wants to see: the deepest, of
 * the alternative that came closest.
 */
function distil(errors: readonly ErrorObject[]): ErrorObject[] {
  const composites = new Set(
    errors.filter(({ keyword }) => COMPOSITE.has(keyword)).map((error) => error.instancePath),
  );
  const groups = new Map<string, ErrorObject[]>();
  for (const leaf of errors) {
    if (COMPOSITE.has(leaf.keyword) || isAboutAlternative(leaf, composites)) continue;
    const path =
      ancestry(leaf.instancePath).find((one) => composites.has(one)) ?? leaf.instancePath;
    const group = groups.get(path);
    if (group === undefined) groups.set(path, [leaf]);
    else group.push(leaf);
  }
  const holders = new Set([...groups.keys()].flatMap((path) => ancestry(path).slice(1)));
  const chosen = [...groups].flatMap(([path, group]) =>
    holders.has(path) ? misplacedFields(group) : [closestAlternative(group)],
  );
  return (chosen.length > 0 ? chosen : errors).slice(0, chosen.length > 0 ? MAX_REPORTED : 1);
}

/** How many faults of one document's structure are worth reading. */
const MAX_REPORTED = 50;

/** Lists a JSON Pointer and those of all that holds it, the longest first. */
function ancestry(pointer: string): string[] {
  const paths = [pointer];
  for (let at = pointer.lastIndexOf('/'); at !== -1; at = pointer.lastIndexOf('/', at - 1)) {
    paths.push(pointer.slice(0, at));
    if (at === 0) break;
  }
  return paths;
}

/** Of an object whose parts are at fault, keeps the fields that do not belong there, if it can be one thing only. */
function misplacedFields(group: readonly ErrorObject[]): ErrorObject[] {
  // What lacks a field that a definition requires is meant to be something else.
  const others = new Set(group.filter(({ keyword }) => keyword === 'required').map(definitionOf));
  const found = group.filter(
    (error) => error.keyword === 'additionalProperties' && !others.has(definitionOf(error)),
  );
  return new Set(found.map(definitionOf)).size === 1 ? found : [];
}

/** The definition (of the official schema), or the alternative in one, that each of its parts belongs to. */
const owners = new WeakMap<object, string>();

function own(part: unknown, id: string): void {
  if (!isContainer(part)) return;
  owners.set(part, id);
  for (const [name, held] of Object.entries(part)) {
    if (name === 'oneOf' && Array.isArray(held))
      for (const [index, alternative] of held.entries()) own(alternative, `${id}#${index}`);
    else own(held, id);
  }
}

const definitionOf = ({ parentSchema }: ErrorObject): string =>
  owners.get(parentSchema ?? {}) ?? '';

/** Of the errors that the alternatives of one place gave, returns the first of the alternative with the best fit. */
function closestAlternative(group: readonly ErrorObject[]): ErrorObject {
  const alternatives = new Map<string, ErrorObject[]>();
  for (const error of group) {
    const definition = definitionOf(error);
    alternatives.set(definition, [...(alternatives.get(definition) ?? []), error]);
  }
  const misfit = (errors: readonly ErrorObject[]) =>
    errors.reduce((sum, { keyword, instancePath }) => {
      // Which alternative is meant, a member `type` says.
      if (instancePath.endsWith('/type') && (keyword === 'enum' || keyword === 'const'))
        return sum + 10;
      return sum + (keyword === 'enum' || keyword === 'const' || keyword === 'type' ? 2 : 1);
    }, 0);
  const [best = group] = [...alternatives.values()].sort((a, b) => misfit(a) - misfit(b));
  // A misspelt field explains a missing one.
  const misspelt = best.find(({ keyword }) => keyword === 'additionalProperties');
  const first = misspelt ?? [...best].sort((a, b) => depth(b) - depth(a))[0] ?? group[0];
  if (first === undefined) throw new Error('an empty group of errors');
  return first;
}

const depth = ({ instancePath }: ErrorObject): number => instancePath.split('/').length;

/** Tells whether an error only says that an object which need not be a reference is none. */
function isAboutAlternative(error: ErrorObject, composites: ReadonlySet<string>): boolean {
  if (!composites.has(error.instancePath)) return false;
  return (
    /\/Reference(Object)?\.json(#|$)/.test(definitionOf(error)) ||
    (error.keyword === 'required' && error.params.missingProperty === '$ref')
  );
}

function describe(error: ErrorObject, document: JsonObject, positions: Positions): Problem {
  const { instancePath: pointer, keyword, params, parentSchema, data } = error;
  const at = (part: 'key' | 'value', path = pointer) => {
    const place = positions.ofPointer(document, path, part);
    return place === undefined ? [] : [place];
  };
  if (keyword === 'additionalProperties') {
    const name = String(params.additionalProperty);
    const known = Object.keys(member(parentSchema, 'properties') ?? {});
    const suggestion = closestName(name, known);
    return problem(
      'structure.invalid',
      {
        what: `The field ${JSON.stringify(name)} does not belong here.`,
        ...(suggestion === undefined
          ? { expected: known.join(', ') || 'a name that the specification allows' }
          : { suggestion }),
      },
      ...at('key', joinPointer(pointer, name)),
    );
  }
  if (keyword === 'required') {
    const what = `The field ${JSON.stringify(String(params.missingProperty))} is missing.`;
    return problem('structure.invalid', { what }, ...at('value'));
  }
  const field =
    pointer === '' ? 'The document' : `The value of ${JSON.stringify(pointer.split('/').at(-1))}`;
  return problem(
    'structure.invalid',
    {
      what: `${field} is not what AsyncAPI allows here.`,
      expected: expectation(error),
      found: preview(data),
    },
    ...at('value'),
  );
}

function expectation({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'type') return [params.type].flat().join(' or ');
  if (keyword === 'enum')
    return (params.allowedValues as unknown[]).map((value) => JSON.stringify(value)).join(', ');
  if (keyword === 'const') return JSON.stringify(params.allowedValue);
  if (keyword === 'format') return `a value of the format ${String(params.format)}`;
  if (keyword === 'pattern') return `a text that matches ${String(params.pattern)}`;
  return (message ?? keyword).replace(/^must /, '');
}

/** Shows a value in at most 60 characters. */
function preview(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
