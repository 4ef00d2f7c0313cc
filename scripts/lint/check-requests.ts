import { namedHeaders } from '../judge/header-names.js';
import { pointerOfReference } from '../judge/schema-copy.js';
import { type Problem, problem } from '../problems/problem.js';
import { isJson } from '../spec/content-type.js';
import { isReference } from '../spec/grammar.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Json, JsonObject, Message } from '../spec/model.js';
import { isObject, type Locate, listOf } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { follow, lookUp } from '../spec/references.js';

/** How many headers messages may name, each counted for every message: generated modules list them for each. */
const MAX_HEADERS = 100_000;

/** Checks that requests can carry the messages: their content is JSON, and their headers leave room for HTTP's own. */
export function checkRequests({ spec, document, locate }: SpecDocument): Problem[] {
  return [
    ...spec.messages.flatMap((message) => checkContentType(message, document, locate)),
    ...checkRoom(spec.messages, document, locate),
    ...checkNumber(spec.messages, document, locate),
  ];
}

/** Reports the message at which there are too many headers. */
function checkNumber(
  messages: readonly Message[],
  document: JsonObject,
  locate: Locate,
): Problem[] {
  let count = 0;
  const crowded = messages.find(({ headers }) => {
    count += namedHeaders(document, headers).length;
    return count > MAX_HEADERS;
  });
  if (crowded === undefined) return [];
  return [problem('headers.too-many', { limit: MAX_HEADERS }, locate(crowded.pointer, 'key'))];
}

function checkContentType(
  { contentType, payload, pointer }: Message,
  document: JsonObject,
  locate: Locate,
): Problem[] {
  if (contentType === undefined || payload === undefined || isJson(contentType)) return [];
  const stated = [joinPointer(pointer, 'contentType'), '/defaultContentType'].find(
    (place) => lookUp(document, `#${place}`) === contentType,
  );
  const place = stated === undefined ? locate(pointer, 'key') : locate(stated);
  return [problem('message.content-type', { found: contentType }, place)];
}

/** Looks, once in each, for schemas that refuse headers that they do not name, though every request has some. */
function checkRoom(messages: readonly Message[], document: JsonObject, locate: Locate): Problem[] {
  const found: string[] = [];
  const seen = new Set<Json>();
  const todo = messages.flatMap(({ headers }) =>
    headers === undefined ? [] : [{ schema: headers.json, place: headers.pointer }],
  );
  // What a schema is made of comes after it.
  for (const { schema, place } of todo) {
    const target = follow(document, schema);
    if (!isObject(target) || seen.has(target)) continue;
    seen.add(target);
    const pointer = isReference(schema) ? pointerOfReference(schema.$ref) : place;
    for (const keyword of ['additionalProperties', 'unevaluatedProperties'])
      if (target[keyword] === false) found.push(joinPointer(pointer, keyword));
    for (const [index, part] of listOf(target.allOf).entries())
      todo.push({ schema: part, place: joinPointer(pointer, 'allOf', index) });
  }
  return found.map((pointer) => problem('headers.closed', {}, locate(pointer)));
}
