// @ts-check
/** Receives requests: is it authentic, is it JSON, which message is it, does it fit its schema, what to answer. */
import { authenticatorOf, WITHOUT } from './authentication.js';
import { readBytes, readJson, tooLarge } from './body.js';
import { headerMap } from './check.js';

/** @typedef {import('./module.js').ReceiveProblem} ReceiveProblem */
/**
 * What the document says about receiving, as data.
 * @typedef {import('./authentication.js').Security & { readonly statuses: Statuses }} Reception
 */

/**
 * What to answer.
 * @typedef {{
 *   readonly accepted: number,
 *   readonly unauthentic: number,
 *   readonly malformed: number,
 *   readonly tooLarge: number,
 *   readonly invalid: number,
 *   readonly failed: number,
 * }} Statuses
 */

/** How many bytes a body may have, where the options say nothing. */
const DEFAULT_BYTES = 1_048_576;

/** How deep a body may nest, where the options say nothing, and at most. */
const DEFAULT_DEPTH = 128;
const DEEPEST = 1_000;

/**
 * Makes the `receiver` function of a document.
 * @param {import('./check.js').Judge} judge
 * @param {Reception} reception
 */
export function createReceiver(judge, reception) {
  const { statuses } = reception;

  /** @type {(status: number, ...problems: ReceiveProblem[]) => object} */
  const refused = (status, ...problems) => ({ kind: 'refused', status, problems });

  /**
   * @param {Record<string, unknown>} [options]
   * @returns {(request: any) => Promise<object>}
   */
  return function receiver(options = {}) {
    const { authenticator, limits, seconds } = configure(reception, options);

    /**
     * Says what a request is whose body was read and whose credentials were judged.
     * @param {Readonly<Record<string, string>>} headers
     * @param {Uint8Array} body
     * @param {readonly import('./credentials.js').Verdict[]} verdicts
     */
    const conclude = (headers, body, verdicts) => {
      const lack = authenticator.lackOf(verdicts);
      if (lack !== undefined && !authenticator.isOpen) return refused(statuses.unauthentic, lack);

      const read = readJson(body, limits);
      if ('code' in read) {
        return lack === undefined
          ? refused(statuses.malformed, read)
          : refused(statuses.unauthentic, lack);
      }
      const isAdmitted = authenticator.differs
        ? (/** @type {number} */ message) => authenticator.lackOf(verdicts, message) === undefined
        : undefined;
      const found = judge(read.payload, headers, undefined, isAdmitted);
      if ('code' in found) {
        if (lack !== undefined) return refused(statuses.unauthentic, lack);
        if (found.code === 'message.unknown') {
          return { kind: 'unknown', status: statuses.accepted, problems: [found] };
        }
        return refused(found.code === 'check.failed' ? statuses.failed : statuses.invalid, found);
      }
      const ownLack = authenticator.lackOf(verdicts, found.index);
      if (ownLack !== undefined) return refused(statuses.unauthentic, ownLack);
      return {
        kind: 'message',
        message: found.name,
        payload: read.payload,
        headers: found.headers,
        status: statuses.accepted,
      };
    };

    return async function receive(request) {
      const headers = headersIn(request);
      const { maxBytes } = limits;
      if (Number(headers['content-length']) > maxBytes) {
        return refused(statuses.tooLarge, tooLarge(maxBytes));
      }
      const body =
        request.body instanceof Uint8Array ? request.body : await readBytes(request, maxBytes);
      if (!(body instanceof Uint8Array)) {
        const isTooLarge = body.code === 'body.too-large';
        return refused(isTooLarge ? statuses.tooLarge : statuses.malformed, body);
      }
      if (body.length > maxBytes) return refused(statuses.tooLarge, tooLarge(maxBytes));

      const verdicts = authenticator.judge(headers, body, seconds);
      if (!(verdicts instanceof Promise)) return conclude(headers, body, verdicts);
      // While they are waited for, the caller might change the bytes that are authentic.
      const bytes = body.slice();
      return conclude(headers, bytes, await verdicts);
    };
  };
}

/**
 * @param {any} request
 * @returns {Record<string, string>}
 */
function headersIn(request) {
  if (typeof request !== 'object' || request === null) {
    throw new TypeError('receive: give a Request, or an object with headers and body');
  }
  const { headers } = request;
  if (typeof headers !== 'object' || headers === null) {
    throw new TypeError('receive: request.headers is missing');
  }
  return headerMap(headers);
}

const OPTIONS = [
  'secrets',
  'tokens',
  'headers',
  WITHOUT,
  'maxBytes',
  'maxDepth',
  'refuseDuplicateKeys',
  'now',
];

/**
 * Turns options into what `receive` works with. Options that can't be meant are a TypeError.
 * @param {Reception} reception
 * @param {Readonly<Record<string, unknown>>} options
 */
function configure(reception, options) {
  if (typeof options !== 'object' || options === null)
    fail('the options of the receiver are not an object');
  const stray = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (stray !== undefined) fail(`the receiver has no option ${JSON.stringify(stray)}`);
  const {
    maxBytes = DEFAULT_BYTES,
    maxDepth = DEFAULT_DEPTH,
    refuseDuplicateKeys = false,
  } = options;
  const { now = Date.now } = options;
  if (!isCount(maxBytes)) fail('maxBytes is not a positive integer');
  if (!isCount(maxDepth) || maxDepth > DEEPEST) {
    fail(`maxDepth is not an integer from 1 to ${DEEPEST}`);
  }
  if (typeof refuseDuplicateKeys !== 'boolean') fail('refuseDuplicateKeys is not a boolean');
  if (typeof now !== 'function') fail('now is not a function');
  return {
    authenticator: authenticatorOf(reception, options),
    limits: { maxBytes, maxDepth, refuseDuplicateKeys },
    seconds: () => Math.floor(now() / 1000),
  };
}

/**
 * @param {unknown} value
 * @returns {value is number}
 */
function isCount(value) {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

/**
 * @param {string} reason
 * @returns {never}
 */
function fail(reason) {
  throw new TypeError(reason);
}
