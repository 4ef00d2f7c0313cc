import { dirname, join } from 'node:path';
import { inFiles, type Location, type Problem, type ProblemCode } from '../problems/problem.js';
import { problemTable } from '../problems/problem-table.js';

/** No more is kept, in characters of JSON: a manifest is not a log. */
const LIMIT = 100_000;

/**
 * Returns warnings about a document as a manifest keeps them: the files of their places go by their paths from the
 * document's folder, as in `files`, the document first. Undefined where they can't be kept.
 */
export function keptWarnings(
  warnings: readonly Problem[],
  document: string,
  files: readonly string[],
): readonly Problem[] | undefined {
  const paths = new Map(files.map((path) => [nameOf(path, document, files), path]));
  const places = warnings.flatMap(({ locations }) => locations);
  if (!places.every(({ file }) => paths.has(file))) return undefined;
  const kept = inFiles(warnings, (name) => paths.get(name) ?? name);
  return JSON.stringify(kept).length > LIMIT ? undefined : kept;
}

/** Returns the warnings that a manifest keeps as they were said, of the document's file as the user names it now. */
export function saidAgain(
  warnings: readonly Problem[],
  document: string,
  files: readonly string[],
): Problem[] {
  return inFiles(warnings, (path) => nameOf(path, document, files));
}

/** Tells whether something is a list of warnings that stand in some files. */
export function areWarnings(value: unknown, files: readonly string[]): value is Problem[] {
  return Array.isArray(value) && value.every((one) => isWarning(one, files));
}

/** Names a file of a document as problems do. */
function nameOf(path: string, document: string, [main]: readonly string[]): string {
  return path === main ? document : join(dirname(document), path);
}

function isWarning(value: unknown, files: readonly string[]): boolean {
  const { code, severity, text, expected, found, mend, locations } = fieldsOf<Problem>(value);
  const isKnown = typeof code === 'string' && Object.hasOwn(problemTable, code);
  return (
    isKnown &&
    severity === 'warning' &&
    problemTable[code as ProblemCode].severity === severity &&
    typeof text === 'string' &&
    [expected, found, mend].every((one) => one === undefined || typeof one === 'string') &&
    Array.isArray(locations) &&
    locations.every((place) => isPlace(place, files))
  );
}

function isPlace(value: unknown, files: readonly string[]): boolean {
  const { file, line, column, pointer, excerpt, caret } = fieldsOf<Location>(value);
  return (
    files.some((path) => path === file) &&
    isCount(line, 1) &&
    isCount(column, 1) &&
    typeof pointer === 'string' &&
    typeof excerpt === 'string' &&
    isCount(caret, 0) &&
    caret <= excerpt.length
  );
}

function fieldsOf<Type>(value: unknown): Partial<Record<keyof Type, unknown>> {
  return typeof value === 'object' && value !== null ? value : {};
}

function isCount(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}
