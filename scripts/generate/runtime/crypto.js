// @ts-check
/**
 * HMAC-SHA256 and SHA-256: by `node:crypto` where a runtime has it (Node.js, Bun, Deno), at once; by WebCrypto
 * elsewhere, as promises.
 */

/**
 * Returns `node:crypto` where there is one. It is looked up when it is needed: loading it takes as long as loading the
 * whole module.
 * @returns {Pick<typeof import('node:crypto'), 'createHmac' | 'createHash' | 'createSecretKey' | 'hash'> | undefined}
 */
function findNodeCrypto() {
  return /** @type {any} */ (globalThis).process?.getBuiltinModule?.('node:crypto');
}

const encoder = new TextEncoder();

/** @typedef {'base64' | 'hex'} Encoding */

/**
 * Computes the code of a text before a body, and the body; encoded.
 * @typedef {(before: string, body: Uint8Array, encoding: Encoding) => string | Promise<string>} Mac
 */

/**
 * Makes the HMAC-SHA256 of a key. https://www.rfc-editor.org/rfc/rfc2104
 * @param {Uint8Array} key
 * @returns {Mac}
 */
export function macOf(key) {
  const nodeCrypto = findNodeCrypto();
  if (nodeCrypto === undefined) return webMacOf(key);
  const { createHmac, createSecretKey, hash } = nodeCrypto;
  // Bytes would be made into a key for every request, which Node.js 24 takes longer for than for the code itself.
  const secret = createSecretKey(key);
  const small = hash === undefined ? undefined : smallMacOf(key, hash);
  return (before, body, encoding) => {
    if (small !== undefined && before.length + body.length <= MAX_SMALL) {
      return small(before, body, encoding);
    }
    const hmac = createHmac('sha256', secret);
    if (before !== '') hmac.update(before);
    return hmac.update(body).digest(encoding);
  };
}

/** How many bytes may be signed at once. */
const MAX_SMALL = 16_384;

/** How many bytes SHA-256 works on at a time, and returns. */
const BLOCK = 64;
const DIGEST = 32;

/**
 * Makes the HMAC of a key of two hashes, as its definition has it: for a body of a few hundred bytes, making an object
 * for each takes longer than computing. https://www.rfc-editor.org/rfc/rfc2104#section-2
 * @param {Uint8Array} key
 * @param {typeof import('node:crypto').hash} hash
 * @returns {(before: string, body: Uint8Array, encoding: Encoding) => string} `before` is ASCII
 */
function smallMacOf(key, hash) {
  const inner = new Uint8Array(BLOCK + MAX_SMALL).fill(0x36, 0, BLOCK);
  const outer = new Uint8Array(BLOCK + DIGEST).fill(0x5c, 0, BLOCK);
  const short = new Uint8Array(DIGEST);
  if (key.length > BLOCK) setLatin1(short, hash('sha256', key, 'binary'), 0);
  for (const [at, byte] of (key.length > BLOCK ? short : key).entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  return (before, body, encoding) => {
    setLatin1(inner, before, BLOCK);
    const start = BLOCK + before.length;
    inner.set(body, start);
    const digest = hash('sha256', inner.subarray(0, start + body.length), 'binary');
    setLatin1(outer, digest, BLOCK);
    return hash('sha256', outer, encoding);
  };
}

/**
 * Writes a text, a byte for each character.
 * @param {Uint8Array} bytes
 * @param {string} text
 * @param {number} at
 */
function setLatin1(bytes, text, at) {
  for (let index = 0; index < text.length; index += 1) bytes[at + index] = text.charCodeAt(index);
}

/**
 * @param {Uint8Array} key
 * @returns {Mac}
 */
function webMacOf(key) {
  const { subtle } = globalThis.crypto;
  /** @type {import('node:crypto').webcrypto.CryptoKey | undefined} */
  let imported;
  const sign = async (/** @type {ArrayBuffer} */ bytes, /** @type {Encoding} */ encoding) => {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    imported ??= await subtle.importKey('raw', new Uint8Array(key), algorithm, false, ['sign']);
    return encoded(new Uint8Array(await subtle.sign('HMAC', imported, bytes)), encoding);
  };
  return (before, body, encoding) => {
    // Copied at once, before the caller can change the body.
    const start = encoder.encode(before);
    const signed = new Uint8Array(start.length + body.length);
    signed.set(start);
    signed.set(body, start.length);
    return sign(signed.buffer, encoding);
  };
}

/**
 * Returns the SHA-256 of a text's UTF-8 bytes, in hex.
 * @param {string} text
 * @returns {Promise<string>}
 */
export async function sha256(text) {
  const nodeCrypto = findNodeCrypto();
  if (nodeCrypto !== undefined) return nodeCrypto.createHash('sha256').update(text).digest('hex');
  const digest = await globalThis.crypto.subtle.digest('SHA-256', encoder.encode(text));
  return encoded(new Uint8Array(digest), 'hex');
}

/**
 * @param {Uint8Array} bytes
 * @param {Encoding} encoding
 * @returns {string}
 */
function encoded(bytes, encoding) {
  return encoding === 'hex'
    ? Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
    : btoa(String.fromCharCode(...bytes));
}

/**
 * Tells whether one of several codes is one of those presented. Every pair is compared to its end, whatever is
 * found: the time tells nothing about how much of a code was right, nor which key it was made with.
 * @param {readonly string[]} codes
 * @param {readonly string[]} presented
 * @returns {boolean}
 */
export function someEqual(codes, presented) {
  let found = 0;
  for (const code of codes) {
    for (const other of presented) found |= isEqual(code, other);
  }
  return found === 1;
}

/**
 * Compares two texts in a time that depends on the first one's length only. Texts, not bytes: whoever calls has made
 * sure that there is one way to write them, and they need not be decoded.
 * @param {string} code
 * @param {string} other
 * @returns {0 | 1}
 */
function isEqual(code, other) {
  let difference = code.length ^ other.length;
  for (let at = 0; at < code.length; at += 1) {
    difference |= code.charCodeAt(at) ^ other.charCodeAt(at);
  }
  return difference === 0 ? 1 : 0;
}
