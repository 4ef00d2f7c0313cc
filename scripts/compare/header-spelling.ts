import type { Part } from '../contract/guarantee.js';
import { namedHeaders } from '../judge/header-names.js';
import type { Json, JsonObject, Message, Schema } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { follow } from '../spec/references.js';
import type { Side } from './deliveries.js';

/** Returns the schema of a message's headers, with the names that it shares with another message spelled as that does. */
export function spelledAlike(
  [side, message]: readonly [Side, Message],
  [otherSide, other]: readonly [Side, Message],
): Part {
  const part = side.headersOf(message);
  if (message.headers === undefined) return part;
  const documents = [side.read.document, otherSide.read.document] as const;
  return {
    ...part,
    schema: spelledAs([documents[0], message.headers], [documents[1], other.headers]),
  };
}

/**
 * Returns a message's schema of headers with the names that it shares with another one spelled as that spells them: the
 * names of headers are the same in any case. The schema itself, where they are spelled alike already.
 */
function spelledAs(
  [document, headers]: readonly [JsonObject, Schema],
  [otherDocument, other]: readonly [JsonObject, Schema | undefined],
): Json {
  const spellings = new Map(
    namedHeaders(otherDocument, other).map(({ name }) => [name.toLowerCase(), name]),
  );
  const spelled = (name: string) => spellings.get(name.toLowerCase()) ?? name;
  const isAlike = namedHeaders(document, headers).every(({ name }) => spelled(name) === name);
  return isAlike ? headers.json : respelled(document, headers.json, spelled, new Set());
}

const LISTS = ['allOf', 'anyOf', 'oneOf'] as const;
const BRANCHES = ['if', 'then', 'else', 'not'] as const;

/** Copies a schema with other names of members, through references. */
function respelled(
  document: JsonObject,
  schema: Json,
  spelled: (name: string) => string,
  seen: ReadonlySet<Json>,
): Json {
  const target = follow(document, schema) ?? true;
  if (!isObject(target) || seen.has(target)) return target;
  const inner = (part: Json) => respelled(document, part, spelled, new Set([...seen, target]));
  const copy: JsonObject = { ...target };
  const { properties, required } = target;
  if (isObject(properties)) {
    copy.properties = Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [spelled(name), value]),
    );
  }
  if (isObject(target.dependencies)) {
    copy.dependencies = Object.fromEntries(
      Object.entries(target.dependencies).map(([name, brought]) => [
        spelled(name),
        Array.isArray(brought) ? brought.map((one) => spelled(String(one))) : inner(brought),
      ]),
    );
  }
  if (Array.isArray(required)) copy.required = required.map((name) => spelled(String(name)));
  for (const keyword of LISTS) {
    const list = target[keyword];
    if (Array.isArray(list)) copy[keyword] = list.map(inner);
  }
  for (const keyword of BRANCHES) {
    const branch = target[keyword];
    if (branch !== undefined) copy[keyword] = inner(branch);
  }
  return copy;
}
