import { createHash } from 'node:crypto';
import { isObject, type Json } from '../spec/positions.js';

/** Writes a JSON value with the members of objects in order, and no spaces: equal values become equal texts. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] as Json)}`);
  return `{${members.join(',')}}`;
}

/** Identifies an interaction of a pact by what it says: the SHA-256 of its canonical JSON, in hex. */
export function interactionHash(interaction: Json): string {
  return createHash('sha256').update(canonicalJson(interaction)).digest('hex');
}
