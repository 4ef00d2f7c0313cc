import type { Json, JsonObject } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import type { Interpreter, Test } from './interpret.js';
import { type KeywordTests, keywordTests } from './keyword-tests.js';

/**
 * Makes the test of a schema that is an object: its type and its keywords, in the order in which Ajv's validators look
 * at them, up to the first that fails.
 */
export function schemaTest(schema: JsonObject, interpreter: Interpreter): Test {
  const types = typesOf(schema.type);
  const [only] = types.length === 1 ? types : [];
  const tests: Test[] = [];
  const groups = keywordTests.filter(({ keywords }) =>
    Object.keys(keywords).some((keyword) => Object.hasOwn(schema, keyword)),
  );
  // A single type is asked for together with the keywords about it, after those about any value.
  if (types.length > 0 && !groups.some(({ type }) => type !== undefined && type === only))
    tests.push(typeTest(types));
  for (const { type, keywords } of groups) {
    const all = inTurn(testsOf(keywords, schema, interpreter));
    if (type === undefined) tests.push(all);
    else if (type === only) tests.push(typeTest(types), all);
    else tests.push((value, path, run) => !hasType(value, type) || all(value, path, run));
  }
  return inTurn(tests);
}

function testsOf(keywords: KeywordTests, schema: JsonObject, interpreter: Interpreter): Test[] {
  return Object.entries(keywords).flatMap(([keyword, make]) => {
    const stated = Object.hasOwn(schema, keyword) ? schema[keyword] : undefined;
    return stated === undefined ? [] : (make(stated, schema, interpreter) ?? []);
  });
}

function inTurn(tests: readonly Test[]): Test {
  const [first] = tests;
  if (tests.length === 1 && first !== undefined) return first;
  return (value, path, run) => {
    for (const test of tests) if (!test(value, path, run)) return false;
    return true;
  };
}

function typesOf(type: Json | undefined): string[] {
  return [type ?? []].flat().map(String);
}

function typeTest(types: readonly string[]): Test {
  const type = types.length === 1 ? types[0] : types;
  return (value, instancePath, { faults }) => {
    for (const one of types) if (hasType(value, one)) return true;
    faults.push({ instancePath, keyword: 'type', params: { type } });
    return false;
  };
}

/** Tells whether a value has a type; numbers beyond what JSON can write have none. */
function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
    default:
      return typeof value === type;
  }
}
