import { createHash } from 'node:crypto';
import {
  _,
  type Code,
  type CodeKeywordDefinition,
  type KeywordCxt,
  Name,
  not,
  or,
  stringify,
} from '../../spec/ajv.js';
import { knownFormats } from '../../spec/formats.js';
import type { Json } from '../../spec/model.js';
import { isContainer } from '../../spec/positions.js';
import { endWhere, typeTest, used } from './writing.js';

type Type = 'number' | 'string' | 'array' | 'object';

/** A keyword that judges a value by itself: the condition under which it fails, and what it says then. */
function plain(
  keyword: string,
  type: Type | undefined,
  fails: (cxt: KeywordCxt) => Code,
  params: (cxt: KeywordCxt) => Code,
): CodeKeywordDefinition {
  return {
    keyword,
    ...(type === undefined ? {} : { type }),
    code: (cxt) => endWhere(cxt, fails(cxt), params(cxt)),
  };
}

const numberOf = ({ schema }: KeywordCxt): number => Number(schema);
const limit = (cxt: KeywordCxt): Code => _`{limit: ${numberOf(cxt)}}`;
const bound = (comparison: string) => (cxt: KeywordCxt) =>
  _`{comparison: ${comparison}, limit: ${numberOf(cxt)}}`;

/** Several types at once, which a schema calls `type`; for one alone Ajv has its own code. */
const types: CodeKeywordDefinition = {
  keyword: 'types',
  code(cxt) {
    const list = cxt.schema as string[];
    const test = or(...list.map((type) => typeTest(cxt.data as Name, type)));
    endWhere(cxt, _`!(${test})`, _`{type: ${stringify(list)}}`, { keyword: 'type' });
  },
};

/** From how many constants on they are looked up rather than compared. */
const MANY_CONSTANTS = 20;

const constants: CodeKeywordDefinition = {
  keyword: 'enum',
  code(cxt) {
    const values = cxt.schema as Json[];
    const text = stringify(values);
    if (values.length > MANY_CONSTANTS && !values.some(isContainer)) {
      const set = moduleConstant(cxt, 'constants', _`new Set(${text})`);
      endWhere(cxt, _`!${set}.has(${cxt.data})`, _`{allowedValues: [...${set}]}`);
      return;
    }
    if (values.length > MANY_CONSTANTS) {
      const list = moduleConstant(cxt, 'constants', text);
      endWhere(cxt, _`!${used('isAmong')}(${cxt.data}, ${list})`, _`{allowedValues: ${list}}`);
      return;
    }
    const tests = values.map((value) => isSame(cxt, value));
    endWhere(cxt, _`!(${or(_`false`, ...tests)})`, _`{allowedValues: ${text}}`);
  },
};

function isSame(cxt: KeywordCxt, value: Json): Code {
  return isContainer(value)
    ? _`${used('equal')}(${cxt.data}, ${constantOf(cxt, value)})`
    : _`${cxt.data} === ${constantOf(cxt, value)}`;
}

/** Writes a constant; an object or list is made once, not whenever it is asked for. */
function constantOf(cxt: KeywordCxt, value: Json): Code {
  const text = stringify(value);
  return isContainer(value) ? _`${moduleConstant(cxt, 'constants', text)}` : text;
}

/** Declares a constant of the module, by a name that tells its text; the same for all that use it. */
export function moduleConstant(cxt: KeywordCxt, kind: 'constants' | 'pattern', text: Code): Name {
  const hash = createHash('sha256').update(text.toString()).digest('hex').slice(0, 10);
  const name = new Name(`${kind}_${hash}`);
  declarationsOf(cxt).set(name.str, text);
  return name;
}

const declarations = new WeakMap<object, Map<string, Code>>();

/** Returns the constants that the code of one Ajv uses, by name. */
export function declarationsOf({ it: { self } }: { it: { self: object } }): Map<string, Code> {
  const known = declarations.get(self) ?? new Map<string, Code>();
  declarations.set(self, known);
  return known;
}

/** Names the compiled form of a pattern. */
export function patternOf(cxt: KeywordCxt, pattern: string): Name {
  return moduleConstant(cxt, 'pattern', _`new RegExp(${pattern}, "u")`);
}

function format(
  keyword: 'format' | 'numberFormat',
  type: 'string' | 'number',
): CodeKeywordDefinition {
  return {
    keyword,
    type,
    code(cxt) {
      const known = knownFormats[String(cxt.schema)];
      if (known === undefined) throw new Error(`no file holds the format ${cxt.schema}`);
      const fails = _`!${new Name(known.name)}(${cxt.data})`;
      endWhere(cxt, fails, _`{format: ${cxt.schema as string}}`, { keyword: 'format' });
    },
  };
}

const length = ({ data }: KeywordCxt): Code => _`${used('codePoints')}(${data})`;
const items = ({ data }: KeywordCxt): Code => _`${data}.length`;
const members = ({ data }: KeywordCxt): Code => _`Object.keys(${data}).length`;

/** The keywords that judge a value by itself, in the order in which they are asked. */
export const valueKeywords = {
  any: [
    types,
    plain(
      'const',
      undefined,
      (cxt) => not(isSame(cxt, cxt.schema)),
      (cxt) => _`{allowedValue: ${constantOf(cxt, cxt.schema)}}`,
    ),
    constants,
  ],
  number: [
    plain('maximum', 'number', (cxt) => _`${cxt.data} > ${numberOf(cxt)}`, bound('<=')),
    plain('minimum', 'number', (cxt) => _`${cxt.data} < ${numberOf(cxt)}`, bound('>=')),
    plain('exclusiveMaximum', 'number', (cxt) => _`${cxt.data} >= ${numberOf(cxt)}`, bound('<')),
    plain('exclusiveMinimum', 'number', (cxt) => _`${cxt.data} <= ${numberOf(cxt)}`, bound('>')),
    plain(
      'multipleOf',
      'number',
      (cxt) => _`!${used('isMultiple')}(${cxt.data}, ${numberOf(cxt)})`,
      (cxt) => _`{multipleOf: ${numberOf(cxt)}}`,
    ),
    format('numberFormat', 'number'),
  ],
  string: [
    plain('maxLength', 'string', (cxt) => _`${length(cxt)} > ${numberOf(cxt)}`, limit),
    plain('minLength', 'string', (cxt) => _`${length(cxt)} < ${numberOf(cxt)}`, limit),
    plain(
      'pattern',
      'string',
      (cxt) => _`!${patternOf(cxt, String(cxt.schema))}.test(${cxt.data})`,
      ({ schema }) => _`{pattern: ${schema as string}}`,
    ),
    format('format', 'string'),
  ],
  array: [
    plain('maxItems', 'array', (cxt) => _`${items(cxt)} > ${numberOf(cxt)}`, limit),
    plain('minItems', 'array', (cxt) => _`${items(cxt)} < ${numberOf(cxt)}`, limit),
  ],
  distinct: plain(
    'uniqueItems',
    'array',
    ({ schema, data }) => (schema === true ? _`!${used('unique')}(${data})` : _`false`),
    () => _`{}`,
  ),
  object: [
    plain('maxProperties', 'object', (cxt) => _`${members(cxt)} > ${numberOf(cxt)}`, limit),
    plain('minProperties', 'object', (cxt) => _`${members(cxt)} < ${numberOf(cxt)}`, limit),
  ],
} as const;
