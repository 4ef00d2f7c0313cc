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

    return async function receive(request) {
      const headers = headersIn(request);
      if (Number(headers['content-length']) > limits.maxBytes) {
        return refused(statuses.tooLarge, tooLarge(limits.maxBytes));
      }
      const body =
        request.body instanceof Uint8Array
          ? request.body
          : await readBytes(request, limits.maxBytes);
      if ('code' in body) {
        return refused(
          body.code === 'body.too-large' ? statuses.tooLarge : statuses.malformed,
          body,
        );
      }
      if (body.length > limits.maxBytes)
        return refused(statuses.tooLarge, tooLarge(limits.maxBytes));

      const found = authenticator.judge(headers, body, seconds);
      // While it is waited for, the caller might change the bytes that are authentic.
      const bytes = found instanceof Promise ? body.slice() : body;
      const verdicts = found instanceof Promise ? await found : found;
      const lack = authenticator.lackOf(verdicts, undefined);
      if (lack !== undefined) return refused(statuses.unauthentic, lack);

      const read = readJson(bytes, limits);
      if ('code' in read) return refused(statuses.malformed, read);

      const verdict = judge(read.payload, headers);
      if ('code' in verdict) {
        if (verdict.code === 'message.unknown') {
          return { kind: 'unknown', status: statuses.accepted, problems: [verdict] };
        }
        return refused(
          verdict.code === 'check.failed' ? statuses.failed : statuses.invalid,
          verdict,
        );
      }
      const ownLack = authenticator.lackOf(verdicts, verdict.index);
      if (ownLack !== undefined) return refused(statuses.unauthentic, ownLack);
      return {
        kind: 'message',
        message: verdict.name,
        payload: read.payload,
        headers: verdict.headers,
        status: statuses.accepted,
      };
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
