// @ts-check
/** Reads the body of a request: its bytes, the text, the JSON in it. What is wrong with it is a problem, returned. */

/** @typedef {import('./module.js').BodyProblem} BodyProblem */

/** @typedef {{ readonly maxBytes: number, readonly maxDepth: number, readonly refuseDuplicateKeys: boolean }} BodyLimits */

/**
 * Collects the bytes of a body, and stops at the limit. A body that is no bytes, or was read before, is the
 * caller's mistake: a TypeError.
 * @param {{ readonly body?: any, readonly bodyUsed?: unknown, readonly arrayBuffer?: any }} request
 * @param {number} maxBytes
 * @returns {Promise<Uint8Array | BodyProblem>}
 */
export async function readBytes(request, maxBytes) {
  const { body } = request;
  const bytes = bytesOf(body);
  if (bytes !== undefined) return bytes;
  if (request.bodyUsed === true || body?.locked === true) {
    throw new TypeError(
      'receive: the body of the request was read before; give the request itself',
    );
  }
  const isFetch = typeof request.arrayBuffer === 'function';
  if (body === null && isFetch) return new Uint8Array(0);
  const chunks = chunksOf(body);
  if (chunks === undefined && !isFetch) throw new TypeError(`receive: ${noBytes(body)}`);
  let collected;
  try {
    // Not every runtime's requests have streams.
    if (chunks === undefined) return new Uint8Array(await request.arrayBuffer());
    collected = await collect(chunks, maxBytes);
  } catch {
    return bodyProblem('body.unreadable', 'The body broke off before its end.');
  }
  if (collected === undefined) throw new TypeError(`receive: ${noBytes('')}`);
  return collected;
}

/**
 * Returns the bytes that a value is or shows; undefined where it is none.
 * @param {unknown} value
 * @returns {Uint8Array | undefined}
 */
function bytesOf(value) {
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  // One of another realm is no instance of this one's.
  const isBuffer = Object.prototype.toString.call(value) === '[object ArrayBuffer]';
  return isBuffer ? new Uint8Array(/** @type {ArrayBuffer} */ (value)) : undefined;
}

/**
 * @param {unknown} body
 * @returns {AsyncIterable<unknown> | undefined}
 */
function chunksOf(body) {
  if (typeof body !== 'object' || body === null) return undefined;
  if ('getReader' in body) return readerChunks(/** @type {ReadableStream<unknown>} */ (body));
  return Symbol.asyncIterator in body ? /** @type {AsyncIterable<unknown>} */ (body) : undefined;
}

/** @param {ReadableStream<unknown>} stream */
async function* readerChunks(stream) {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    // Not awaited: of a request that was cloned, it waits for the other one.
    reader.cancel().catch(() => {});
  }
}

/**
 * @param {AsyncIterable<unknown>} chunks
 * @param {number} maxBytes
 * @returns {Promise<Uint8Array | BodyProblem | undefined>} undefined where a chunk is no bytes
 */
async function collect(chunks, maxBytes) {
  const parts = [];
  let length = 0;
  for await (const chunk of chunks) {
    const part = bytesOf(chunk);
    if (part === undefined) return undefined;
    length += part.length;
    if (length > maxBytes) return tooLarge(maxBytes);
    parts.push(part);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * Says what to give instead of a body that is no bytes.
 * @param {unknown} body
 * @returns {string}
 */
function noBytes(body) {
  if (body === undefined || body === null) {
    return 'request.body is missing; give the bytes of the body, or the stream that brings them (nodeHandler does, with node:http and Express)';
  }
  if (typeof body === 'string') {
    return 'request.body is a string; give its bytes, as they arrived: a signature is over bytes, and text may have lost some';
  }
  return 'request.body was parsed already; give its bytes, as they arrived (with Express, put nodeHandler before express.json(), or use express.raw())';
}

/**
 * @param {number} maxBytes
 * @returns {BodyProblem}
 */
export function tooLarge(maxBytes) {
  return bodyProblem('body.too-large', `The body is larger than ${maxBytes} bytes.`);
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses the JSON of a body. Refused is what other programs would read in another way or trip over: bytes that
 * are no UTF-8, the name `__proto__`, integers beyond ±(2^53 − 1), numbers that overflow, nesting beyond the
 * limit and, where the caller wants it, a name that stands twice in an object.
 * Of a name that stands twice, what `JSON.parse` drops is not judged. Lone surrogates (`"\ud800"`) are JSON, and pass.
 * https://www.rfc-editor.org/rfc/rfc8259
 * @param {Uint8Array} bytes
 * @param {BodyLimits} limits
 * @returns {{ readonly payload: unknown } | BodyProblem}
 */
export function readJson(bytes, { maxDepth, refuseDuplicateKeys }) {
  if (bytes.length === 0) return bodyProblem('body.empty', 'The body is empty.');
  let text;
  try {
    text = decoder.decode(bytes);
  } catch {
    return bodyProblem('body.not-utf8', 'The body is not UTF-8.');
  }
  let payload;
  try {
    payload = JSON.parse(text);
  } catch {
    return bodyProblem('body.not-json', 'The body is not JSON.');
  }
  const suspicion = suspect(payload, maxDepth);
  if (suspicion === 'depth') {
    return bodyProblem('body.too-deep', `The body nests deeper than ${maxDepth}.`);
  }
  if (suspicion === 'name') {
    return bodyProblem('body.forbidden-key', 'An object of the body has a member "__proto__".');
  }
  if (suspicion === 'infinite' || (suspicion === 'large' && hasUnsafeInteger(text))) {
    return bodyProblem(
      'body.number',
      'A number of the body is an integer beyond ±(2^53 − 1), or overflows.',
    );
  }
  if (refuseDuplicateKeys && hasDuplicateKey(text)) {
    return bodyProblem('body.duplicate-key', 'An object of the body has a member twice.');
  }
  return { payload };
}

/** @typedef {'name' | 'depth' | 'infinite' | 'large'} Suspicion */

/**
 * Walks a parsed value once, and returns the gravest thing found: a forbidden name, nesting beyond the limit, a
 * number that overflowed, or one so large that only the text can tell whether it is an integer.
 * @param {unknown} value
 * @param {number} depth how much deeper it may nest
 * @returns {Suspicion | undefined}
 */
function suspect(value, depth) {
  if (typeof value === 'number') {
    if (value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER) return undefined;
    return Number.isFinite(value) ? 'large' : 'infinite';
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === 0) return 'depth';
  /** @type {Suspicion | undefined} */
  let found;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const held = suspect(value[index], depth - 1);
      if (held === undefined) continue;
      if (held !== 'large') return held;
      found = held;
    }
    return found;
  }
  const members = /** @type {Record<string, unknown>} */ (value);
  for (const name in members) {
    if (name === '__proto__') return 'name';
    const held = suspect(members[name], depth - 1);
    if (held === undefined) continue;
    if (held !== 'large') return held;
    found = held;
  }
  return found;
}

/**
 * Tells whether a number of the text is an integer beyond ±(2^53 − 1).
 * @param {string} text valid JSON
 * @returns {boolean}
 */
function hasUnsafeInteger(text) {
  for (const token of tokensOf(text)) {
    if (/^[-\d]/.test(token) && isUnsafeInteger(token)) return true;
  }
  return false;
}

/**
 * Tells whether a JSON number is an integer beyond ±(2^53 − 1), which others may read as its neighbour. Scientific
 * notation means a magnitude, and is none: with at most 15 digits (`1e20`), or from 1e21 on, where JavaScript writes it.
 * @param {string} token
 * @returns {boolean}
 */
export function isUnsafeInteger(token) {
  const value = Number(token);
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return false;
  const [mantissa = '', exponent] = token.toLowerCase().split('e');
  if (exponent === undefined) return true;
  return Math.abs(value) < 1e21 && mantissa.replace(/\D/g, '').length > 15;
}

/**
 * Tells whether an object of the text has two members of one name, however they are escaped.
 * @param {string} text valid JSON
 * @returns {boolean}
 */
function hasDuplicateKey(text) {
  /** @type {(Set<string> | undefined)[]} one for each open object, undefined for an open array */
  const open = [];
  let before = '';
  for (const token of tokensOf(text)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const names = open.at(-1);
      const name = before.includes('\\') ? JSON.parse(before) : before.slice(1, -1);
      if (names?.has(name)) return true;
      names?.add(name);
    }
    before = token;
  }
  return false;
}

/** A number or one of the words true, false and null. */
const WORD = /[\w.+-]+/y;

/**
 * Lists the strings, numbers, words and marks of a JSON text. Strings are walked, since a regular expression runs out
 * of stack on those of some megabytes.
 * @param {string} text valid JSON
 * @returns {Generator<string, void>}
 */
function* tokensOf(text) {
  let at = 0;
  while (at < text.length) {
    const start = at;
    const first = text.charAt(at);
    WORD.lastIndex = at;
    if (first === '"') at = endOfString(text, at);
    else at = WORD.test(text) ? WORD.lastIndex : at + 1;
    if (first > ' ') yield text.slice(start, at);
  }
}

/**
 * @param {string} text valid JSON
 * @param {number} start where a string begins
 * @returns {number} where it has ended
 */
function endOfString(text, start) {
  let at = start + 1;
  while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

/**
 * @param {BodyProblem['code']} code
 * @param {string} text
 * @returns {BodyProblem}
 */
function bodyProblem(code, text) {
  return { code, in: 'body', path: '', text };
}
