import { headersOf, type KnownHeader } from '../generate/runtime/check.js';
import { textType } from '../judge/header-names.js';
import { shapeOf } from '../judge/shape.js';
import { undocumentedMembers } from '../judge/undocumented.js';
import { type Location, type Problem, problem } from '../problems/problem.js';
import { joinPointer, pointerTokens } from '../spec/json-pointer.js';
import type { Json, JsonObject } from '../spec/model.js';
import { addressQueryOf } from './addresses.js';
import { shownValue } from './contradictions.js';
import { type Case, type Guarantee, itemOf, memberOf, type Part } from './guarantee.js';
import type { Linked } from './link.js';
import type { HttpInteraction, Pact } from './pact.js';
import { checkExample } from './rule-problems.js';

type Query = HttpInteraction['query'];

/**
 * Judges a request's query: by the channel's address where it has one, and the rest by the schema that the operation's
 * binding states; what neither states is not allowed.
 * https://github.com/asyncapi/bindings/tree/master/http#operation-binding-object
 */
export function checkQuery(
  { locate }: Pact,
  { pointer, query, rules }: HttpInteraction,
  { read, operation }: Linked,
  guarantee: Guarantee,
): Problem[] {
  const place = `${pointer}/request/query`;
  const inQuery = locate(place);
  const inOperation = read.locate(operation.pointer);
  const ofValues = rules.query.map((rule) => ({
    ...rule,
    tokens: rule.tokens && [...rule.tokens, '[*]' as const],
  }));
  const inAddress = addressQueryOf(operation);
  const others = Object.fromEntries(Object.entries(query).filter(([name]) => !inAddress.has(name)));
  const examples = checkExample(query as JsonObject, ofValues, locate);
  const problems = [
    ...[...inAddress].flatMap(([name, patterns]) =>
      checkStated(name, query[name] ?? [], patterns, inQuery, inOperation),
    ),
    ...examples,
  ];
  const { query: schema } = operation;
  if (schema === undefined) {
    if (Object.keys(others).length === 0) return problems;
    const details = { found: shownValue(others as JsonObject) };
    return [problem('pact.request.query', details, inQuery, inOperation), ...problems];
  }
  const strangers = undocumentedMembers(read.document, schema, others as JsonObject).map((at) => {
    const [name = ''] = pointerTokens(at);
    const details = { what: 'parameter', name };
    const where = locate(joinPointer(place, name));
    return problem('pact.request.undocumented', details, where, inOperation);
  });
  const cases = guarantee.casesOf([{ schema, pointer: operation.pointer }]);
  if (cases === undefined) {
    const details = { what: 'the query', reason: 'its schema has too many alternatives' };
    return [problem('pact.unjudged', details, inQuery, inOperation), ...problems];
  }
  const faults = cases.map((one) => guarantee.fault(one, typedQuery(guarantee, one, others)));
  if (faults.includes(undefined)) return [...strangers, ...problems];
  const words = faults[0] ?? { text: 'The document allows no query.' };
  const text = words.text.replace(/^The member /, 'The query parameter ');
  const invalid = problem('pact.request.invalid', { ...words, text }, inQuery, inOperation);
  return [invalid, ...strangers, ...problems];
}

/** Judges the values of a parameter that stands in the channel's address. */
function checkStated(
  name: string,
  values: readonly string[],
  patterns: readonly RegExp[],
  ...places: readonly Location[]
): Problem[] {
  const isAsStated =
    values.length === patterns.length &&
    patterns.every((pattern, index) => pattern.test(values[index] ?? ''));
  if (isAsStated) return [];
  const subject = `The query parameter ${JSON.stringify(name)}`;
  const text = `${subject} is not as it stands in the channel's address.`;
  return [problem('pact.request.invalid', { text, found: shownValue([...values]) }, ...places)];
}

/** Reads the texts of a query by the types that its schema gives them in one case. */
function typedQuery(guarantee: Guarantee, one: Case, query: Query): JsonObject {
  return Object.fromEntries(
    Object.entries(query).map(([name, texts]) => [
      name,
      typedValues(guarantee, memberOf(one, name).parts, texts),
    ]),
  );
}

/** A parameter is a list where its schema says so, or where it is there more than once. */
function typedValues(
  guarantee: Guarantee,
  parts: readonly Part[],
  [first, ...more]: readonly string[],
): Json {
  const list = guarantee.casesOf(parts)?.find(({ shape }) => shape.types?.has('array') === true);
  if (first !== undefined && more.length === 0 && list === undefined) {
    return typedText(first, typeOf(guarantee, parts));
  }
  const texts = first === undefined ? [] : [first, ...more];
  return texts.map((text, index) =>
    typedText(text, typeOf(guarantee, list === undefined ? [] : itemOf(list, index))),
  );
}

/** Returns the type of the scalars that satisfy some schemas; texts are taken as they are. */
function typeOf({ read }: Guarantee, parts: readonly Part[]): KnownHeader['type'] {
  return textType(shapeOf(read.document, { allOf: parts.map(({ schema }) => schema) }));
}

/** Reads a text as a receiver reads that of a header. */
function typedText(text: string, type: KnownHeader['type']): Json {
  const typed = headersOf({ name: '', headerNames: [{ name: 'text', type }] }, { text });
  return typed.text as Json;
}
