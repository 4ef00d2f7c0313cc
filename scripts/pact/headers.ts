import { headerNames } from '../judge/header-names.js';
import { closestName } from '../spec/closest-name.js';
import type { Json, JsonObject, Message } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { contentsOf } from './contents.js';
import { guaranteeOf } from './guarantees.js';
import { likeIt, matching } from './matchers.js';
import { needed } from './needs.js';

/**
 * Turns the headers that a consumer needs into metadata of a message, under the names that the document gives them.
 * Throws where it does not know one.
 */
export function headersOf(
  { document }: SpecDocument,
  message: Message,
  needs: Readonly<Record<string, string | typeof needed>>,
): JsonObject {
  const known = headerNames(document, message.headers);
  const schema = message.headers?.json ?? true;
  const members = guaranteeOf(document, schema)?.members;
  return Object.fromEntries(
    Object.entries(needs).map(([given, value]) => {
      const header = known.find(({ name }) => name.toLowerCase() === given.toLowerCase());
      if (header === undefined) {
        const names = known.map(({ name }) => name);
        const suggestion = closestName(given, names);
        throw new TypeError(
          `the document knows no header ${JSON.stringify(given)} of ${message.name}` +
            (suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`),
        );
      }
      if (value !== needed) return [header.name, value];
      const made = contentsOf(
        {
          document,
          schema: members?.get(header.name) ?? true,
          examples: message.examples.flatMap(({ headers }) => headerValues(headers, header.name)),
          pointer: `/headers/${header.name}`,
          isInList: false,
        },
        needed,
      );
      return [header.name, header.type === 'string' ? made : textOf(made, header.type)];
    }),
  );
}

/** Headers are text: a number's rule becomes one of its digits. */
function textOf(made: Json, type: 'number' | 'boolean'): Json {
  if (!isObject(made)) return String(made);
  const value = String(made.value);
  if (type === 'boolean') return matching(value, '^(?:true|false)$');
  return made['pact:matcher:type'] === 'integer' ? matching(value, '^-?[0-9]+$') : likeIt(value);
}

function headerValues(headers: Json | undefined, name: string): Json[] {
  const entries = isObject(headers) ? Object.entries(headers) : [];
  return entries.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, one]) => one);
}
