import { isReference } from '../spec/grammar.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Json, JsonObject } from '../spec/model.js';
import { isObject, listOf, member } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { follow } from '../spec/references.js';

/**
 * Returns the bundled document as one to publish: operations refer to the messages of their channels by way of these, as
 * they must, where bundling made them refer to what those refer to.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#operationObject
 */
export function publishedDocument({ original }: SpecDocument): JsonObject {
  const { operations } = original;
  if (!isObject(operations)) return original;
  const published = Object.entries(operations).map(([id, operation]): [string, Json] => [
    id,
    isObject(operation) && !isReference(operation)
      ? withOwnMessages(operation, original)
      : operation,
  ]);
  return { ...original, operations: Object.fromEntries(published) };
}

function withOwnMessages(operation: JsonObject, document: JsonObject): JsonObject {
  const { channel, messages } = operation;
  if (!isReference(channel) || !Array.isArray(messages)) return operation;
  const held = Object.entries(member(follow(document, channel), 'messages') ?? {});
  const own = listOf(messages).map((message) => {
    if (isReference(message) && message.$ref.startsWith(`${channel.$ref}/messages/`))
      return message;
    const target = follow(document, message);
    const [key] = held.find(([, one]) => follow(document, one) === target) ?? [];
    return key === undefined
      ? message
      : { $ref: `${channel.$ref}${joinPointer('', 'messages', key)}` };
  });
  return { ...operation, messages: own };
}
