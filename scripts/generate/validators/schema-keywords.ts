import { referencedToken } from '../../judge/schema-copy.js';
import {
  _,
  type Code,
  type CodeKeywordDefinition,
  getProperty,
  type KeywordCxt,
  type Name,
  not,
  or,
  stringify,
  Type,
} from '../../spec/ajv.js';
import type { Json, JsonObject } from '../../spec/model.js';
import { isInherited } from '../inherited-names.js';
import { moduleConstant, patternOf } from './value-keywords.js';
import { anyOf, endWhere, judgeOf, judgesAmong, listOf, pathOf, tried, used } from './writing.js';

const triedHere = (cxt: KeywordCxt, schema: Json): Code =>
  tried(schema, cxt.data as Name, pathOf(cxt));

/** Judges the value, or a member of it, by a schema within this function. */
function judged(cxt: KeywordCxt, place: Parameters<KeywordCxt['subschema']>[0]): void {
  // Ajv wants a name for the verdict, which nobody asks for: a fault ends the function.
  cxt.subschema(place, cxt.gen.name('valid'));
}

export const reference: CodeKeywordDefinition = {
  keyword: '$ref',
  code(cxt) {
    const judge = judgeOf(referencedToken(String(cxt.schema)));
    cxt.gen.if(_`!${judge}(${cxt.data}, ${pathOf(cxt)})`, () =>
      cxt.gen.code(_`return ${used('relay')}(${cxt.it.validateName}, ${judge})`),
    );
  },
};

/** The keywords that combine schemas of one value, in the order in which they are asked. */
export const combiningKeywords: readonly CodeKeywordDefinition[] = [
  {
    keyword: 'not',
    code: (cxt) => endWhere(cxt, triedHere(cxt, cxt.schema), _`{}`),
  },
  {
    keyword: 'anyOf',
    code(cxt) {
      const schemas = cxt.schema as Json[];
      const fits = anyOf(schemas.map((schema) => triedHere(cxt, schema)));
      endWhere(cxt, not(fits), _`{}`, { failed: judgesAmong(schemas) });
    },
  },
  {
    keyword: 'oneOf',
    code(cxt) {
      const { gen, it } = cxt;
      const schemas = cxt.schema as Json[];
      const fits = gen.const('fits', listOf(schemas.map((schema) => triedHere(cxt, schema))));
      gen.if(_`!${used('isOne')}(${fits})`, () => {
        const judges = listOf(judgesAmong(schemas));
        const what = _`${it.validateName}, ${pathOf(cxt)}, ${fits}, ${judges}`;
        gen.code(_`return ${used('breaksOneOf')}(${what})`);
      });
    },
  },
  {
    keyword: 'allOf',
    code(cxt) {
      for (const schemaProp of (cxt.schema as Json[]).keys()) {
        judged(cxt, { keyword: 'allOf', schemaProp });
      }
    },
  },
  {
    keyword: 'if',
    code(cxt) {
      const { then: consequence, else: alternative } = cxt.parentSchema as JsonObject;
      if (consequence === undefined && alternative === undefined) return;
      const condition = triedHere(cxt, cxt.schema);
      const whenTrue = () => judged(cxt, { keyword: 'then' });
      const whenFalse = () => judged(cxt, { keyword: 'else' });
      if (consequence === undefined) cxt.gen.if(not(condition), whenFalse);
      else if (alternative === undefined) cxt.gen.if(condition, whenTrue);
      else cxt.gen.if(condition, whenTrue, whenFalse);
    },
  },
];

/** The keywords about the items of a list, in the order in which they are asked. */
export const itemKeywords: readonly CodeKeywordDefinition[] = [
  {
    keyword: 'contains',
    type: 'array',
    code(cxt) {
      const { gen, data } = cxt;
      const { minContains = 1, maxContains } = cxt.parentSchema as JsonObject;
      const count = gen.let('count', 0);
      gen.forRange('i', 0, _`${data}.length`, (index) => {
        const item = gen.const('item', _`${data}[${index}]`);
        const path = _`${pathOf(cxt)} + "/" + ${index}`;
        gen.if(tried(cxt.schema, item, path), () => gen.code(_`${count}++`));
      });
      const limits = { minContains, ...(maxContains === undefined ? {} : { maxContains }) };
      const tooMany = maxContains === undefined ? _`false` : _`${count} > ${Number(maxContains)}`;
      const wrong = or(_`${count} < ${Number(minContains)}`, tooMany);
      endWhere(cxt, wrong, stringify(limits));
    },
  },
  {
    keyword: 'additionalItems',
    type: 'array',
    code(cxt) {
      const { items } = cxt.parentSchema as JsonObject;
      if (!Array.isArray(items) || cxt.schema === true) return;
      if (cxt.schema === false) {
        const count = items.length;
        endWhere(cxt, _`${cxt.data}.length > ${count}`, _`{limit: ${count}}`);
      } else eachItem(cxt, 'additionalItems', items.length);
    },
  },
  {
    keyword: 'items',
    type: 'array',
    code(cxt) {
      if (!Array.isArray(cxt.schema)) {
        if (cxt.schema !== true) eachItem(cxt, 'items', 0);
        return;
      }
      for (const index of cxt.schema.keys()) {
        const place = { keyword: 'items', schemaProp: index, dataProp: index };
        cxt.gen.if(_`${cxt.data}.length > ${index}`, () => judged(cxt, place));
      }
    },
  },
];

function eachItem(cxt: KeywordCxt, keyword: string, from: number): void {
  cxt.gen.forRange('i', from, _`${cxt.data}.length`, (index) =>
    judged(cxt, { keyword, dataProp: index, dataPropType: Type.Num }),
  );
}

/** Writes the test whether an object has a member; one that every object inherits must be its own. */
function isPresent({ data }: KeywordCxt, name: string): Code {
  return isInherited(name)
    ? _`Object.hasOwn(${data}, ${name})`
    : _`${data}${getProperty(name)} !== undefined`;
}

function isMissing({ data }: KeywordCxt, name: string): Code {
  return isInherited(name)
    ? _`!Object.hasOwn(${data}, ${name})`
    : _`${data}${getProperty(name)} === undefined`;
}

/** From how many names on they are a list rather than an expression each. */
const MANY_REQUIRED = 100;

/** Writes the name of the first member that is missing, or undefined. */
function firstMissing(cxt: KeywordCxt, names: readonly string[]): Code {
  if (names.length > MANY_REQUIRED) {
    const list = moduleConstant(cxt, 'constants', stringify(names));
    return _`${used('firstMissing')}(${cxt.data}, ${list})`;
  }
  return names.reduceRight<Code>(
    (rest, name) => _`${isMissing(cxt, name)} ? ${name} : ${rest}`,
    _`undefined`,
  );
}

/** The keywords about the members of an object, in the order in which they are asked. */
export const memberKeywords: readonly CodeKeywordDefinition[] = [
  {
    keyword: 'required',
    type: 'object',
    code(cxt) {
      const names = cxt.schema as string[];
      if (names.length === 0) return;
      const missing = cxt.gen.const('missing', firstMissing(cxt, names));
      endWhere(cxt, _`${missing} !== undefined`, _`{missingProperty: ${missing}}`);
    },
  },
  {
    keyword: 'propertyNames',
    type: 'object',
    code(cxt) {
      cxt.gen.forIn('key', cxt.data, (key) => {
        const failed = judgesAmong([cxt.schema]);
        const fits = tried(cxt.schema, key, pathOf(cxt));
        endWhere(cxt, not(fits), _`{propertyName: ${key}}`, { failed });
      });
    },
  },
  {
    keyword: 'additionalProperties',
    type: 'object',
    code(cxt) {
      if (cxt.schema === true) return;
      const { properties, patternProperties } = cxt.parentSchema as JsonObject;
      const names = Object.keys(properties ?? {});
      const patterns = Object.keys(patternProperties ?? {});
      cxt.gen.forIn('key', cxt.data, (key) =>
        cxt.gen.if(not(isNamed(cxt, key, names, patterns)), () => {
          if (cxt.schema === false) {
            endWhere(cxt, _`true`, _`{additionalProperty: ${key}}`);
          } else {
            const place = { dataProp: key, dataPropType: Type.Str };
            judged(cxt, { keyword: 'additionalProperties', ...place });
          }
        }),
      );
    },
  },
  {
    keyword: 'dependencies',
    type: 'object',
    code(cxt) {
      const entries = Object.entries(cxt.schema as JsonObject);
      for (const [property, needs] of entries) {
        if (!Array.isArray(needs) || needs.length === 0) continue;
        cxt.gen.if(isPresent(cxt, property), () => {
          const missing = cxt.gen.const('missing', firstMissing(cxt, needs.map(String)));
          const params = _`{property: ${property}, missingProperty: ${missing}}`;
          endWhere(cxt, _`${missing} !== undefined`, params);
        });
      }
      for (const [property, needs] of entries) {
        if (Array.isArray(needs)) continue;
        const place = { keyword: 'dependencies', schemaProp: property };
        cxt.gen.if(isPresent(cxt, property), () => judged(cxt, place));
      }
    },
  },
  {
    keyword: 'properties',
    type: 'object',
    code(cxt) {
      for (const name of Object.keys(cxt.schema as JsonObject)) {
        const place = { keyword: 'properties', schemaProp: name, dataProp: name };
        cxt.gen.if(isPresent(cxt, name), () => judged(cxt, place));
      }
    },
  },
  {
    keyword: 'patternProperties',
    type: 'object',
    code(cxt) {
      for (const pattern of Object.keys(cxt.schema as JsonObject)) {
        cxt.gen.forIn('key', cxt.data, (key) => {
          const place = { dataProp: key, dataPropType: Type.Str };
          cxt.gen.if(_`${patternOf(cxt, pattern)}.test(${key})`, () =>
            judged(cxt, { keyword: 'patternProperties', schemaProp: pattern, ...place }),
          );
        });
      }
    },
  },
];

/** From how many names on they are looked up rather than compared. */
const MANY_NAMES = 8;

/** Writes the test whether a name is one of several, or matches one of several patterns. */
export function isNamed(
  cxt: KeywordCxt,
  key: Name,
  names: readonly string[],
  patterns: readonly string[],
): Code {
  const known =
    names.length > MANY_NAMES
      ? [_`${moduleConstant(cxt, 'constants', _`new Set(${stringify(names)})`)}.has(${key})`]
      : names.map((name) => _`${key} === ${name}`);
  const matching = patterns.map((pattern) => _`${patternOf(cxt, pattern)}.test(${key})`);
  return anyOf([...known, ...matching]);
}
