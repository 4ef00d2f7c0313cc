import type { Source } from '../../judge/coverage.js';
import {
  _,
  and,
  type Code,
  type CodeKeywordDefinition,
  type KeywordCxt,
  type Name,
  not,
  Type,
} from '../../spec/ajv.js';
import type { Json, JsonObject } from '../../spec/model.js';
import { isNamed } from './schema-keywords.js';
import { anyOf, endWhere, pathOf, tried } from './writing.js';

/** The keywords about what is left over of a value, in the form that copies give them. */
export const leftoverItems: CodeKeywordDefinition = {
  keyword: 'unevaluatedItems',
  type: 'array',
  code: (cxt) =>
    judgeLeftovers(cxt, (each) => cxt.gen.forRange('i', 0, _`${cxt.data}.length`, each)),
};
export const leftoverProperties: CodeKeywordDefinition = {
  keyword: 'unevaluatedProperties',
  type: 'object',
  code: (cxt) => judgeLeftovers(cxt, (each) => cxt.gen.forIn('key', cxt.data, each)),
};

function judgeLeftovers(cxt: KeywordCxt, loop: (each: (member: Name) => void) => void): void {
  const { gen, keyword } = cxt;
  const { rest } = cxt.schema as JsonObject;
  const sources = cxt.schema.sources as readonly Source[];
  if (sources.some(({ all, when }) => all && when.length === 0)) return;
  const isItems = keyword === 'unevaluatedItems';
  const holds = conditionsOf(cxt, sources);
  loop((member) => {
    const covered = sources.map((source) =>
      and(
        ...source.when.map((index) => (index < 0 ? not(holds(~index)) : holds(index))),
        evaluates(cxt, source, member),
      ),
    );
    gen.if(not(anyOf(covered)), () => {
      if (rest === false) {
        const param = isItems
          ? _`{unevaluatedItem: ${member}}`
          : _`{unevaluatedProperty: ${member}}`;
        endWhere(cxt, _`true`, param);
        return;
      }
      const place = { dataProp: member, dataPropType: isItems ? Type.Num : Type.Str };
      cxt.subschema({ keyword, schemaProp: 'rest', ...place }, gen.name('valid'));
    });
  });
}

/** Writes the tests of all conditions of a value; returns the name of each one's outcome. */
function conditionsOf(cxt: KeywordCxt, sources: readonly Source[]): (index: number) => Name {
  const names = new Map<number, Name>();
  for (const index of sources.flatMap(({ when }) => when.map((one) => (one < 0 ? ~one : one)))) {
    if (names.has(index)) continue;
    const schema = cxt.schema[`${index}`] as Json;
    names.set(index, cxt.gen.const('holds', tried(schema, cxt.data as Name, pathOf(cxt))));
  }
  return (index) => names.get(index) as Name;
}

/** Writes the test whether a source evaluates a member. */
function evaluates(cxt: KeywordCxt, source: Source, member: Name): Code {
  const { all, names = [], patterns = [], prefix, contains } = source;
  if (all) return _`true`;
  if (prefix !== undefined) return _`${member} < ${prefix}`;
  if (contains !== undefined) {
    const item = cxt.gen.const('item', _`${cxt.data}[${member}]`);
    return tried(cxt.schema[`${contains}`] as Json, item, _`${pathOf(cxt)} + "/" + ${member}`);
  }
  return isNamed(cxt, member, names, patterns);
}
