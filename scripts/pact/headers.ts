import { type KnownHeader, headersOf as typedHeaders } from '../generate/runtime/check.js';
import { headerNames as headerNamesOf } from '../judge/header-names.js';
import { closestName } from '../spec/closest-name.js';
import type { Json, JsonObject, Message } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { contentsOf } from './contents.js';
import type { PactDocument } from './document.js';
import { spelledAs } from './header-spelling.js';
import { likeIt, matching } from './matchers.js';
import type { needed } from './needs.js';

/**
 * Turns the headers that a consumer needs into metadata of a message, under the names that the document gives them.
 * Throws where it does not know one, or can't hold a value that is given.
 */
export function headersOf(
  { document, guarantee }: PactDocument,
  message: Message,
  needs: Readonly<Record<string, string | typeof needed>>,
): JsonObject {
  const { name: of, headers: schema } = message;
  const known = headerNamesOf(document, schema);
  const names = known.map(({ name }) => name);
  const spelled = Object.entries(needs).map(([given, value]) => {
    const header = known.find(({ name }) => name.toLowerCase() === given.toLowerCase());
    if (header !== undefined) return { header, value };
    const closest = closestName(given, names);
    const hint = closest === undefined ? '' : ` (did you mean ${closest}?)`;
    throw new TypeError(`the document knows no header ${JSON.stringify(given)} of ${of}${hint}`);
  });
  if (spelled.length === 0) return {};
  const typed = spelled.map(({ header, value }) => [
    header.name,
    typeof value === 'symbol' ? value : typedHeader(header, value),
  ]);
  const examples = message.examples.flatMap(({ headers }) =>
    isObject(headers) ? [spelledAs(names, headers)] : [],
  );
  const subject = { guarantee, schema, examples, path: ['headers'] };
  const made = contentsOf(subject, Object.fromEntries(typed)) as JsonObject;
  return Object.fromEntries(
    spelled.map(({ header: { name, type }, value }) => [
      name,
      typeof value === 'symbol' ? textOf(made[name] as Json, type) : value,
    ]),
  );
}

/** Returns headers as a generated receiver gives them: typed, and named as the document writes them. */
export function receivedHeaders(
  { document }: PactDocument,
  { name, headers }: Message,
  sent: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const lower = Object.entries(sent).map(([one, value]) => [one.toLowerCase(), value]);
  const headerNames = headerNamesOf(document, headers);
  return typedHeaders({ name, headerNames }, Object.fromEntries(lower));
}

/** Reads the text of a header as the document types it. */
function typedHeader(header: KnownHeader, text: string): unknown {
  const { name } = header;
  return typedHeaders({ name, headerNames: [header] }, { [name.toLowerCase()]: text })[name];
}

/** Headers are text: a number's rule becomes one of its digits. */
function textOf(made: Json, type: KnownHeader['type']): Json {
  if (type === 'string') return made;
  if (!isObject(made)) return String(made);
  const value = String(made.value);
  if (type === 'boolean') return matching(value, '^(?:true|false)$');
  return made['pact:matcher:type'] === 'integer' ? matching(value, '^-?[0-9]+$') : likeIt(value);
}
