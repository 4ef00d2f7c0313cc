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

/**
 * One reason why a delivery was not accepted. `path` is a JSON Pointer into the payload, or into the headers.
 * @typedef {{
 *   code: 'payload.invalid' | 'headers.invalid' | 'message.unknown' | 'check.failed',
 *   in: 'payload' | 'headers',
 *   text: string,
 *   path: string,
 *   expected?: string,
 *   found?: string,
 *   message?: string,
 * }} CheckProblem
 */

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
 * Makes the `check` function of a document: it finds the message from payload and headers, then judges
 * both. `check` never throws, whatever it is given. Without headers (undefined) they are not judged.
 * @param {readonly CheckedMessage[]} messages
 * @param {import('./select.js').Selection} selection
 * @param {{ isDeep?: boolean }} [options] `isDeep`: look first whether the payload nests too deep
 * @returns {(payload: unknown, headers?: HeadersLike, only?: string) => CheckResult}
 *   `only` names the message to judge by, whatever the delivery looks like
 */
export function createCheck(messages, selection, { isDeep = false } = {}) {
  const choose = chooser(selection);
  return function check(payload, headers, only) {
    try {
      if (isDeep && tooDeep(payload, MAX_DEPTH)) {
        return refuse({
          code: 'payload.invalid',
          in: 'payload',
          path: '',
          text: `The payload nests deeper than ${MAX_DEPTH}.`,
        });
      }
      const given = headers === undefined ? undefined : headerMap(headers);
      const found =
        only === undefined
          ? choose(payload, given)
          : messages.flatMap(({ name }, index) => (name === only ? [index] : []));
      return 'code' in found ? refuse(found) : judge(messages, found, payload, given);
    } catch {
      return refuse({
        code: 'check.failed',
        in: 'payload',
        path: '',
        text: 'The delivery could not be judged.',
      });
    }
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
 * @param {CheckProblem} problem
 * @returns {CheckResult}
 */
function refuse(problem) {
  return { ok: false, problems: [problem] };
}

/**
 * @param {readonly CheckedMessage[]} messages
 * @param {readonly number[]} candidates
 * @param {unknown} payload
 * @param {Readonly<Record<string, string>> | undefined} headers
 * @returns {CheckResult}
 */
function judge(messages, candidates, payload, headers) {
  /** @type {CheckProblem | undefined} */
  let problem;
  for (const index of candidates) {
    const message = messages[index];
    if (message === undefined) continue;
    const found =
      payloadProblem(message, payload) ??
      (headers === undefined ? undefined : headersProblem(message, headers));
    if (found === undefined) return { ok: true, message: message.name, payload };
    problem ??= found;
  }
  if (problem !== undefined && candidates.length === 1) return refuse(problem);
  const names = listed(candidates.map((index) => messages[index]?.name));
  return refuse({
    code: 'payload.invalid',
    in: 'payload',
    path: '',
    text: `The delivery fits none of the messages ${names}.`,
  });
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
 * @param {Readonly<Record<string, string>>} headers as `headerMap` returns them
 * @returns {CheckProblem | undefined}
 */
export function headersProblem(message, headers) {
  if (message.headers === undefined) return undefined;
  const values = spelledHeaders(headers, message.headerNames ?? []);
  if (message.headers(values) === true) return undefined;
  const words = explain(message.headers.errors ?? [], values);
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
  /** @type {(name: string, value: unknown) => void} */
  const add = (name, value) => {
    if (value === undefined || value === null) return;
    const key = name.toLowerCase();
    const text = Array.isArray(value) ? value.join(', ') : String(value);
    map[key] = map[key] === undefined ? text : `${map[key]}, ${text}`;
  };
  if (Symbol.iterator in headers) {
    for (const [name, value] of /** @type {Iterable<[string, unknown]>} */ (headers))
      add(name, value);
  } else {
    for (const [name, value] of Object.entries(headers)) add(name, value);
  }
  return map;
}

/**
 * Gives headers the names that the document writes, and the types where their text allows it.
 * @param {Readonly<Record<string, string>>} headers by lower-case names
 * @param {readonly KnownHeader[]} known
 * @returns {Record<string, unknown>}
 */
function spelledHeaders(headers, known) {
  /** @type {Record<string, unknown>} */
  const values = { ...headers };
  for (const { name, type } of known) {
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
