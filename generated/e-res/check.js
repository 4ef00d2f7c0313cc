// @ts-check
/** Finds the message of a delivery and judges it. Used by the toolchain and copied into generated folders. */
import { own, tooDeep } from './values.js';

/**
 * What a validator that Ajv made says of the first fault.
 * @typedef {{ instancePath: string, keyword: string, params: Record<string, any> }} Fault
 */

/**
 * @typedef {((value: unknown) => boolean | PromiseLike<unknown>) & { errors?: readonly Fault[] | null }} Validator
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
 * How the message of a delivery is found: a tree of questions about body and headers, whose leaves are messages
 * (by their index), to be tried in this order; usually one. Plain data.
 *  - `in`: the value at a path decides (a header's name as the document writes it); a value that is not listed
 *    leads to `otherwise`, or is an unknown message;
 *  - `has`: whether the body has a member decides;
 *  - `types`: the body's JSON type decides.
 * @typedef {{ readonly messages: readonly number[] }
 *   | {
 *       readonly in: 'payload' | 'headers',
 *       readonly path: readonly string[],
 *       readonly cases: readonly (readonly [null | boolean | number | string, Selection])[],
 *       readonly otherwise?: Selection,
 *     }
 *   | { readonly has: readonly string[], readonly yes: Selection, readonly no: Selection }
 *   | { readonly types: readonly (readonly [string, Selection])[] }} Selection
 */

/**
 * One reason why a delivery was not accepted. `path` is a JSON Pointer into the payload, or into the headers.
 * @typedef {{
 *   code: 'payload.invalid' | 'headers.invalid' | 'message.unknown' | 'check.failed',
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
 * @param {Selection} selection
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
      return refuse({ code: 'check.failed', path: '', text: 'The delivery could not be judged.' });
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
 * Answers the questions about one delivery; returns the messages it can be, or why it is none.
 * @typedef {(payload: unknown, headers: Readonly<Record<string, string>> | undefined) => readonly number[] | CheckProblem} Chooser
 */

/**
 * Makes a function of a selection.
 * @param {Selection} selection
 * @returns {Chooser}
 */
function chooser(selection) {
  if ('messages' in selection) {
    const { messages } = selection;
    return () => messages;
  }
  if ('has' in selection) {
    const { has } = selection;
    const yes = chooser(selection.yes);
    const no = chooser(selection.no);
    return (payload, headers) => (at(payload, has) === undefined ? no : yes)(payload, headers);
  }
  if ('types' in selection) {
    const byType = new Map(selection.types.map(([type, next]) => [type, chooser(next)]));
    const expected = [...byType.keys()].join(' or ');
    return (payload, headers) => {
      const found = typeOf(payload);
      const next = byType.get(found);
      if (next !== undefined) return next(payload, headers);
      return {
        code: 'payload.invalid',
        path: '',
        text: 'The value has the wrong type.',
        expected,
        found,
      };
    };
  }
  return valueChooser(selection);
}

/**
 * @param {Extract<Selection, { in: string }>} question
 * @returns {Chooser}
 */
function valueChooser(question) {
  const cases = new Map(question.cases.map(([constant, next]) => [constant, chooser(next)]));
  const otherwise = question.otherwise === undefined ? undefined : chooser(question.otherwise);
  const all = allMessages(question);
  if (question.in === 'headers') {
    const names = question.path.map((name) => name.toLowerCase());
    return (payload, headers) => {
      if (headers === undefined) return all;
      const next = cases.get(/** @type {string} */ (at(headers, names))) ?? otherwise;
      return next === undefined ? misfit(question, names, headers) : next(payload, headers);
    };
  }
  return (payload, headers) => {
    const next = cases.get(/** @type {string} */ (at(payload, question.path))) ?? otherwise;
    return next === undefined ? misfit(question, question.path, payload) : next(payload, headers);
  };
}

/**
 * Says why no case of a question fits.
 * @param {Extract<Selection, { in: string }>} question
 * @param {readonly string[]} names the question's path, as it was looked up
 * @param {unknown} from
 * @returns {CheckProblem}
 */
function misfit(question, names, from) {
  const code = question.in === 'headers' ? 'headers.invalid' : 'payload.invalid';
  const present = names.findIndex((_, index) => at(from, names.slice(0, index + 1)) === undefined);
  if (present !== -1) {
    const path = pointerOf(question.path.slice(0, present));
    return { code, path, text: `The member "${question.path[present]}" is missing.` };
  }
  const path = pointerOf(question.path);
  const value = at(from, names);
  const types = [...new Set(question.cases.map(([constant]) => typeOf(constant)))];
  if (!types.includes(typeOf(value))) {
    return {
      code,
      path,
      text: 'The value has the wrong type.',
      expected: types.join(' or '),
      found: typeOf(value),
    };
  }
  const expected = listed(question.cases.map(([constant]) => constant));
  const text = `The document knows no message with this "${question.path.at(-1)}".`;
  return { code: 'message.unknown', path, text, expected, found: shown(value) };
}

/**
 * Returns the value at a path of own members; undefined where one is missing.
 * @param {unknown} value
 * @param {readonly string[]} names
 * @returns {unknown}
 */
function at(value, names) {
  let found = value;
  for (let index = 0; index < names.length; index += 1) {
    found = own(found, /** @type {string} */ (names[index]));
  }
  return found;
}

/**
 * Lists every message that a question can lead to, in document order.
 * @param {Selection} selection
 * @returns {number[]}
 */
function allMessages(selection) {
  if ('messages' in selection) return [...selection.messages];
  const next =
    'has' in selection
      ? [selection.yes, selection.no]
      : 'types' in selection
        ? selection.types.map(([, one]) => one)
        : [
            ...selection.cases.map(([, one]) => one),
            ...(selection.otherwise ? [selection.otherwise] : []),
          ];
  return [...new Set(next.flatMap(allMessages))].sort((one, other) => one - other);
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
  return {
    code: 'headers.invalid',
    ...explain(message.headers.errors ?? [], values),
    message: message.name,
  };
}

/**
 * Says in words what a validator found.
 * @param {readonly Fault[]} faults
 * @param {unknown} value the payload or the headers
 * @returns {{ path: string, text: string, expected?: string, found?: string }}
 */
export function explain(faults, value) {
  const fault = faults.at(-1);
  if (fault === undefined) return { path: '', text: 'The value does not fit its schema.' };
  const { instancePath: path, keyword, params } = fault;
  const there = faults.filter(({ instancePath }) => instancePath === path);
  const found = shown(valueAt(value, path));
  switch (keyword) {
    case 'required':
      return { path, text: `The member "${params.missingProperty}" is missing.` };
    case 'dependencies':
      return {
        path,
        text: `The member "${params.missingProperty}" is missing, which "${params.property}" needs.`,
      };
    case 'additionalProperties':
      return {
        path: `${path}${pointerOf([String(params.additionalProperty)])}`,
        text: 'The member is not allowed here.',
      };
    case 'type':
      return {
        path,
        text: 'The value has the wrong type.',
        expected: [params.type].flat().join(' or '),
        found,
      };
    case 'const':
      return {
        path,
        text: 'The value is not the constant.',
        expected: shown(params.allowedValue),
        found,
      };
    case 'enum':
      return {
        path,
        text: 'The value is not one of those allowed.',
        expected: listed(params.allowedValues),
        found,
      };
    case 'format':
      return { path, text: 'The value does not have its format.', expected: params.format, found };
    case 'pattern':
      return {
        path,
        text: 'The value does not match its pattern.',
        expected: params.pattern,
        found,
      };
    case 'anyOf':
    case 'oneOf': {
      const missing = there
        .filter((one) => one.keyword === 'required')
        .map(({ params }) => params.missingProperty);
      if (missing.length > 1 && missing.length === there.length - 1) {
        return {
          path,
          text: 'At least one of several members is missing.',
          expected: listed(missing),
        };
      }
      const text = params.passingSchemas
        ? 'The value fits more than one alternative.'
        : 'The value fits no alternative.';
      return { path, text, found };
    }
    case 'false schema':
      return { path, text: 'No value is allowed here.', found };
    default:
      return {
        path,
        text: `The value breaks the keyword "${keyword}".`,
        ...limitOf(params),
        found,
      };
  }
}

/**
 * @param {Record<string, any>} params
 * @returns {{ expected?: string }}
 */
function limitOf({ comparison, limit, multipleOf }) {
  if (multipleOf !== undefined) return { expected: `a multiple of ${multipleOf}` };
  return limit === undefined ? {} : { expected: `${comparison ?? 'a size within'} ${limit}` };
}

/**
 * @param {unknown} value
 * @param {string} path a JSON Pointer
 * @returns {unknown}
 */
function valueAt(value, path) {
  if (path === '') return value;
  const names = path.slice(1).split('/');
  return at(
    value,
    names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~')),
  );
}

/**
 * Shows a value in one line of at most 80 characters.
 * @param {unknown} value
 * @returns {string}
 */
function shown(value) {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/**
 * @param {readonly unknown[]} values
 * @returns {string}
 */
function listed(values) {
  const some = values.slice(0, 20).map(shown).join(', ');
  return values.length > 20 ? `${some}, … (${values.length} in all)` : some;
}

/**
 * @param {unknown} value
 * @returns {string} the value's JSON type
 */
function typeOf(value) {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/**
 * @param {readonly string[]} names
 * @returns {string} the JSON Pointer of these names
 */
function pointerOf(names) {
  return names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
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
