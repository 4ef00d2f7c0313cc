import { codePoints, equal, isMultiple, unique } from '../generate/runtime/values.js';
import { knownFormats } from '../spec/formats.js';
import { pointerToken } from '../spec/json-pointer.js';
import type { Json, JsonObject } from '../spec/model.js';
import { isContainer, isObject } from '../spec/positions.js';
import { alternativeTests } from './alternative-tests.js';
import type { Fault, Interpreter, Run, Test } from './interpret.js';
import { leftoverTests } from './leftover-tests.js';

/** Makes a keyword's test of what it states, the schema it stands in, and the schemas around; none where all values pass. */
export type MakeTest = (
  stated: Json,
  schema: JsonObject,
  interpreter: Interpreter,
) => Test | undefined;

/** The keywords about values of one type, in the order in which they are asked. */
export type KeywordTests = Readonly<Record<string, MakeTest>>;

type Judged<Value> = (value: Value) => boolean;

/** A keyword that judges a value by itself, with what it says of one that fails. */
function plain<Value>(keyword: string, isValid: Judged<Value>, params: Fault['params']): Test {
  return (value, instancePath, { faults }) => {
    if (isValid(value as Value)) return true;
    faults.push({ instancePath, keyword, params });
    return false;
  };
}

const numbers: KeywordTests = {
  maximum: (limit) => bound('maximum', '<=', limit, (value) => value <= Number(limit)),
  minimum: (limit) => bound('minimum', '>=', limit, (value) => value >= Number(limit)),
  exclusiveMaximum: (limit) =>
    bound('exclusiveMaximum', '<', limit, (value) => value < Number(limit)),
  exclusiveMinimum: (limit) =>
    bound('exclusiveMinimum', '>', limit, (value) => value > Number(limit)),
  multipleOf: (multipleOf) =>
    plain<number>('multipleOf', (value) => isMultiple(value, Number(multipleOf)), { multipleOf }),
  format: (format) => formatTest(String(format), 'number'),
};

const strings: KeywordTests = {
  maxLength: (limit) =>
    plain<string>('maxLength', (text) => codePoints(text) <= Number(limit), { limit }),
  minLength: (limit) =>
    plain<string>('minLength', (text) => codePoints(text) >= Number(limit), { limit }),
  pattern(pattern) {
    const expression = new RegExp(String(pattern), 'u');
    return plain<string>('pattern', (text) => expression.test(text), { pattern });
  },
  format: (format) => formatTest(String(format), 'string'),
};

const arrays: KeywordTests = {
  maxItems: (limit) =>
    plain<unknown[]>('maxItems', ({ length }) => length <= Number(limit), { limit }),
  minItems: (limit) =>
    plain<unknown[]>('minItems', ({ length }) => length >= Number(limit), { limit }),
  contains: containsTest,
  additionalItems(rest, { items }, { testOf }) {
    if (!Array.isArray(items)) return undefined;
    const limit = items.length;
    return rest === false
      ? plain<unknown[]>('additionalItems', ({ length }) => length <= limit, { limit })
      : eachItem(testOf(rest), limit);
  },
  items(items, _, { testOf }) {
    if (!Array.isArray(items)) return eachItem(testOf(items));
    const tests = items.map(testOf);
    return (list, path, run) =>
      (list as unknown[])
        .slice(0, tests.length)
        .every((item, index) => tests[index]?.(item, `${path}/${index}`, run));
  },
  uniqueItems: (isAsked) =>
    isAsked === true ? plain<unknown[]>('uniqueItems', unique, {}) : undefined,
  unevaluatedItems: leftoverTests.unevaluatedItems,
};

const objects: KeywordTests = {
  maxProperties: (limit) => size('maxProperties', limit, (count) => count <= Number(limit)),
  minProperties: (limit) => size('minProperties', limit, (count) => count >= Number(limit)),
  required(names) {
    const required = (names as Json[]).map(String);
    return (value, instancePath, { faults }) => {
      const missingProperty = required.find((name) => !has(value, name));
      if (missingProperty === undefined) return true;
      faults.push({ instancePath, keyword: 'required', params: { missingProperty } });
      return false;
    };
  },
  propertyNames(names, _, { testOf }) {
    const test = testOf(names);
    return (value, instancePath, { faults }) =>
      Object.keys(value as object).every((propertyName) => {
        // A name stands in the place of its object: what is known of that is not known of it.
        if (test(propertyName, instancePath, { faults, known: new Map() })) return true;
        faults.push({ instancePath, keyword: 'propertyNames', params: { propertyName } });
        return false;
      });
  },
  additionalProperties: additionalPropertiesTest,
  dependencies: dependenciesTest,
  properties(properties, _, { testOf }) {
    const tests = Object.entries(properties as JsonObject).map(
      ([name, schema]) => [name, `/${pointerToken(name)}`, testOf(schema)] as const,
    );
    return (value, path, run) =>
      tests.every(
        ([name, step, test]) =>
          !has(value, name) || test((value as JsonObject)[name], path + step, run),
      );
  },
  patternProperties(patterns, _, { testOf }) {
    const tests = Object.entries(patterns as JsonObject).map(
      ([pattern, schema]) => [new RegExp(pattern, 'u'), testOf(schema)] as const,
    );
    return (value, path, run) =>
      tests.every(([pattern, test]) =>
        Object.keys(value as object)
          .filter((name) => pattern.test(name))
          .every((name) => memberTest(test, value, name, path, run)),
      );
  },
  unevaluatedProperties: leftoverTests.unevaluatedProperties,
};

/** The keywords by the type of the values that they judge, in Ajv's order; those about values of any type first. */
export const keywordTests: readonly {
  readonly type?: 'number' | 'string' | 'array' | 'object';
  readonly keywords: KeywordTests;
}[] = [
  {
    keywords: {
      ...alternativeTests,
      const: (allowedValue) =>
        plain<unknown>('const', (value) => isSame(value, allowedValue), { allowedValue }),
      enum: enumTest,
    },
  },
  { type: 'number', keywords: numbers },
  { type: 'string', keywords: strings },
  { type: 'array', keywords: arrays },
  { type: 'object', keywords: objects },
];

function bound(keyword: string, comparison: string, limit: Json, isValid: Judged<number>): Test {
  return plain(keyword, isValid, { comparison, limit });
}

function formatTest(format: string, type: 'number' | 'string'): Test | undefined {
  const known = Object.hasOwn(knownFormats, format) ? knownFormats[format] : undefined;
  if (known?.type !== type) return undefined;
  const isValid = known.validate as Judged<unknown>;
  return plain('format', isValid, { format });
}

function isSame(value: unknown, constant: Json): boolean {
  return isContainer(constant) ? equal(value, constant) : value === constant;
}

function enumTest(allowedValues: Json): Test {
  const values = allowedValues as Json[];
  const scalars = new Set<unknown>(values.filter((value) => !isContainer(value)));
  const others = values.filter(isContainer);
  return plain<unknown>(
    'enum',
    (value) => scalars.has(value) || others.some((other) => equal(value, other)),
    { allowedValues },
  );
}

function size(keyword: string, limit: Json, isValid: Judged<number>): Test {
  return plain<object>(keyword, (value) => isValid(Object.keys(value).length), { limit });
}

/** Tells whether an object has a member of its own. */
export function has(value: unknown, name: string): boolean {
  return Object.hasOwn(value as object, name) && (value as JsonObject)[name] !== undefined;
}

/** Judges the member of an object. */
export function memberTest(
  test: Test,
  value: unknown,
  name: string,
  path: string,
  run: Run,
): boolean {
  return test((value as JsonObject)[name], `${path}/${pointerToken(name)}`, run);
}

function eachItem(test: Test, from = 0): Test {
  return (list, path, run) => {
    const items = list as unknown[];
    for (let index = from; index < items.length; index += 1)
      if (!test(items[index], `${path}/${index}`, run)) return false;
    return true;
  };
}

function containsTest(
  schema: Json,
  { minContains = 1, maxContains }: JsonObject,
  { testOf }: Interpreter,
): Test {
  const test = testOf(schema);
  const least = Number(minContains);
  const most = maxContains === undefined ? Number.POSITIVE_INFINITY : Number(maxContains);
  const params = { minContains, ...(maxContains === undefined ? {} : { maxContains }) };
  return (list, instancePath, run) => {
    const start = run.faults.length;
    const count = (list as unknown[]).filter((item, index) =>
      test(item, `${instancePath}/${index}`, run),
    ).length;
    run.faults.length = start;
    if (count >= least && count <= most) return true;
    run.faults.push({ instancePath, keyword: 'contains', params });
    return false;
  };
}

function additionalPropertiesTest(
  rest: Json,
  { properties, patternProperties }: JsonObject,
  { testOf }: Interpreter,
): Test | undefined {
  if (rest === true) return undefined;
  const names = new Set(Object.keys(isObject(properties) ? properties : {}));
  const patterns = Object.keys(isObject(patternProperties) ? patternProperties : {}).map(
    (pattern) => new RegExp(pattern, 'u'),
  );
  const test = testOf(rest);
  const isKnown = (name: string) => names.has(name) || patterns.some((one) => one.test(name));
  return (value, instancePath, run) =>
    Object.keys(value as object).every((additionalProperty) => {
      if (isKnown(additionalProperty)) return true;
      if (rest !== false) return memberTest(test, value, additionalProperty, instancePath, run);
      const params = { additionalProperty };
      run.faults.push({ instancePath, keyword: 'additionalProperties', params });
      return false;
    });
}

function dependenciesTest(dependencies: Json, _: JsonObject, { testOf }: Interpreter): Test {
  const entries = Object.entries(dependencies as JsonObject);
  const lists = entries.flatMap(([name, needs]) =>
    Array.isArray(needs) ? [[name, needs.map(String)] as const] : [],
  );
  const schemas = entries.flatMap(([name, needs]) =>
    Array.isArray(needs) ? [] : [[name, testOf(needs)] as const],
  );
  return (value, instancePath, run) => {
    for (const [property, needs] of lists) {
      if (!has(value, property)) continue;
      const missingProperty = needs.find((name) => !has(value, name));
      if (missingProperty === undefined) continue;
      const params = { property, missingProperty };
      run.faults.push({ instancePath, keyword: 'dependencies', params });
      return false;
    }
    return schemas.every(([name, test]) => !has(value, name) || test(value, instancePath, run));
  };
}
