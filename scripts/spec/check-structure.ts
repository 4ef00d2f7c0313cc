import { createRequire } from 'node:module';
import { type Problem, problem } from '../problems/problem.js';
import { Ajv, type ErrorObject, type ValidateFunction } from './ajv.js';
import { closestName } from './closest-name.js';
import { knownFormats } from './formats.js';
import { componentSection, isReference, type Kind, type Visited, walk } from './grammar.js';
import { joinPointer } from './json-pointer.js';
import { type JsonObject, member, type Positions } from './positions.js';
import { follow } from './references.js';

const require = createRequire(import.meta.url);

/** The versions of AsyncAPI that can be read. */
export const versions = ['3.0.0', '3.1.0'] as const;
export type Version = (typeof versions)[number];

/**
 * Checks a bundled document against the AsyncAPI project's own JSON Schema, and that every reference
 * names the kind of object that belongs in its place.
 * https://github.com/asyncapi/spec-json-schemas
 */
export function checkStructure(
  document: JsonObject,
  version: Version,
  positions: Positions,
): Problem[] {
  const ajv = schemasOf(version);
  const whole = ajv.getSchema(`http://asyncapi.com/definitions/${version}/asyncapi.json`);
  const problems = judge(whole, document, '', document, positions);
  return problems.length > 0 ? problems : checkTargets(ajv, document, version, positions);
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
    // Patterns are judged by a check of their own, with better words.
    formats: { ...knownFormats, regex: true },
  });
  const schema = require(`@asyncapi/specs/schemas/${version}.json`) as {
    definitions: Record<string, object>;
  };
  const {
    'http://json-schema.org/draft-07/schema': _,
    'http://json-schema.org/draft-04/schema': __,
    ...definitions
  } = schema.definitions;
  ajv.addSchema({
    ...schema,
    $id: `http://asyncapi.com/definitions/${version}/asyncapi.json`,
    definitions,
  });
  cache.set(version, ajv);
  return ajv;
}

/** The official schema's file for each kind that a reference can name. */
const definitionFile: Partial<Record<Kind, string>> = {
  schema: 'schema',
  multiFormatSchema: 'anySchema',
  message: 'messageObject',
  securityScheme: 'SecurityScheme',
  tag: 'tag',
  externalDocs: 'externalDocs',
  reply: 'operationReply',
  replyAddress: 'operationReplyAddress',
  serverBindings: 'serverBindingsObject',
  channelBindings: 'channelBindingsObject',
  operationBindings: 'operationBindingsObject',
  messageBindings: 'messageBindingsObject',
};

/** Checks what references name where it does not stand in a place for that kind of object itself. */
function checkTargets(
  ajv: Ajv,
  document: JsonObject,
  version: Version,
  positions: Positions,
): Problem[] {
  const natural = new Map<unknown, Set<Kind>>();
  const references: Visited[] = [];
  walk(document, (place) => {
    if (isReference(place.value)) references.push(place);
    else natural.set(place.value, (natural.get(place.value) ?? new Set<Kind>()).add(place.kind));
  });
  const problems: Problem[] = [];
  for (const { value, kind, pointer } of references) {
    if (componentSection[kind] === undefined || !isReference(value)) continue;
    const target = follow(document, value);
    if (target === undefined || natural.get(target)?.has(kind) === true) continue;
    const validate = ajv.getSchema(
      `http://asyncapi.com/definitions/${version}/${definitionFile[kind] ?? kind}.json`,
    );
    if (validate === undefined || validate(target) === true) continue;
    const place = positions.ofEntry(value, '$ref', 'value', joinPointer(pointer, '$ref'));
    const reason = `it does not name a ${kind}`;
    problems.push(
      problem('reference.broken', { reference: value.$ref, reason }, ...(place ? [place] : [])),
    );
  }
  return problems;
}

function judge(
  validate: ValidateFunction | undefined,
  value: unknown,
  pointer: string,
  document: JsonObject,
  positions: Positions,
): Problem[] {
  if (validate === undefined) throw new Error('the AsyncAPI schema is not there');
  if (validate(value) === true) return [];
  return distil(validate.errors ?? []).map((error) =>
    describe(error, pointer, document, positions),
  );
}

const COMPOSITE = new Set(['oneOf', 'anyOf', 'allOf', 'if', 'not', 'contains', 'propertyNames']);

/**
 * Picks, of the many errors that alternatives produce, the ones that a reader wants to see: the deepest, of
 * the alternative that came closest.
 */
function distil(errors: readonly ErrorObject[]): ErrorObject[] {
  const composites = [
    ...new Set(errors.filter(({ keyword }) => COMPOSITE.has(keyword)).map((e) => e.instancePath)),
  ];
  const leaves = errors.filter(
    (error) => !COMPOSITE.has(error.keyword) && !isAboutReference(error),
  );
  const groups = new Map<string, ErrorObject[]>();
  for (const leaf of leaves) {
    const home = composites
      .filter((path) => isWithin(leaf.instancePath, path))
      .sort((a, b) => b.length - a.length)[0];
    const group = home ?? leaf.instancePath;
    groups.set(group, [...(groups.get(group) ?? []), leaf]);
  }
  const chosen = [...groups].flatMap(([path, group]) => {
    const holdsOthers = [...groups.keys()].some((other) => other !== path && isWithin(other, path));
    return holdsOthers ? misplacedFields(group) : [closestAlternative(group)];
  });
  return chosen.length > 0 ? chosen : errors.slice(0, 1);
}

/** Of an object whose parts are at fault, keeps the fields that do not belong there, if it can be one thing only. */
function misplacedFields(group: readonly ErrorObject[]): ErrorObject[] {
  const found = group.filter(({ keyword }) => keyword === 'additionalProperties');
  return new Set(found.map(definitionOf)).size === 1 ? found : [];
}

const definitionOf = ({ schemaPath }: ErrorObject): string => schemaPath.split('#')[0] ?? '';

/** Of the errors that the alternatives of one place gave, returns the first of the alternative with the best fit. */
function closestAlternative(group: readonly ErrorObject[]): ErrorObject {
  const alternatives = new Map<string, ErrorObject[]>();
  for (const error of group) {
    const definition = definitionOf(error);
    alternatives.set(definition, [...(alternatives.get(definition) ?? []), error]);
  }
  const misfit = (errors: readonly ErrorObject[]) =>
    errors.reduce(
      (sum, { keyword }) =>
        sum + (keyword === 'enum' || keyword === 'const' || keyword === 'type' ? 2 : 1),
      0,
    );
  const [best = group] = [...alternatives.values()].sort((a, b) => misfit(a) - misfit(b));
  // A misspelt field explains a missing one.
  const misspelt = best.find(({ keyword }) => keyword === 'additionalProperties');
  const first = misspelt ?? [...best].sort((a, b) => depth(b) - depth(a))[0] ?? group[0];
  if (first === undefined) throw new Error('an empty group of errors');
  return first;
}

const depth = ({ instancePath }: ErrorObject): number => instancePath.split('/').length;

const isWithin = (path: string, ancestor: string): boolean =>
  path === ancestor || path.startsWith(`${ancestor}/`);

function isAboutReference(error: ErrorObject): boolean {
  return (
    /Reference(Object)?\.json/.test(error.schemaPath) ||
    (error.keyword === 'required' && error.params.missingProperty === '$ref')
  );
}

function describe(
  error: ErrorObject,
  base: string,
  document: JsonObject,
  positions: Positions,
): Problem {
  const pointer = `${base}${error.instancePath}`;
  const { keyword, params, parentSchema, data } = error;
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
