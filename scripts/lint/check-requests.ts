import { namedHeaders } from '../judge/header-names.js';
import { pointerOfReference } from '../judge/schema-copy.js';
import { type Problem, problem } from '../problems/problem.js';
import { isJson } from '../spec/content-type.js';
import { isReference } from '../spec/grammar.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Json, JsonObject, Message, Schema } from '../spec/model.js';
import { isObject, type Locate, listOf } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { follow, lookUp } from '../spec/references.js';

/** How many headers messages may name, each counted for every message: generated modules list them for each. */
const MAX_HEADERS = 100_000;

/** Checks that requests can carry the messages: their content is JSON, and their headers leave room for HTTP's own. */
export function checkRequests({ spec, document, locate }: SpecDocument): Problem[] {
  return [
    ...spec.messages.flatMap((message) => [
      ...checkContentType(message, document, locate),
      ...checkRoom(message.headers, document, locate),
    ]),
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

/** Looks for a schema that refuses headers that it does not name, though every request has some. */
function checkRoom(headers: Schema | undefined, document: JsonObject, locate: Locate): Problem[] {
  if (headers === undefined) return [];
  const closing = (schema: Json, place: string): string[] => {
    const target = follow(document, schema);
    const pointer = isReference(schema) ? pointerOfReference(schema.$ref) : place;
    if (!isObject(target)) return [];
    const own = ['additionalProperties', 'unevaluatedProperties'].filter(
      (keyword) => target[keyword] === false,
    );
    const parts = listOf(target.allOf).flatMap((part, index) =>
      closing(part, joinPointer(pointer, 'allOf', index)),
    );
    return [...own.map((keyword) => joinPointer(pointer, keyword)), ...parts];
  };
  return closing(headers.json, headers.pointer).map((pointer) =>
    problem('headers.closed', {}, locate(pointer)),
  );
}
