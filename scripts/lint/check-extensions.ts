import { type Problem, problem } from '../problems/problem.js';
import { type DataFault, dataCheck } from '../spec/check-data.js';
import { joinPointer } from '../spec/json-pointer.js';
import { isObject, type Json, type Locate, member } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { extensionSchemas } from './extension-schemas.js';

/** The extensions that name documents of `x-sources`. */
const naming: ReadonlySet<string> = new Set(['x-source', 'x-contradictions', 'x-delivery']);

let checks: ReadonlyMap<string, (value: unknown) => DataFault | undefined> | undefined;

/** Checks this package's own extensions wherever they stand, and that every source names a known document. */
export function checkExtensions({ document, places, locate }: SpecDocument): Problem[] {
  checks ??= new Map(
    Object.entries(extensionSchemas).map(([name, schema]) => [name, dataCheck(schema)]),
  );
  const problems: Problem[] = [];
  const sources = member(document, 'x-sources');
  for (const { value, pointer } of places) {
    if (!isObject(value)) continue;
    for (const extension of Object.keys(value)) {
      const check = checks?.get(extension);
      if (check === undefined) continue;
      const place = joinPointer(pointer, extension);
      const fault = check(value[extension]);
      if (fault !== undefined) {
        const { path, part, reason } = fault;
        problems.push(
          problem('extension.invalid', { extension, reason }, locate(`${place}${path}`, part)),
        );
      } else if (naming.has(extension)) {
        problems.push(...checkSources(value[extension], place, sources, locate));
      }
    }
  }
  return problems;
}

/** Reports every reference to a document of `x-sources` that is not there. */
function checkSources(
  value: Json | undefined,
  pointer: string,
  sources: Json | undefined,
  locate: Locate,
): Problem[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      checkSources(item, joinPointer(pointer, index), sources, locate),
    );
  }
  if (!isObject(value)) return [];
  const { document } = value;
  if (typeof document === 'string' && member(sources, document) === undefined) {
    const reason = `names the document ${JSON.stringify(document)}, which "x-sources" does not list`;
    return [
      problem(
        'extension.invalid',
        { extension: 'x-source', reason },
        locate(joinPointer(pointer, 'document')),
      ),
    ];
  }
  return Object.entries(value).flatMap(([name, held]) =>
    checkSources(held, joinPointer(pointer, name), sources, locate),
  );
}
