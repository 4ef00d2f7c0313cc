// @ts-check
/** Makes the headers that prove a request's origin, as its sender does: for senders, and for tests of receivers. */
import {
  checkHeaderValue,
  checkToken,
  secretKey,
  standardHeaders,
  standardKey,
} from './credentials.js';
import { macOf } from './crypto.js';

/** @typedef {import('./credentials.js').Credential} Credential */

/**
 * @typedef {{
 *   readonly secret?: unknown,
 *   readonly token?: unknown,
 *   readonly headers?: Readonly<Record<string, unknown>>,
 *   readonly id?: string,
 *   readonly timestamp?: number,
 * }} SignOptions
 */

/**
 * Makes the `sign` function of a document. It makes the headers of every scheme that the options give something
 * for; it throws a TypeError where they give nothing.
 * @param {readonly Credential[]} credentials
 * @returns {(body: Uint8Array | string, options: SignOptions) => Promise<Record<string, string>>}
 */
export function createSign(credentials) {
  return async function sign(body, options) {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    if (!(bytes instanceof Uint8Array))
      throw new TypeError('sign: the body is no bytes and no text');
    /** @type {Record<string, string>} */
    const headers = {};
    for (const credential of credentials) {
      Object.assign(headers, await headersFor(credential, bytes, options));
    }
    if (Object.keys(headers).length === 0) {
      throw new TypeError('sign: the options hold nothing that this document signs with');
    }
    return headers;
  };
}

/**
 * @param {Credential} credential
 * @param {Uint8Array} body
 * @param {SignOptions} options
 * @returns {Promise<Readonly<Record<string, string>>>}
 */
async function headersFor(credential, body, { secret, token, headers, id, timestamp }) {
  const time = String(timestamp ?? Math.floor(Date.now() / 1000));
  switch (credential.kind) {
    case 'hmac': {
      if (secret === undefined) return {};
      const code = await macOf(secretKey([secret, 'secret']))('', body, credential.encoding);
      return { [credential.header]: `${credential.prefix}${code}` };
    }
    case 'timestamped-hmac': {
      if (secret === undefined) return {};
      const code = await macOf(secretKey([secret, 'secret']))(`${time}.`, body, 'hex');
      return { [credential.header]: `t=${time},v1=${code}` };
    }
    case 'standard-webhooks': {
      if (secret === undefined) return {};
      const [idName, timeName, name] = standardHeaders(credential.prefix);
      const given = id ?? `msg_${globalThis.crypto.randomUUID()}`;
      const mac = macOf(standardKey([secret, 'secret']));
      const code = await mac(`${given}.${time}.`, body, 'base64');
      return { [idName]: given, [timeName]: time, [name]: `v1,${code}` };
    }
    case 'bearer':
      return token === undefined ? {} : { Authorization: `Bearer ${checkToken([token, 'token'])}` };
    case 'static-header': {
      const { header } = credential;
      const named = Object.entries(headers ?? {}).filter(
        ([name]) => header === undefined || name.toLowerCase() === header.toLowerCase(),
      );
      return Object.fromEntries(
        named.map(([name, value]) => [
          name,
          checkHeaderValue([value, `headers[${JSON.stringify(name)}]`]),
        ]),
      );
    }
    case 'unsupported':
      return {};
  }
}
