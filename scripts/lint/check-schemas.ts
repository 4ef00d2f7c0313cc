import { validationKeywords } from '../judge/schema-copy.js';
import { type Location, type Problem, problem } from '../problems/problem.js';
import { closestName } from '../spec/closest-name.js';
import { knownFormats } from '../spec/formats.js';
import { isReference, type Visited } from '../spec/grammar.js';
import { joinPointer } from '../spec/json-pointer.js';
import { isObject, type Json, type JsonObject, type Locate, member } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { type Dialect, dialectOf } from '../spec/schema-format.js';
import { checkPattern, type PatternProblem } from './patterns/check-pattern.js';
import {
  foreignKeywords,
  hasOddCharacters,
  isDialect,
  knownKeywords,
  newKeywords,
  unjudgedFormats,
} from './vocabulary.js';

/** What a configuration allows in schemas beyond what is known. */
export interface SchemaAllowance {
  /** Keywords that annotate; they judge nothing. */
  readonly keywords: readonly string[];
  /** Formats that are then not judged. */
  readonly formats: readonly string[];
}

/**
 * Checks every schema of a bundled document: keywords, formats and dialects that are not known, patterns that
 * do not compile or can run away, keywords beside `$ref`, names that can't be seen.
 */
export function checkSchemas(
  { places, locate }: SpecDocument,
  allowed: SchemaAllowance,
): Problem[] {
  const problems: Problem[] = [];
  const faultOf = patternCheck();
  for (const { value, kind, pointer, dialect } of places) {
    if (!isObject(value)) continue;
    if (kind === 'multiFormatSchema' && !isReference(value)) {
      const format = value.schemaFormat;
      if (typeof format === 'string' && dialectOf(format) === undefined) {
        problems.push(
          problem(
            'schema.dialect',
            { found: format },
            locate(joinPointer(pointer, 'schemaFormat')),
          ),
        );
      }
    } else if (kind === 'schema') {
      problems.push(...checkSchema(value, { pointer, dialect }, allowed, faultOf, locate));
    }
  }
  return problems;
}

function checkSchema(
  schema: JsonObject,
  { pointer, dialect }: { pointer: string; dialect: Dialect },
  allowed: SchemaAllowance,
  faultOf: PatternCheck,
  locate: Locate,
): Problem[] {
  const at = (keyword: string, part: 'key' | 'value' = 'value') =>
    locate(joinPointer(pointer, keyword), part);
  if (Object.hasOwn(schema, '$ref')) {
    return Object.keys(schema)
      .filter((keyword) => keyword !== '$ref' && validationKeywords.has(keyword))
      .map((keyword) => problem('reference.siblings', { keyword }, at(keyword, 'key')));
  }
  return [
    ...checkKeywords(schema, dialect, allowed, at),
    ...checkDialect(schema, dialect, at),
    ...checkFormat(schema, allowed, at),
    ...checkPatterns(schema, pointer, faultOf, locate),
    ...checkNames(schema, pointer, locate),
  ];
}

type At = (keyword: string, part?: 'key' | 'value') => Location;

function checkKeywords(
  schema: JsonObject,
  dialect: Dialect,
  allowed: SchemaAllowance,
  at: At,
): Problem[] {
  const known = knownKeywords[dialect];
  return Object.keys(schema)
    .filter(
      (keyword) =>
        !known.has(keyword) &&
        !keyword.startsWith('x-') &&
        (!allowed.keywords.includes(keyword) || foreignKeywords.has(keyword)),
    )
    .map((keyword) => {
      if (keyword === 'schemaFormat') {
        const what = 'The field "schemaFormat" does not belong in a schema: it stands around one.';
        return problem('structure.invalid', { what }, at(keyword, 'key'));
      }
      if (dialect === 'draft-07' && newKeywords.has(keyword))
        return problem('schema.keyword', { keyword, dialect: '2020-12' }, at(keyword, 'key'));
      const suggestion = closestName(keyword, known);
      return problem(
        'schema.keyword',
        { keyword, ...(suggestion && { suggestion }) },
        at(keyword, 'key'),
      );
    });
}

function checkDialect({ $schema }: JsonObject, dialect: Dialect, at: At): Problem[] {
  return typeof $schema === 'string' && !isDialect($schema, dialect)
    ? [problem('schema.dialect', { found: $schema }, at('$schema'))]
    : [];
}

function checkFormat({ format }: JsonObject, allowed: SchemaAllowance, at: At): Problem[] {
  if (
    typeof format !== 'string' ||
    Object.hasOwn(knownFormats, format) ||
    allowed.formats.includes(format)
  )
    return [];
  if (unjudgedFormats.has(format))
    return [problem('schema.format', { format, isUnjudged: true }, at('format'))];
  const suggestion = closestName(format, Object.keys(knownFormats));
  return [problem('schema.format', { format, ...(suggestion && { suggestion }) }, at('format'))];
}

type PatternCheck = (source: string) => PatternProblem | undefined;

/** Judges each pattern once: a document has the same ones in many places. */
function patternCheck(): PatternCheck {
  const known = new Map<string, PatternProblem | undefined>();
  return (source) => {
    if (!known.has(source)) known.set(source, checkPattern(source));
    return known.get(source);
  };
}

function checkPatterns(
  { pattern, patternProperties }: JsonObject,
  pointer: string,
  faultOf: PatternCheck,
  locate: Locate,
): Problem[] {
  const report = (source: string, place: () => Location): Problem[] => {
    const found = faultOf(source);
    if (found === undefined) return [];
    if (found.kind === 'syntax')
      return [problem('schema.pattern.syntax', { reason: found.text }, place())];
    return [problem('schema.pattern.unsafe', { kind: found.kind, reason: found.text }, place())];
  };
  return [
    ...(typeof pattern === 'string'
      ? report(pattern, () => locate(joinPointer(pointer, 'pattern')))
      : []),
    ...keysOf(patternProperties).flatMap((name) =>
      report(name, () => locate(joinPointer(pointer, 'patternProperties', name), 'key')),
    ),
  ];
}

/**
 * Names of members and constants may hold anything; those that a reader can't see are worth a warning. Halves of a
 * surrogate pair are no text: nothing can point at a member of such a name.
 */
function checkNames(schema: JsonObject, pointer: string, locate: Locate): Problem[] {
  const constants = Array.isArray(schema.enum) ? schema.enum : [];
  const isBroken = (name: string) => /\p{Cs}/u.test(name);
  return [
    ...['properties', 'patternProperties', 'dependencies'].flatMap((keyword) =>
      keysOf(schema[keyword])
        .filter(isBroken)
        .map((name) =>
          problem('name.characters', { name }, locate(joinPointer(pointer, keyword, name), 'key')),
        ),
    ),
    ...keysOf(schema.properties)
      .filter((name) => hasOddCharacters(name) && !isBroken(name))
      .map((name) =>
        problem('name.odd', { name }, locate(joinPointer(pointer, 'properties', name), 'key')),
      ),
    ...constants.flatMap((value, index) =>
      typeof value === 'string' && hasOddCharacters(value)
        ? [problem('name.odd', { name: value }, locate(joinPointer(pointer, 'enum', index)))]
        : [],
    ),
  ];
}

function keysOf(value: Json | undefined): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

/** Lists the schemas that show values of their own: what they show, and where. */
export function shownValues(
  places: readonly Visited[],
): { schema: JsonObject; keyword: 'default' | 'examples'; value: Json; pointer: string }[] {
  const found: ReturnType<typeof shownValues> = [];
  for (const { value, kind, pointer } of places) {
    if (kind !== 'schema' || !isObject(value) || isReference(value)) continue;
    if (Object.hasOwn(value, 'default')) {
      found.push({
        schema: value,
        keyword: 'default',
        value: value.default as Json,
        pointer: joinPointer(pointer, 'default'),
      });
    }
    const examples = member(value, 'examples');
    for (const [index, example] of Array.isArray(examples) ? examples.entries() : []) {
      found.push({
        schema: value,
        keyword: 'examples',
        value: example,
        pointer: joinPointer(pointer, 'examples', index),
      });
    }
  }
  return found;
}
