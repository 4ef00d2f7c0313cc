// @ts-check
/** Makes the headers that prove a request's origin, as its sender does: for senders, and for tests of receivers. */
import {
  checkHeaderValue,
  checkToken,
  DELIVERY_ID,
  SECONDS,
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
    if (!(bytes instanceof Uint8Array)) {
      throw new TypeError('sign: the body is no bytes and no text');
    }
    const { id = `msg_${globalThis.crypto.randomUUID()}`, timestamp } = options ?? {};
    const time = String(timestamp ?? Math.floor(Date.now() / 1000));
    if (!DELIVERY_ID.test(id)) throw new TypeError('sign: id is not visible ASCII without "."');
    if (!SECONDS.test(time)) throw new TypeError('sign: timestamp is not whole seconds');
    const made = [];
    for (const credential of credentials) {
      made.push(...(await headersFor(credential, bytes, { ...options, id, time })));
    }
    if (made.length === 0) {
      throw new TypeError('sign: the options hold nothing that this document signs with');
    }
    return Object.fromEntries(made);
  };
}

/**
 * @param {Credential} credential
 * @param {Uint8Array} body
 * @param {Omit<SignOptions, 'timestamp'> & { readonly id: string, readonly time: string }} options
 * @returns {Promise<[name: string, value: string][]>}
 */
async function headersFor(credential, body, { secret, token, headers, id, time }) {
  switch (credential.kind) {
    case 'hmac': {
      if (secret === undefined) return [];
      const code = await macOf(secretKey([secret, 'secret']))('', body, credential.encoding);
      return [[credential.header, `${credential.prefix}${code}`]];
    }
    case 'timestamped-hmac': {
      if (secret === undefined) return [];
      const code = await macOf(secretKey([secret, 'secret']))(`${time}.`, body, 'hex');
      return [[credential.header, `t=${time},v1=${code}`]];
    }
    case 'standard-webhooks': {
      if (secret === undefined) return [];
      const [idName, timeName, name] = standardHeaders(credential.prefix);
      const mac = macOf(standardKey([secret, 'secret']));
      const code = await mac(`${id}.${time}.`, body, 'base64');
      return [
        [idName, id],
        [timeName, time],
        [name, `v1,${code}`],
      ];
    }
    case 'bearer':
      return token === undefined
        ? []
        : [['Authorization', `Bearer ${checkToken([token, 'token'])}`]];
    case 'static-header': {
      const { header } = credential;
      return Object.entries(headers ?? {}).flatMap(([name, value]) =>
        header === undefined || name.toLowerCase() === header.toLowerCase()
          ? [[name, checkHeaderValue([value, `headers[${JSON.stringify(name)}]`])]]
          : [],
      );
    }
    case 'unsupported':
      return [];
  }
}
