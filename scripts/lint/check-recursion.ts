import { type Problem, problem } from '../problems/problem.js';
import { isReference } from '../spec/grammar.js';
import { isObject, type JsonObject, listOf } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { lookUpSchema } from '../spec/references.js';

/**
 * Finds schemas of a bundled document that apply themselves to the value that they are applied to already, so that
 * judging it never ends; each is reported at the reference that closes the circle.
 * https://json-schema.org/draft/2020-12/json-schema-core#section-9.4.1
 */
export function checkRecursion({ document, places, locate }: SpecDocument): Problem[] {
  // A tree has no circles but those that references close.
  const pointers = new Map<JsonObject, string>();
  for (const { value, kind, pointer } of places) {
    if (kind === 'schema' && isReference(value) && !pointers.has(value))
      pointers.set(value, pointer);
  }
  return closingReferences(document, pointers.keys()).map((reference) =>
    problem(
      'schema.recursion',
      { reference: reference.$ref },
      locate(`${pointers.get(reference)}/$ref`),
    ),
  );
}

type Reference = JsonObject & { $ref: string };

/** A schema on the way, and the schemas it applies to the same value that are still to be looked at. */
interface Step {
  readonly schema: JsonObject;
  readonly left: JsonObject[];
}

/** Returns the last reference of each circle, without recursion: chains of references may be long. */
function closingReferences(document: JsonObject, schemas: Iterable<JsonObject>): Reference[] {
  const found = new Set<Reference>();
  const known = new Set<JsonObject>();
  const open = new Set<JsonObject>();
  const path: Step[] = [];
  const enter = (schema: JsonObject): void => {
    if (open.has(schema)) {
      const last = path.findLast((step) => isReference(step.schema))?.schema;
      if (isReference(last)) found.add(last);
    }
    if (known.has(schema)) return;
    known.add(schema);
    open.add(schema);
    path.push({ schema, left: appliedInPlace(document, schema) });
  };
  for (const start of schemas) {
    enter(start);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const next = step.left.pop();
      if (next !== undefined) {
        enter(next);
      } else {
        open.delete(step.schema);
        path.pop();
      }
    }
  }
  return [...found];
}

/** Lists the schemas that a schema applies to the very value it is applied to, the last one first. */
function appliedInPlace(document: JsonObject, schema: JsonObject): JsonObject[] {
  if (isReference(schema)) return [lookUpSchema(document, schema.$ref)].filter(isObject);
  const { allOf, anyOf, oneOf, not, dependencies } = schema;
  const branches = Object.hasOwn(schema, 'if') ? [schema.if, schema.then, schema.else] : [];
  const brought = isObject(dependencies) ? Object.values(dependencies) : [];
  return [...listOf(allOf), ...listOf(anyOf), ...listOf(oneOf), not, ...branches, ...brought]
    .filter(isObject)
    .reverse();
}
