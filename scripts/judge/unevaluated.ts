import {
  _,
  and,
  type Code,
  type CodeKeywordDefinition,
  type KeywordCxt,
  type Name,
  not,
  or,
  Type,
  usePattern,
} from '../spec/ajv.js';
import type { Json, JsonObject } from '../spec/model.js';
import type { Members, Source } from './coverage.js';

/**
 * What a copy of a schema holds under an `unevaluated…` keyword: the schema of what is left over, what is evaluated,
 * and the schemas of the conditions, each under its index.
 */
export type Leftover = JsonObject & { readonly rest: JsonObject | boolean };

/** Puts an `unevaluated…` keyword into the form that these keywords read. */
export function leftover(
  rest: JsonObject | boolean,
  sources: readonly Source[],
  conditions: readonly (JsonObject | boolean)[],
): Leftover {
  const schemas = conditions.map((schema, index) => [`${index}`, schema] as const);
  return { rest, sources: sources as unknown as Json, ...Object.fromEntries(schemas) };
}

/**
 * Ajv's own keywords forget which items `contains` found, and take inherited names for evaluated ones.
 * These ask, for each value, which of its conditions hold.
 */
export const unevaluatedKeywords: readonly CodeKeywordDefinition[] = [
  {
    keyword: 'unevaluatedProperties',
    type: 'object',
    schemaType: 'object',
    trackErrors: true,
    error: { message: '', params: ({ params }) => _`{unevaluatedProperty: ${params.member}}` },
    code(cxt: KeywordCxt) {
      judge(cxt, 'properties', (each) => cxt.gen.forIn('key', cxt.data, each));
    },
  },
  {
    keyword: 'unevaluatedItems',
    type: 'array',
    schemaType: 'object',
    trackErrors: true,
    error: { message: '', params: ({ params }) => _`{unevaluatedItem: ${params.member}}` },
    code(cxt: KeywordCxt) {
      judge(cxt, 'items', (each) => cxt.gen.forRange('i', 0, _`${cxt.data}.length`, each));
    },
  },
];

function judge(
  cxt: KeywordCxt,
  about: Members,
  loop: (each: (member: Name) => void) => void,
): void {
  const { gen, keyword } = cxt;
  const { rest } = cxt.schema as Leftover;
  const sources = cxt.schema.sources as readonly Source[];
  const dataPropType = about === 'items' ? Type.Num : Type.Str;
  if (sources.some(({ all, when }) => all && when.length === 0)) return;
  const holds = conditionsOf(cxt, sources);
  const valid = gen.let('valid', true);
  loop((member) => {
    const covered = sources.map((source) =>
      and(
        ...source.when.map((index) => (index < 0 ? not(holds(~index)) : holds(index))),
        evaluates(cxt, source, member),
      ),
    );
    gen.if(not(or(_`false`, ...covered)), () => {
      if (rest === false) {
        cxt.setParams({ member });
        cxt.error();
        gen.assign(valid, false).break();
      } else {
        const fits = gen.name('valid');
        cxt.subschema({ keyword, schemaProp: 'rest', dataProp: member, dataPropType }, fits);
        gen.if(not(fits), () => gen.assign(valid, false).break());
      }
    });
  });
  cxt.ok(valid);
}

/** Writes the tests of all conditions of a value; returns the name of each one's outcome. */
function conditionsOf(cxt: KeywordCxt, sources: readonly Source[]): (index: number) => Name {
  const names = new Map<number, Name>();
  for (const index of sources.flatMap(({ when }) => when.map((one) => (one < 0 ? ~one : one)))) {
    if (names.has(index)) continue;
    const holds = cxt.gen.name('holds');
    cxt.subschema({ keyword: cxt.keyword, schemaProp: `${index}`, ...SILENT }, holds);
    names.set(index, holds);
  }
  cxt.reset();
  return (index) => names.get(index) as Name;
}

const SILENT = { compositeRule: true, createErrors: false, allErrors: false } as const;

/** Writes the test whether a source evaluates a member. */
function evaluates(cxt: KeywordCxt, source: Source, member: Name): Code {
  const { all, names = [], patterns = [], prefix, contains } = source;
  if (all) return _`true`;
  if (prefix !== undefined) return _`${member} < ${prefix}`;
  if (contains !== undefined) {
    const fits = cxt.gen.name('fits');
    const place = { dataProp: member, dataPropType: Type.Num };
    cxt.subschema({ keyword: cxt.keyword, schemaProp: `${contains}`, ...place, ...SILENT }, fits);
    cxt.reset();
    return _`${fits}`;
  }
  return or(
    ...names.map((name) => _`${member} === ${name}`),
    ...patterns.map((pattern) => _`${usePattern(cxt, pattern)}.test(${member})`),
  );
}
