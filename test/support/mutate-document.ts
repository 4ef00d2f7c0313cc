import { joinPointer } from '../../scripts/spec/json-pointer.js';
import type { Json, JsonObject } from '../../scripts/spec/model.js';
import { isContainer, isObject } from '../../scripts/spec/positions.js';

/** A change to one place of a document: what it does, in words, and the document that it makes. */
export interface Mutation {
  readonly what: string;
  readonly make: () => Json;
}

const replacements: readonly Json[] = [null, 7, 'text', true, ['text'], { text: 'text' }];

/**
 * Lists the small mistakes that a writer of a document can make, at every place of it: each member left out,
 * misspelt, or replaced by a value of every type; fields that do not belong, items and members that stand
 * twice, references that lead elsewhere. Values below names that `skip` holds are left alone.
 */
export function mutationsOf(root: Json, skip: ReadonlySet<string> = new Set()): Mutation[] {
  const found: Mutation[] = [];
  const visit = (node: Json, path: readonly string[]): void => {
    if (!isContainer(node)) return;
    const add = (what: string, key: string, change: (parent: Json) => void) => {
      const pointer = joinPointer('', ...path, key);
      found.push({ what: `${what} ${pointer}`, make: () => changed(root, path, change) });
    };
    add('an unknown field', 'unknown', (parent) => put(parent, 'unknown', 1));
    for (const key of Object.keys(node)) {
      const value = (node as JsonObject)[key] as Json;
      add('without', key, (parent) => remove(parent, key));
      for (const replacement of replacements) {
        add(`${JSON.stringify(replacement)} at`, key, (parent) => put(parent, key, replacement));
      }
      if (Array.isArray(node)) {
        add('twice', key, (parent) => put(parent, String(node.length), value));
      } else {
        add('misspelt', key, (parent) => rename(parent as JsonObject, key, misspelt(key)));
        add('in capitals', key, (parent) => rename(parent as JsonObject, key, key.toUpperCase()));
        add('a copy of', key, (parent) => put(parent, `${key}Copy`, value));
      }
      if (typeof value === 'string') {
        const others =
          key === '$ref'
            ? [`${value}x`, value.replace(/\/[^/]*$/, ''), '#/info', '#', 'nothing.yaml']
            : [`${value}x`, '', value.toUpperCase()];
        for (const other of others)
          add(`${JSON.stringify(other)} at`, key, (parent) => put(parent, key, other));
      }
      if (typeof value === 'number') add('negative', key, (parent) => put(parent, key, -1 - value));
      if (!skip.has(key)) visit(value, [...path, key]);
    }
  };
  visit(root, []);
  return found;
}

/** Copies a document and changes what stands at a path. */
function changed(root: Json, path: readonly string[], change: (at: Json) => void): Json {
  const copy = structuredClone(root);
  change(path.reduce<Json>((at, key) => (at as JsonObject)[key] as Json, copy));
  return copy;
}

function put(parent: Json, key: string, value: Json): void {
  if (Array.isArray(parent) && key === 'unknown') parent.push(value);
  else (parent as JsonObject)[key] = structuredClone(value);
}

function remove(parent: Json, key: string): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (isObject(parent)) delete parent[key];
}

/** Gives a member another name, in its place. */
function rename(object: JsonObject, from: string, to: string): void {
  const entries = Object.entries(object);
  for (const [key] of entries) delete object[key];
  for (const [key, value] of entries) object[key === from ? to : key] = value;
}

/** Swaps a name's first two letters that differ, or doubles its last. */
function misspelt(name: string): string {
  const at = [...name].findIndex((letter, index) => index > 0 && name[index - 1] !== letter);
  if (at < 1) return `${name}${name.at(-1) ?? 'x'}`;
  return `${name.slice(0, at - 1)}${name[at]}${name[at - 1]}${name.slice(at + 1)}`;
}
