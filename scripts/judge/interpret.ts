import type { Json, JsonObject } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { referencedToken } from './schema-copy.js';
import { schemaTest } from './schema-test.js';

/** A schema with validation keywords only, as `copySchema` makes it. */
export type Copy = JsonObject | boolean;

/** What is wrong with a value, in Ajv's words: the place in the value, the keyword, and what it demands. */
export interface Fault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Record<string, unknown>;
}

/** Judges a value; like a validator that Ajv made, it keeps the faults of its last call, undefined where it has none. */
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly Fault[];
}

/** One judgement: the faults found so far, and what is known already of schemas and places. */
export interface Run {
  readonly faults: Fault[];
  readonly known: Map<string, Map<string, readonly Fault[]>>;
}

/** Judges the value at a place (a JSON Pointer) and adds what is wrong with it. */
export type Test = (value: unknown, path: string, run: Run) => boolean;

/** What the tests of keywords need of the schemas around them. */
export interface Interpreter {
  /** Returns the test of a schema, made once. */
  readonly testOf: (schema: Json) => Test;
  /** Returns the definition that a `$ref` names. */
  readonly target: ($ref: string) => Json;
}

/**
 * Makes validators that interpret schemas instead of compiling them: what judges a value once or a few times is
 * ready a thousand times sooner than code is. Verdicts and faults are those of the validators that Ajv makes of the
 * same copies (`definitions.ts`), keyword by keyword in Ajv's order. A schema is judged once for each place, so that the
 * time is at most the product of both sizes.
 * `definitions` are what references name, by the last token of their `$ref`.
 */
export function interpreterOf(definitions: JsonObject): (schema: Copy) => Validator {
  const tests = new WeakMap<object, Test>();
  const interpreter: Interpreter = {
    testOf(schema) {
      if (!isObject(schema)) return schema === false ? nothing : anything;
      const known = tests.get(schema) ?? testOf(schema, interpreter);
      tests.set(schema, known);
      return known;
    },
    target($ref) {
      const target = definitions[referencedToken($ref)];
      if (target === undefined) throw new Error(`no definition for ${$ref}`);
      return target;
    },
  };
  return (schema) => {
    const test = interpreter.testOf(schema);
    const validate: Validator = (value) => {
      const run: Run = { faults: [], known: new Map() };
      const isValid = test(value, '', run);
      if (isValid) delete validate.errors;
      else validate.errors = run.faults;
      return isValid;
    };
    return validate;
  };
}

const anything: Test = () => true;

const nothing: Test = (_, instancePath, { faults }) => {
  faults.push({ instancePath, keyword: 'false schema', params: {} });
  return false;
};

function testOf(schema: JsonObject, interpreter: Interpreter): Test {
  return typeof schema.$ref === 'string'
    ? referenceTest(schema.$ref, interpreter)
    : schemaTest(schema, interpreter);
}

/** How many faults, the last ones, are said again where alternatives lead to the same definition once more. */
const MAX_REPEATED = 100;

/** Judges by a definition, once for each place: alternatives that lead to the same one again share its verdict. */
function referenceTest($ref: string, { target, testOf }: Interpreter): Test {
  const token = referencedToken($ref);
  let test: Test | undefined;
  return (value, path, run) => {
    test ??= testOf(target($ref));
    const places = run.known.get(token) ?? new Map<string, readonly Fault[]>();
    run.known.set(token, places);
    const known = places.get(path);
    if (known !== undefined) {
      for (const fault of known) run.faults.push(fault);
      return known.length === 0;
    }
    const start = run.faults.length;
    const isValid = test(value, path, run);
    places.set(path, run.faults.slice(Math.max(start, run.faults.length - MAX_REPEATED)));
    return isValid;
  };
}
