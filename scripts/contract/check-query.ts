import { headersOf, type KnownHeader } from '../generate/runtime/check.js';
import { shapeOf } from '../judge/shape.js';
import { undocumentedMembers } from '../judge/undocumented.js';
import { type Problem, problem } from '../problems/problem.js';
import { joinPointer, pointerTokens } from '../spec/json-pointer.js';
import type { Json, JsonObject } from '../spec/model.js';
import { isObject, member } from '../spec/positions.js';
import { follow } from '../spec/references.js';
import { shownValue } from './contradictions.js';
import type { Guarantee } from './guarantee.js';
import type { Linked } from './link.js';
import type { HttpInteraction, Pact } from './pact.js';
import { checkExample } from './rule-problems.js';

/**
 * Judges a request's query by the schema that the operation's binding states; one that it does not state is not allowed.
 * https://github.com/asyncapi/bindings/tree/master/http#operation-binding-object
 */
export function checkQuery(
  { locate }: Pact,
  { pointer, query, rules }: HttpInteraction,
  { read, operation }: Linked,
  guarantee: Guarantee,
): Problem[] {
  const place = `${pointer}/request/query`;
  const inOperation = read.locate(operation.pointer);
  const ofValues = rules.query.map((rule) => ({
    ...rule,
    tokens: rule.tokens && [...rule.tokens, '[*]' as const],
  }));
  const examples = checkExample(query as JsonObject, ofValues, locate);
  const { query: schema } = operation;
  if (schema === undefined) {
    if (Object.keys(query).length === 0) return examples;
    const details = { found: shownValue(query as JsonObject) };
    return [problem('pact.request.query', details, locate(place), inOperation), ...examples];
  }
  const value = typedQuery(read.document, schema, query);
  const strangers = undocumentedMembers(read.document, schema, value).map((at) => {
    const [name = ''] = pointerTokens(at);
    const details = { what: 'parameter', name };
    const where = locate(joinPointer(place, name));
    return problem('pact.request.undocumented', details, where, inOperation);
  });
  const parts = [{ schema, pointer: operation.pointer }];
  const cases = guarantee.casesOf(parts);
  if (cases === undefined) {
    const details = { what: 'the query', reason: 'its schema has too many alternatives' };
    return [problem('pact.unjudged', details, locate(place), inOperation), ...examples];
  }
  const faults = cases.map((one) => guarantee.fault(one, value));
  if (faults.includes(undefined)) return [...strangers, ...examples];
  const words = faults[0] ?? { text: 'The document allows no query.' };
  const text = words.text.replace(/^The member /, 'The query parameter ');
  const invalid = problem('pact.request.invalid', { ...words, text }, locate(place), inOperation);
  return [invalid, ...strangers, ...examples];
}

/** Reads the texts of a query by the types that its schema gives them. */
function typedQuery(
  document: JsonObject,
  schema: Json,
  query: HttpInteraction['query'],
): JsonObject {
  const properties = member(follow(document, schema), 'properties');
  return Object.fromEntries(
    Object.entries(query).map(([name, texts]) => {
      const own = isObject(properties) ? member(properties, name) : undefined;
      return [name, typedValues(document, own, texts)];
    }),
  );
}

function typedValues(
  document: JsonObject,
  schema: Json | undefined,
  texts: readonly string[],
): Json {
  const [first, ...more] = texts;
  const types = shapeOf(document, schema).types;
  if (first === undefined || more.length > 0 || types?.has('array') === true) {
    const items = member(follow(document, schema ?? true), 'items');
    return texts.map((text) => typedText(text, typeOf(document, items)));
  }
  return typedText(first, typeOf(document, schema));
}

function typeOf(document: JsonObject, schema: Json | undefined): KnownHeader['type'] {
  const { types } = shapeOf(document, schema);
  const known = (['number', 'boolean'] as const).find((type) => types?.has(type) === true);
  return types?.has('string') === true ? 'string' : (known ?? 'string');
}

/** Reads a text as a receiver reads that of a header. */
function typedText(text: string, type: KnownHeader['type']): Json {
  const typed = headersOf({ name: '', headerNames: [{ name: 'text', type }] }, { text });
  return typed.text as Json;
}
