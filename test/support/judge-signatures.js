// @ts-check
/**
 * Judges the vectors of test/cases/signatures by generated modules; this file alone also runs in plain Node, as
 * test/support/judge-signatures-by-webcrypto.js does.
 */
import { pathToFileURL } from 'node:url';

/**
 * A request, the options of its receiver, and what must come of both. In options `{"$bytes": Base64}` stands for
 * bytes, and `{"$undefined": true}` for undefined.
 * @typedef {{
 *   readonly id: string,
 *   readonly why: string,
 *   readonly headers: Readonly<Record<string, string | readonly string[]>>,
 *   readonly bodyBase64: string,
 *   readonly now: number,
 *   readonly options: Readonly<Record<string, unknown>>,
 *   readonly expect: string,
 * }} SignatureVector `now` in seconds; `expect`: `ok`, the code of a problem, or `throw` where no receiver is made
 */

/**
 * What came of a vector: `ok`, the code of a problem of credentials, `throw` where no receiver was made, or what
 * must never be.
 * @typedef {{ readonly verdict: string, readonly status?: number, readonly text?: string }} Judged
 */

/**
 * Judges vectors by the modules made for them.
 * @param {readonly { readonly module: string, readonly vectors: readonly SignatureVector[] }[]} suites
 * @returns {Promise<Judged[][]>}
 */
export async function judgeSignatures(suites) {
  const judged = [];
  for (const { module, vectors } of suites) {
    const { receiver } = await import(pathToFileURL(module).href);
    const verdicts = [];
    for (const vector of vectors) verdicts.push(await judge(receiver, vector));
    judged.push(verdicts);
  }
  return judged;
}

/**
 * @param {(options: object) => (request: object) => Promise<any>} receiver
 * @param {SignatureVector} vector
 * @returns {Promise<Judged>}
 */
async function judge(receiver, { headers, bodyBase64, now, options }) {
  let receive;
  try {
    receive = receiver({ ...revived(options), now: () => now * 1000 });
  } catch (error) {
    return error instanceof TypeError
      ? { verdict: 'throw', text: error.message }
      : { verdict: `no TypeError: ${error}` };
  }
  try {
    const result = await receive({ headers, body: Buffer.from(bodyBase64, 'base64') });
    const code = result.problems?.[0].code ?? '';
    return code.startsWith('credentials.')
      ? { verdict: code, status: result.status }
      : { verdict: 'ok' };
  } catch (error) {
    return { verdict: `thrown at a request: ${error}` };
  }
}

/**
 * @param {unknown} value
 * @returns {any}
 */
function revived(value) {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== 'object' || value === null) return value;
  if ('$undefined' in value) return undefined;
  if ('$bytes' in value) return new Uint8Array(Buffer.from(String(value.$bytes), 'base64'));
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, revived(held)]));
}
