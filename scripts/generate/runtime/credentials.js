// @ts-check
/** Tells whether a request comes from who knows a secret, by the security schemes of a document. */
import { macOf, someEqual } from './crypto.js';

/** @typedef {import('./module.js').CredentialsProblem} CredentialsProblem */

/** @typedef {import('../../spec/model.js').Credential} Credential */

/**
 * Judges one request; undefined where it is authentic. `seconds` tells the time, since 1970.
 * @typedef {(headers: Readonly<Record<string, string>>, body: Uint8Array, seconds: () => number) => Verdict | Promise<Verdict>} Verifier
 */
/** @typedef {CredentialsProblem | undefined} Verdict */

/**
 * Makes the verifier of a credential from the options that are for it; undefined where there are none.
 * Throws a TypeError where an option can't be meant.
 * @param {Credential} credential
 * @param {{ readonly secrets?: unknown, readonly tokens?: unknown, readonly headers?: unknown }} options
 * @returns {Verifier | undefined}
 */
export function verifierOf(credential, { secrets, tokens, headers }) {
  switch (credential.kind) {
    case 'hmac':
      return secrets === undefined ? undefined : hmacVerifier(credential, macsOf(secrets));
    case 'timestamped-hmac':
      return secrets === undefined ? undefined : timestampedVerifier(credential, macsOf(secrets));
    case 'standard-webhooks':
      return secrets === undefined
        ? undefined
        : standardVerifier(credential, listOf(secrets, 'secrets').map(standardKey).map(macOf));
    case 'bearer':
      return tokens === undefined
        ? undefined
        : bearerVerifier(listOf(tokens, 'tokens').map(checkToken));
    case 'static-header':
      return headers === undefined ? undefined : headerVerifier(credential, headers);
    case 'unsupported':
      return undefined;
  }
}

/**
 * @param {unknown} secrets
 */
function macsOf(secrets) {
  return listOf(secrets, 'secrets').map(secretKey).map(macOf);
}

/**
 * @param {Extract<Credential, { kind: 'hmac' }>} credential
 * @param {readonly import('./crypto.js').Mac[]} macs
 * @returns {Verifier}
 */
function hmacVerifier({ header, encoding, prefix }, macs) {
  const name = header.toLowerCase();
  const [shape, length] = encoding === 'hex' ? [HEX, 64] : [BASE64, 44];
  return (headers, body) => {
    const value = headers[name];
    if (value === undefined) return missing(header);
    const presented = value.slice(prefix.length);
    if (!value.startsWith(prefix) || presented.length !== length) return malformed(header);
    const code = encoding === 'hex' ? presented.toLowerCase() : presented;
    // What equals the true code has its form: only what does not is looked at closer, to say what is wrong with it.
    const refusal = () => (shape.test(presented) ? wrong(header) : malformed(header));
    return compare(macs, '', body, encoding, [code], refusal);
  };
}

/** The only ways to write 32 bytes, so that texts can be compared in place of bytes; hex in either case. */
const HEX = /^[0-9A-Fa-f]{64}$/;
const BASE64 = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

/**
 * @param {Extract<Credential, { kind: 'timestamped-hmac' }>} credential
 * @param {readonly import('./crypto.js').Mac[]} macs
 * @returns {Verifier}
 */
function timestampedVerifier({ header, tolerance }, macs) {
  const name = header.toLowerCase();
  return (headers, body, seconds) => {
    const value = headers[name];
    if (value === undefined) return missing(header);
    // Two headers of one name come as one, with a comma and a space between.
    if (value.includes(' ')) return malformed(header);
    const parts = value.split(',', MAX_SIGNATURES + 2);
    const times = parts.filter((part) => part.startsWith('t=')).map((part) => part.slice(2));
    const codes = codesIn(parts, 'v1=', HEX);
    const [time = ''] = times;
    if (times.length !== 1 || !SECONDS.test(time)) return malformed(header);
    if (parts.length > MAX_SIGNATURES + 1 || codes.length === 0) return malformed(header);
    if (!isRecent(time, seconds(), tolerance)) return expired(header, tolerance);
    const presented = codes.map((code) => code.toLowerCase());
    return compare(macs, `${time}.`, body, 'hex', presented, () => wrong(header));
  };
}

/**
 * Returns the signatures of a version that have their form; one that has not can't be the right one.
 * @param {readonly string[]} parts
 * @param {string} version
 * @param {RegExp} shape
 * @returns {string[]}
 */
function codesIn(parts, version, shape) {
  return parts
    .filter((part) => part.startsWith(version))
    .map((part) => part.slice(version.length))
    .filter((code) => shape.test(code));
}

/** How many signatures a header may list: each is compared with each key's. */
const MAX_SIGNATURES = 20;

/** Seconds since 1970, as both schemes write them: no sign, no fraction, no leading zero. */
export const SECONDS = /^[1-9][0-9]{0,14}$/;

/**
 * @param {string} time
 * @param {number} seconds
 * @param {number} tolerance inclusive, before and after
 * @returns {boolean}
 */
function isRecent(time, seconds, tolerance) {
  return Math.abs(seconds - Number(time)) <= tolerance;
}

/**
 * @param {Extract<Credential, { kind: 'standard-webhooks' }>} credential
 * @param {readonly import('./crypto.js').Mac[]} macs
 * @returns {Verifier}
 */
function standardVerifier({ prefix, tolerance }, macs) {
  const [idName, timeName, name] = standardHeaders(prefix);
  return (headers, body, seconds) => {
    const id = headers[idName];
    const time = headers[timeName];
    const value = headers[name];
    if (id === undefined) return missing(idName);
    if (time === undefined) return missing(timeName);
    if (value === undefined) return missing(name);
    if (!DELIVERY_ID.test(id)) return malformed(idName);
    if (!SECONDS.test(time)) return malformed(timeName);
    const parts = value.split(' ', MAX_SIGNATURES + 1);
    // Other versions may stand beside: "v1a" is asymmetric.
    const codes = codesIn(parts, 'v1,', BASE64);
    if (parts.length > MAX_SIGNATURES || codes.length === 0) return malformed(name);
    if (!isRecent(time, seconds(), tolerance)) return expired(timeName, tolerance);
    return compare(macs, `${id}.${time}.`, body, 'base64', codes, () => wrong(name));
  };
}

/**
 * The number of a delivery: without the full stop that separates it from what is signed after it.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const DELIVERY_ID = /^[!-\-/-~]{1,256}$/;

/**
 * Returns the names of the three headers of Standard Webhooks.
 * @param {string} prefix `webhook-`, or a sender's own
 * @returns {[id: string, timestamp: string, signature: string]}
 */
export function standardHeaders(prefix) {
  const start = prefix.toLowerCase();
  return [`${start}id`, `${start}timestamp`, `${start}signature`];
}

/**
 * @param {readonly string[]} tokens
 * @returns {Verifier}
 */
function bearerVerifier(tokens) {
  return ({ authorization }) => {
    if (authorization === undefined) return missing('Authorization');
    const [, token] = /^bearer +([\x21-\x7e]+)$/i.exec(authorization) ?? [];
    if (token === undefined) return malformed('Authorization');
    return someEqual(tokens, [token]) ? undefined : wrong('Authorization');
  };
}

/**
 * Every header that was configured must hold one of its values.
 * @param {Extract<Credential, { kind: 'static-header' }>} credential
 * @param {unknown} headers
 * @returns {Verifier | undefined}
 */
function headerVerifier({ header }, headers) {
  const named = headerOption(headers).filter(
    ([name]) => header === undefined || name.toLowerCase() === header.toLowerCase(),
  );
  if (named.length === 0) return undefined;
  const expected = named.map(([name, values]) => ({
    name,
    key: name.toLowerCase(),
    values: listOf(values, `headers[${JSON.stringify(name)}]`).map(checkHeaderValue),
  }));
  return (given) => {
    /** @type {Verdict} */
    let verdict;
    for (const { name, key, values } of expected) {
      const value = given[key];
      if (value === undefined) verdict ??= missing(name);
      else if (!someEqual(values, [value])) verdict ??= wrong(name);
    }
    return verdict;
  };
}

/**
 * Computes the code that each key gives, and compares them all with those presented.
 * @param {readonly import('./crypto.js').Mac[]} macs
 * @param {string} before
 * @param {Uint8Array} body
 * @param {import('./crypto.js').Encoding} encoding
 * @param {readonly string[]} presented
 * @param {() => Verdict} refusal
 * @returns {Verdict | Promise<Verdict>}
 */
function compare(macs, before, body, encoding, presented, refusal) {
  const codes = [];
  const pending = [];
  for (const mac of macs) {
    const code = mac(before, body, encoding);
    if (typeof code === 'string') codes.push(code);
    else pending.push(code);
  }
  if (pending.length === 0) return someEqual(codes, presented) ? undefined : refusal();
  return Promise.all(pending).then((made) => (someEqual(made, presented) ? undefined : refusal()));
}

/** @param {string} header */
const missing = (header) =>
  credentialProblem('credentials.missing', header, `The header "${header}" is missing.`);

/** @param {string} header */
const malformed = (header) =>
  credentialProblem(
    'credentials.malformed',
    header,
    `The header "${header}" does not have the form of its scheme.`,
  );

/** @param {string} header */
const wrong = (header) =>
  credentialProblem(
    'credentials.wrong',
    header,
    `The header "${header}" does not fit the request.`,
  );

/** @type {(header: string, tolerance: number) => CredentialsProblem} */
const expired = (header, tolerance) =>
  credentialProblem(
    'credentials.expired',
    header,
    `The time in the header "${header}" is more than ${tolerance} seconds from now.`,
  );

/**
 * @param {CredentialsProblem['code']} code
 * @param {string} header
 * @param {string} text
 * @returns {CredentialsProblem}
 */
function credentialProblem(code, header, text) {
  return { code, in: 'headers', path: `/${header}`, text };
}

// What the options hold. Messages name the option, never its value.

/**
 * @param {unknown} values
 * @param {string} option
 * @returns {[unknown, string][]} each value with the name it has in a message
 */
function listOf(values, option) {
  if (!Array.isArray(values)) throw new TypeError(`${option} is not a list`);
  if (values.length === 0) throw new TypeError(`${option} is empty`);
  return Array.from(values, (value, index) => [value, `${option}[${index}]`]);
}

/** What a header may be called. https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
export const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * Returns the options' headers by their names; two names that differ in case only are a TypeError.
 * @param {unknown} headers
 * @returns {[string, unknown][]}
 */
export function headerOption(headers) {
  if (typeof headers !== 'object' || headers === null) {
    throw new TypeError('headers is not an object of lists');
  }
  if (Array.isArray(headers)) throw new TypeError('headers is not an object of lists');
  const named = Object.entries(headers);
  if (named.length === 0) throw new TypeError('headers is empty');
  const names = new Set(named.map(([name]) => name.toLowerCase()));
  if (names.size < named.length) throw new TypeError('headers has a name twice');
  // Not shown: it may be a value that was given in place of a name.
  if (named.some(([name]) => !HEADER_NAME.test(name) || isUnset(name))) {
    throw new TypeError('headers has a name that no header can have');
  }
  return named;
}

/** How many bytes a secret has at least. */
const MIN_BYTES = 8;

/**
 * Checks a secret and returns the bytes of its key.
 * @param {[value: unknown, name: string]} secret
 * @returns {Uint8Array}
 */
export function secretKey([value, name]) {
  if (ArrayBuffer.isView(value)) {
    return checkKey(new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice(), name);
  }
  const text = checkText([value, name]);
  if (/^[\r\n]|[\r\n]$/.test(text)) throw new TypeError(`${name} has a line break at an end`);
  return checkKey(new TextEncoder().encode(text), name);
}

/**
 * Checks a secret of Standard Webhooks, Base64 after `whsec_`, and returns the bytes of its key.
 * @param {[value: unknown, name: string]} secret
 * @returns {Uint8Array}
 */
export function standardKey([value, name]) {
  if (ArrayBuffer.isView(value)) return secretKey([value, name]);
  const encoded = checkText([value, name]).replace(/^whsec_/, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(encoded)) {
    throw new TypeError(`${name} is not Base64, with or without "whsec_" before it`);
  }
  const bytes = Uint8Array.from(atob(encoded), (byte) => byte.charCodeAt(0));
  return checkKey(bytes, name);
}

/**
 * @param {Uint8Array} bytes
 * @param {string} name
 * @returns {Uint8Array}
 */
function checkKey(bytes, name) {
  if (bytes.length <= 64 || bytes.every((byte) => byte === 0)) {
    checkText([String.fromCharCode(...bytes.subarray(0, 64)), name]);
  }
  return longEnough(bytes, name);
}

/**
 * @param {[value: unknown, name: string]} token
 * @returns {string}
 */
export function checkToken([value, name]) {
  const token = checkHeaderValue([value, name]);
  if (token.includes(' '))
    throw new TypeError(`${name} has a space in it: give the token alone, without "Bearer"`);
  return token;
}

/**
 * Checks that a text can stand in a header as it is.
 * @param {[value: unknown, name: string]} text
 * @returns {string}
 */
export function checkHeaderValue([value, name]) {
  const text = checkText([value, name]);
  if (!/^[\x20-\x7e]*$/.test(text) || text.trim() !== text) {
    throw new TypeError(
      `${name} can't stand in a header: it holds a line break, a space at an end, or is not ASCII`,
    );
  }
  longEnough(text, name);
  return text;
}

/**
 * @param {[value: unknown, name: string]} text
 * @returns {string}
 */
function checkText([value, name]) {
  if (value === undefined || value === null) {
    throw new TypeError(`${name} is missing: is its environment variable set?`);
  }
  if (typeof value !== 'string') throw new TypeError(`${name} is not a string`);
  if (/^[\s\0\p{Cf}]*$/u.test(value)) {
    throw new TypeError(`${name} is blank: is its environment variable set?`);
  }
  if (isUnset(value)) {
    throw new TypeError(
      `${name} is the word "${unquoted(value)}": is its environment variable set?`,
    );
  }
  return value;
}

/**
 * Tells whether a text is what JavaScript writes for a value that is not there.
 * @param {string} text
 * @returns {boolean}
 */
function isUnset(text) {
  return ['undefined', 'null', '[object object]'].includes(unquoted(text));
}

/**
 * @param {string} text
 * @returns {string}
 */
function unquoted(text) {
  return text
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim()
    .toLowerCase();
}

/**
 * @template {{ readonly length: number }} T
 * @param {T} value
 * @param {string} name
 * @returns {T}
 */
function longEnough(value, name) {
  if (value.length < MIN_BYTES) throw new TypeError(`${name} is shorter than ${MIN_BYTES} bytes`);
  return value;
}
