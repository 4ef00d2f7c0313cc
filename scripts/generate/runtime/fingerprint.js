// @ts-check
/** Recognises a delivery that comes again. */
import { sha256 } from './crypto.js';
import { canonical } from './values.js';

/**
 * Makes the `fingerprint` function of a document: a SHA-256, in hex, of what a message says. The order of members
 * and the white space of the body are left out, and so are headers that the document does not name. Where the sender
 * numbers its deliveries and signs the number (Standard Webhooks), it is of that number.
 * @param {readonly { readonly name: string, readonly headers: readonly { readonly name: string }[] }[]} messages
 * @param {{ readonly idHeader?: string }} [options] the header with the number, in lower case
 * @returns {(delivery: { message: string, payload: unknown, headers: Readonly<Record<string, unknown>> }) => Promise<string>}
 */
export function createFingerprint(messages, { idHeader } = {}) {
  return function fingerprint({ message, payload, headers }) {
    // A message may write the header's name in its own way.
    const [, id] = Object.entries(headers).find(([name]) => name.toLowerCase() === idHeader) ?? [];
    if (id !== undefined) return sha256(canonical([id]));
    const named = messages.find(({ name }) => name === message)?.headers ?? [];
    const values = named.map(({ name }) => headers[name] ?? null);
    return sha256(canonical([message, payload, values]));
  };
}
