// @ts-check
/** Finds the message of a delivery and judges it. Used by the toolchain and copied into generated folders. */
import { explain, listed } from './explain.js';
import { chooser } from './select.js';
import { tooDeep } from './values.js';

/**
 * @typedef {((value: unknown) => boolean | PromiseLike<unknown>) & { errors?: readonly import('./explain.js').Fault[] | null }} Validator
 */

/**
 * A header that a document names: as it spells it, and the type it gives it.
 * @typedef {{ name: string, type: 'string' | 'number' | 'boolean' }} KnownHeader
 */

/**
 * A message as `createCheck` wants it.
 * @typedef {{
 *   name: string,
 *   payload?: Validator | undefined,
 *   headers?: Validator | undefined,
 *   headerNames?: readonly KnownHeader[],
 * }} CheckedMessage
 */

/** @typedef {import('./module.js').CheckProblem} CheckProblem */

/**
 * @typedef {{ ok: true, message: string, payload: unknown } | { ok: false, problems: CheckProblem[] }} CheckResult
 */

/**
 * @typedef {Readonly<Record<string, unknown>>
 *   | Iterable<readonly [string, unknown]>
 *   | { forEach(each: (value: string, name: string) => void): void }} HeadersLike
 */

/** How deep a payload may nest where a schema refers to itself. */
const MAX_DEPTH = 256;

/**
 * What was found out about a delivery: its message, by index and name, and its headers as the document names and
 * types them; or why it is none.
 * @typedef {{ index: number, name: string, headers: Readonly<Record<string, unknown>> | undefined } | CheckProblem} Judgement
 */

/**
 * Judges a payload and headers as `headerMap` returns them; headers that are undefined are not judged. `only` names
 * the message to judge by, whatever the delivery looks like; of several messages that fit, the first one that
 * `isAdmitted` (by its index) is found, or else the first.
 * @typedef {(
 *   payload: unknown,
 *   headers: Readonly<Record<string, string>> | undefined,
 *   only?: string,
 *   isAdmitted?: (message: number) => boolean,
 * ) => Judgement} Judge
 */

/**
 * Makes the judge of a document: it finds the message from payload and headers, then judges both. It never throws,
 * whatever it is given.
 * @param {readonly CheckedMessage[]} messages
 * @param {import('./select.js').Selection} selection
 * @param {{ isDeep?: boolean }} [options] `isDeep`: look first whether the payload nests too deep
 * @returns {Judge}
 */
export function judgeOf(messages, selection, { isDeep = false } = {}) {
  const choose = chooser(selection);
  return function judge(payload, headers, only, isAdmitted) {
    try {
      if (isDeep && tooDeep(payload, MAX_DEPTH)) {
        return {
          code: 'payload.invalid',
          in: 'payload',
          path: '',
          text: `The payload nests deeper than ${MAX_DEPTH}.`,
        };
      }
      const found =
        only === undefined
          ? choose(payload, headers)
          : messages.flatMap(({ name }, index) => (name === only ? [index] : []));
      return 'code' in found ? found : judgeBy(messages, found, payload, headers, isAdmitted);
    } catch {
      return failed();
    }
  };
}

/**
 * Makes the `check` function of a document. It never throws, whatever it is given.
 * @param {Judge} judge
 * @returns {(payload: unknown, headers?: HeadersLike, only?: string) => CheckResult}
 */
export function createCheck(judge) {
  return function check(payload, headers, only) {
    let given;
    try {
      given = headers === undefined ? undefined : headerMap(headers);
    } catch {
      return { ok: false, problems: [failed()] };
    }
    const found = judge(payload, given, only);
    return 'code' in found
      ? { ok: false, problems: [found] }
      : { ok: true, message: found.name, payload };
  };
}

/** @returns {CheckProblem} */
function failed() {
  return {
    code: 'check.failed',
    in: 'payload',
    path: '',
    text: 'The delivery could not be judged.',
  };
}

/**
 * Makes a type guard of one validator; it never throws.
 * @param {Validator | undefined} validator
 * @param {{ isDeep?: boolean }} [options]
 * @returns {(payload: unknown) => boolean}
 */
export function createGuard(validator, { isDeep = false } = {}) {
  return function guard(payload) {
    try {
      return (
        !(isDeep && tooDeep(payload, MAX_DEPTH)) &&
        (validator === undefined || validator(payload) === true)
      );
    } catch {
      return false;
    }
  };
}

/**
 * Freezes a value and all that it holds.
 * @template T
 * @param {T} value
 * @returns {T}
 */
export function freeze(value) {
  if (typeof value === 'object' && value !== null) {
    for (const held of Object.values(value)) freeze(held);
    Object.freeze(value);
  }
  return value;
}

/**
 * @param {readonly CheckedMessage[]} messages
 * @param {readonly number[]} candidates
 * @param {unknown} payload
 * @param {Readonly<Record<string, string>> | undefined} headers
 * @param {(message: number) => boolean} [isAdmitted]
 * @returns {Judgement}
 */
function judgeBy(messages, candidates, payload, headers, isAdmitted) {
  /** @type {Judgement | undefined} */
  let fitting;
  /** @type {CheckProblem | undefined} */
  let problem;
  const isOne = candidates.length === 1;
  for (const index of candidates) {
    const message = messages[index];
    if (message === undefined) continue;
    // What is wrong with a payload that may be several messages is said of none of them.
    if (!isOne && message.payload?.(payload) === false) continue;
    const values = headers === undefined ? undefined : headersOf(message, headers);
    const found =
      (isOne ? payloadProblem(message, payload) : undefined) ??
      (values === undefined ? undefined : headersProblem(message, values));
    if (found === undefined) {
      const fits = { index, name: message.name, headers: values };
      if (isAdmitted === undefined || isAdmitted(index)) return fits;
      fitting ??= fits;
    }
    problem ??= found;
  }
  const answer = fitting ?? problem;
  if (answer !== undefined) return answer;
  const names = listed(candidates.map((index) => messages[index]?.name));
  return {
    code: 'payload.invalid',
    in: 'payload',
    path: '',
    text: `The delivery fits none of the messages ${names}.`,
  };
}

/**
 * Judges a payload by one message.
 * @param {CheckedMessage} message
 * @param {unknown} payload
 * @returns {CheckProblem | undefined}
 */
export function payloadProblem(message, payload) {
  if (message.payload === undefined || message.payload(payload) === true) return undefined;
  return {
    code: 'payload.invalid',
    in: 'payload',
    ...explain(message.payload.errors ?? [], payload),
    message: message.name,
  };
}

/**
 * Judges headers by one message.
 * @param {CheckedMessage} message
 * @param {Readonly<Record<string, unknown>>} headers as `headersOf` returns them
 * @returns {CheckProblem | undefined}
 */
export function headersProblem(message, headers) {
  if (message.headers === undefined || message.headers(headers) === true) return undefined;
  const words = explain(message.headers.errors ?? [], headers);
  const text = words.text.replace(/^The member /, 'The header ');
  return { code: 'headers.invalid', in: 'headers', ...words, text, message: message.name };
}

/**
 * Reads headers of any common form into a map with lower-case names; a name given twice is joined with a
 * comma. https://www.rfc-editor.org/rfc/rfc9110#section-5.3
 * @param {HeadersLike} headers
 * @returns {Record<string, string>}
 */
export function headerMap(headers) {
  /** @type {Record<string, string>} */
  const map = Object.create(null);
  if (Symbol.iterator in headers) {
    for (const [name, value] of /** @type {Iterable<[string, unknown]>} */ (headers)) {
      addHeader(map, name, value);
    }
  } else if (typeof headers.forEach === 'function') {
    headers.forEach((/** @type {unknown} */ value, /** @type {string} */ name) => {
      addHeader(map, name, value);
    });
  } else {
    const values = /** @type {Readonly<Record<string, unknown>>} */ (headers);
    for (const name of Object.keys(values)) addHeader(map, name, values[name]);
  }
  return map;
}

/**
 * @param {Record<string, string>} map
 * @param {string} name
 * @param {unknown} value
 */
function addHeader(map, name, value) {
  if (value === undefined || value === null) return;
  const key = name.toLowerCase();
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  const before = map[key];
  map[key] = before === undefined ? text : `${before}, ${text}`;
}

/**
 * Gives headers the names that a message's document writes, and the types where their text allows it.
 * @param {CheckedMessage} message
 * @param {Readonly<Record<string, string>>} headers by lower-case names
 * @returns {Readonly<Record<string, unknown>>}
 */
export function headersOf({ headerNames = [] }, headers) {
  if (headerNames.length === 0) return headers;
  /** @type {Record<string, unknown>} */
  const values = { ...headers };
  for (const { name, type } of headerNames) {
    const key = name.toLowerCase();
    const text = headers[key];
    if (text === undefined) continue;
    delete values[key];
    values[name] = typedHeader(text, type);
  }
  return values;
}

/**
 * @param {string} text
 * @param {KnownHeader['type']} type
 * @returns {unknown}
 */
function typedHeader(text, type) {
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if (type === 'number' && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)) return Number(text);
  return text;
}
