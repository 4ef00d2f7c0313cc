import { referencedToken } from '../../judge/schema-copy.js';
import { _, type Code, codeOf, type KeywordCxt, Name, or, strConcat } from '../../spec/ajv.js';
import type { Json } from '../../spec/model.js';
import { isContainer, isObject } from '../../spec/positions.js';

/** The beginning of the name that a definition's function has until it gets its own. */
export const JUDGE = 'judge_';

/** Returns the function of a definition. */
export function judgeOf(token: string): Name {
  return new Name(`${JUDGE}${token}`);
}

/** Returns the place of the value that a keyword judges. */
export function pathOf({ it }: KeywordCxt): Code | Name {
  return strConcat(new Name('instancePath'), it.errorPath);
}

/** Writes that the function ends where a condition holds, with what a keyword says. */
export function endWhere(
  cxt: KeywordCxt,
  condition: Code,
  params: Code,
  { keyword = cxt.keyword, failed }: { keyword?: string; failed?: readonly Name[] } = {},
): void {
  const { gen, it } = cxt;
  const what = _`${it.validateName}, ${pathOf(cxt)}, ${keyword}, ${params}`;
  gen.if(condition, () =>
    gen.code(
      failed === undefined || failed.length === 0
        ? _`return ${used('breaks')}(${what})`
        : _`return ${used('breaksAll')}(${what}, ${listOf(failed)})`,
    ),
  );
}

/** Names a function of `runtime/` that emitted code calls. */
export function used(name: RuntimeName): Name {
  return new Name(name);
}

/** The functions of `runtime/` that emitted code calls, and the file of each. */
export const runtimeNames = {
  breaks: 'verdicts.js',
  breaksAll: 'verdicts.js',
  breaksOneOf: 'verdicts.js',
  isOne: 'verdicts.js',
  once: 'verdicts.js',
  onceOfAny: 'verdicts.js',
  relay: 'verdicts.js',
  codePoints: 'values.js',
  equal: 'values.js',
  firstMissing: 'values.js',
  isAmong: 'values.js',
  isMultiple: 'values.js',
  unique: 'values.js',
} as const;

export type RuntimeName = keyof typeof runtimeNames;

export function listOf(items: readonly (Code | Name)[]): Code {
  return codeOf(`[${items.join(', ')}]`);
}

/** How many tests are put into the brackets of each other at most. */
const MANY_TESTS = 100;

/**
 * Writes that one of several tests holds. Ajv puts each into the brackets of the next, and engines and bundlers read
 * brackets by recursion: many are written in groups, and groups of groups.
 */
export function anyOf(tests: readonly Code[]): Code {
  if (tests.length <= MANY_TESTS) return or(_`false`, ...tests);
  const groups = Array.from({ length: Math.ceil(tests.length / MANY_TESTS) }, (_none, index) =>
    anyOf(tests.slice(index * MANY_TESTS, (index + 1) * MANY_TESTS)),
  );
  return anyOf(groups.map((group) => codeOf(`${group}`)));
}

/** Tells whether a value has a type; numbers beyond what JSON can write have none. */
export function typeTest(data: Name, type: string): Code {
  switch (type) {
    case 'null':
      return _`${data} === null`;
    case 'array':
      return _`Array.isArray(${data})`;
    case 'object':
      return _`(typeof ${data} == "object" && ${data} !== null && !Array.isArray(${data}))`;
    case 'integer':
      return _`Number.isInteger(${data})`;
    case 'number':
      return _`Number.isFinite(${data})`;
    default:
      return _`typeof ${data} == ${type}`;
  }
}

/** Tells whether a schema is tried by an expression: it says no more than a type, or that a scalar is meant. */
export function isPlain(schema: Json): boolean {
  if (!isObject(schema)) return true;
  const [keyword, ...more] = Object.keys(schema);
  if (keyword === undefined) return true;
  return (
    more.length === 0 && (keyword === 'type' || (keyword === 'const' && !isContainer(schema.const)))
  );
}

/** Writes the test of a value by a schema that is tried: an expression, or the call of its function. */
export function tried(schema: Json, data: Name, path: Code | Name): Code {
  if (!isObject(schema)) return schema === false ? _`false` : _`true`;
  if (typeof schema.$ref === 'string')
    return _`${judgeOf(referencedToken(schema.$ref))}(${data}, ${path})`;
  if (schema.type !== undefined)
    return or(...[schema.type].flat().map((type) => typeTest(data, String(type))));
  return schema.const === undefined ? _`true` : _`${data} === ${schema.const as string}`;
}

/** Lists the functions among schemas that are tried. */
export function judgesAmong(schemas: readonly Json[]): Name[] {
  return schemas.flatMap((schema) =>
    isObject(schema) && typeof schema.$ref === 'string'
      ? [judgeOf(referencedToken(schema.$ref))]
      : [],
  );
}
