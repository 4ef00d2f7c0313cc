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
 * How to find the message: see `Selection` in `spec/selection.ts`.
 * @typedef {import('../../spec/selection.js').Selection} Selection
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
          ? select(selection, payload, given)
          : messages.flatMap(({ name }, index) => (name === only ? [index] : []));
      return Array.isArray(found) ? judge(messages, found, payload, given) : refuse(found);
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
 * Answers the selection's questions; returns the messages it can be, or why it is none.
 * @param {Selection} selection
 * @param {unknown} payload
 * @param {Readonly<Record<string, string>> | undefined} headers
 * @returns {number[] | CheckProblem}
 */
function select(selection, payload, headers) {
  let at = selection;
  for (;;) {
    if ('messages' in at) return [...at.messages];
    if ('has' in at) {
      at = reach(payload, at.has).missing === undefined ? at.yes : at.no;
    } else if ('types' in at) {
      const type = typeOf(payload);
      const next = at.types.find(([name]) => name === type);
      if (next === undefined) {
        const expected = at.types.map(([name]) => name).join(' or ');
        return {
          code: 'payload.invalid',
          path: '',
          text: 'The value has the wrong type.',
          expected,
          found: type,
        };
      }
      at = next[1];
    } else if (at.in === 'headers' && headers === undefined) {
      return allMessages(at);
    } else {
      const next = decide(at, at.in === 'headers' ? headers : payload);
      if ('code' in next) return next;
      at = next;
    }
  }
}

/**
 * Follows the value at a path to the next question.
 * @param {Extract<Selection, { in: string }>} question
 * @param {unknown} from
 * @returns {Selection | CheckProblem}
 */
function decide(question, from) {
  const isHeader = question.in === 'headers';
  const { value, missing, path } = reach(
    from,
    isHeader ? question.path.map(lowerCase) : question.path,
  );
  const next = question.cases.find(([constant]) => constant === value)?.[1] ?? question.otherwise;
  if (next !== undefined) return next;
  const code = isHeader ? 'headers.invalid' : 'payload.invalid';
  if (missing !== undefined) {
    return {
      code,
      path,
      text: `The member "${isHeader ? question.path[0] : missing}" is missing.`,
    };
  }
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
  return {
    code: 'message.unknown',
    path: isHeader ? `/${escaped(question.path[0] ?? '')}` : path,
    text: `The document knows no message with this "${question.path.at(-1)}".`,
    expected: listed(question.cases.map(([constant]) => constant)),
    found: shown(value),
  };
}

/**
 * Walks down own members; where one is missing, says which, and the pointer of what lacks it.
 * @param {unknown} value
 * @param {readonly string[]} names
 * @returns {{ value: unknown, path: string, missing?: string }}
 */
function reach(value, names) {
  let at = value;
  let path = '';
  for (const name of names) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name))
      return { value: undefined, path, missing: name };
    at = own(at, name);
    path += `/${escaped(name)}`;
  }
  return { value: at, path };
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
    const found = faultOf(message, payload, headers);
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
 * @param {CheckedMessage} message
 * @param {unknown} payload
 * @param {Readonly<Record<string, string>> | undefined} headers
 * @returns {CheckProblem | undefined}
 */
function faultOf(message, payload, headers) {
  const { name } = message;
  if (message.payload !== undefined && message.payload(payload) !== true) {
    return {
      code: 'payload.invalid',
      ...explain(message.payload.errors ?? [], payload),
      message: name,
    };
  }
  if (headers === undefined || message.headers === undefined) return undefined;
  const values = spelledHeaders(headers, message.headerNames ?? []);
  if (message.headers(values) === true) return undefined;
  return {
    code: 'headers.invalid',
    ...explain(message.headers.errors ?? [], values),
    message: name,
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
        path: `${path}/${escaped(String(params.additionalProperty))}`,
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
  return reach(
    value,
    names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~')),
  ).value;
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
 * @param {string} name
 * @returns {string}
 */
function lowerCase(name) {
  return name.toLowerCase();
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
 * @param {string} name
 * @returns {string} the name as a token of a JSON Pointer
 */
function escaped(name) {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
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
