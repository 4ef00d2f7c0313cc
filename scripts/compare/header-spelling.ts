import { namedHeaders } from '../judge/header-names.js';
import type { Json, JsonObject, Schema } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { follow } from '../spec/references.js';

/**
 * Returns a message's schema of headers with the names that it shares with another one spelled as that spells them: the
 * names of headers are the same in any case. The schema itself, where they are spelled alike already.
 */
export function spelledAs(
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
