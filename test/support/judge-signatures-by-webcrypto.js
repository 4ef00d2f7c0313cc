// @ts-check
/**
 * Judges vectors where the modules find no `node:crypto`: `node judge-signatures-by-webcrypto.js < SUITES`. Prints as
 * JSON what came of them, and how often WebCrypto made a code.
 */
import { text } from 'node:stream/consumers';
import { judgeSignatures } from './judge-signatures.js';

const suites = JSON.parse(await text(process.stdin));

delete (/** @type {any} */ (process).getBuiltinModule);
const { subtle } = globalThis.crypto;
const sign = subtle.sign.bind(subtle);
let signed = 0;
subtle.sign = (...given) => {
  signed += 1;
  return sign(...given);
};

const judged = await judgeSignatures(suites);
process.stdout.write(JSON.stringify({ judged, signed }));
