// @ts-check
/**
 * HMAC-SHA256 and SHA-256: by `node:crypto` where a runtime has it (Node.js, Bun, Deno), at once; by WebCrypto
 * elsewhere, as promises.
 */

/**
 * Returns `node:crypto` where there is one. It is looked up when it is needed: loading it takes as long as loading the
 * whole module.
 * @returns {Pick<typeof import('node:crypto'), 'createHmac' | 'createHash' | 'createSecretKey'> | undefined}
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
  const { createHmac, createSecretKey } = nodeCrypto;
  // Bytes would be made into a key for every request, which Node.js 24 takes longer for than for the code itself.
  const secret = createSecretKey(key);
  return (before, body, encoding) => {
    const hmac = createHmac('sha256', secret);
    if (before !== '') hmac.update(before);
    return hmac.update(body).digest(encoding);
  };
}

/**
 * @param {Uint8Array} key
 * @returns {Mac}
 */
function webMacOf(key) {
  const { subtle } = globalThis.crypto;
  /** @type {import('node:crypto').webcrypto.CryptoKey | undefined} */
  let imported;
  const sign = async (/** @type {Uint8Array} */ bytes, /** @type {Encoding} */ encoding) => {
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
    return sign(signed, encoding);
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
