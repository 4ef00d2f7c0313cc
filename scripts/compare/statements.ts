import type { Json, JsonObject } from '../spec/model.js';
import { isContainer, isObject } from '../spec/positions.js';
import { follow } from '../spec/references.js';

/** Members that describe, and judge nothing. */
const DESCRIPTIONS: ReadonlySet<string> = new Set([
  ...['title', 'name', 'summary', 'description', 'tags', 'externalDocs', 'examples', 'example'],
  ...['$id', '$schema', '$comment', 'default', 'deprecated', 'bindingVersion'],
]);

/** How many values are compared for one question. */
const MAX_VALUES = 100_000;

/**
 * Tells whether two values of documents state the same, through references and whatever they say in words; undefined
 * states the same as an empty object. What refers to itself, or is too large to compare, states something else.
 */
export function stateSame(
  [oldDocument, old]: readonly [JsonObject, Json | undefined],
  [newDocument, now]: readonly [JsonObject, Json | undefined],
): boolean {
  let left = MAX_VALUES;
  const path: Json[] = [];
  const same = (one: Json, other: Json): boolean => {
    left -= 1;
    const a = follow(oldDocument, one);
    const b = follow(newDocument, other);
    if (a === undefined || b === undefined || left < 0) return false;
    if (!isContainer(a) || !isContainer(b)) return a === b;
    if (Array.isArray(a) !== Array.isArray(b)) return false;
    // What stands within itself on both sides was compared when it was met first.
    if (path.includes(a)) return true;
    path.push(a);
    const [entries, others] = [statements(a), statements(b)];
    const isSame =
      entries.size === others.size &&
      [...entries].every(([key, value]) => {
        const counterpart = others.get(key);
        return counterpart !== undefined && same(value, counterpart);
      });
    path.pop();
    return isSame;
  };
  return same(old ?? {}, now ?? {});
}

function statements(value: JsonObject | Json[]): Map<string, Json> {
  const entries = Object.entries(value);
  return new Map(
    isObject(value)
      ? entries.filter(([key]) => !DESCRIPTIONS.has(key) && !key.startsWith('x-'))
      : entries,
  );
}
