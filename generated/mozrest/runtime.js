/**
 * Part of every module that webhook-contracts generates.
 * Do not edit: it is written again.
 */
/** Judgements about JSON values that JavaScript has no operator for. None of them throws. */

/**
 * Tells whether two JSON values are equal: by own members, whatever their order.
 * Recurses no deeper than `expected`, the constant that a schema holds.
 * https://json-schema.org/draft-07/draft-handrews-json-schema-01#rfc.section.4.2.3
 * @param {unknown} value
 * @param {unknown} expected
 * @returns {boolean}
 */
export function equal(value, expected) {
  if (value === expected) return true;
  if (
    typeof value !== 'object' ||
    typeof expected !== 'object' ||
    value === null ||
    expected === null
  ) {
    return false;
  }
  if (Array.isArray(value) !== Array.isArray(expected)) return false;
  const names = Object.keys(expected);
  for (const name of names)
    if (!Object.hasOwn(value, name) || !equal(own(value, name), own(expected, name))) return false;
  return Object.keys(value).length === names.length;
}

/**
 * Tells whether a JSON value equals one of a list.
 * @param {unknown} value
 * @param {readonly unknown[]} constants
 * @returns {boolean}
 */
export function isAmong(value, constants) {
  for (const constant of constants) if (equal(value, constant)) return true;
  return false;
}

/**
 * Returns the first of several names under which an object has no member of its own.
 * @param {object} value
 * @param {readonly string[]} names
 * @returns {string | undefined}
 */
export function firstMissing(value, names) {
  return names.find((name) => own(value, name) === undefined);
}

/**
 * Tells whether no two items of a list are equal, in time linear in their size.
 * Callers make sure with `tooDeep` that the items can be walked.
 * @param {readonly unknown[]} items
 * @returns {boolean}
 */
export function unique(items) {
  const seen = new Set();
  for (const item of items) {
    seen.add(canonical(item));
  }
  return seen.size === items.length;
}

/**
 * Writes a JSON value so that equal values have equal texts.
 * @param {unknown} value
 * @returns {string}
 */
export function canonical(value) {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'undefined');
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(own(value, name))}`);
  return `{${members.join()}}`;
}

/**
 * Counts the code points of a string, which is what JSON Schema calls its length.
 * https://json-schema.org/draft-07/draft-handrews-json-schema-validation-01#rfc.section.6.3.1
 * @param {string} text
 * @returns {number}
 */
export function codePoints(text) {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0xd800 || code > 0xdbff) continue;
    const next = text.charCodeAt(at + 1);
    if (next >= 0xdc00 && next <= 0xdfff) {
      count -= 1;
      at += 1;
    }
  }
  return count;
}

/**
 * Tells whether a number is a multiple of another, both taken as the decimals they are written as: 19.99 is one of 0.01.
 * https://json-schema.org/draft/2020-12/json-schema-validation#section-6.2.1
 * @param {number} value
 * @param {number} divisor more than 0
 * @returns {boolean}
 */
export function isMultiple(value, divisor) {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0;
  const [digits, exponent] = decimal(value);
  const [divisorDigits, divisorExponent] = decimal(divisor);
  const lowest = Math.min(exponent, divisorExponent);
  const scaled = digits * 10n ** BigInt(exponent - lowest);
  return scaled % (divisorDigits * 10n ** BigInt(divisorExponent - lowest)) === 0n;
}

/**
 * @param {number} number
 * @returns {[digits: bigint, exponent: number]} the shortest decimal that is read as this number
 */
function decimal(number) {
  const [mantissa = '', exponent = '0'] = String(number).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return [BigInt(whole + fraction), Number(exponent) - fraction.length];
}

/** How many values a payload may hold where they are all walked: more than any body of 10 MB does. */
const MAX_VALUES = 10_000_000;

/**
 * Tells whether a value nests deeper than `limit`, or without end, or holds more values than can be walked.
 * Works without recursion.
 * @param {unknown} value
 * @param {number} limit
 * @returns {boolean}
 */
export function tooDeep(value, limit) {
  /** @type {{ values: readonly unknown[], next: number }[]} */
  const open = [{ values: [value], next: 0 }];
  let count = 0;
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const node = level.values[level.next];
    if (level.next === level.values.length) {
      open.pop();
      continue;
    }
    level.next += 1;
    count += 1;
    if (count > MAX_VALUES) return true;
    if (typeof node !== 'object' || node === null) continue;
    if (open.length > limit) return true;
    open.push({ values: Object.values(node), next: 0 });
  }
  return false;
}

/**
 * Returns an own member of an object or list, never an inherited one.
 * @param {unknown} value
 * @param {string} name
 * @returns {unknown}
 */
export function own(value, name) {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? /** @type {Record<string, unknown>} */ (value)[name]
    : undefined;
}

/**
 * Returns the value at a path of own members; undefined where one is missing.
 * @param {unknown} value
 * @param {readonly string[]} names
 * @returns {unknown}
 */
export function at(value, names) {
  let found = value;
  for (let index = 0; index < names.length; index += 1) {
    found = own(found, /** @type {string} */ (names[index]));
  }
  return found;
}

/** Says in words what is wrong with a value. */

/**
 * What a validator that Ajv made says of the first fault.
 * @typedef {{ instancePath: string, keyword: string, params: Record<string, any> }} Fault
 */

/** @type {Readonly<Record<string, string>>} */
const TEXTS = {
  additionalItems: 'The list is too long.',
  uniqueItems: 'An item of the list stands twice.',
  contains: 'The list does not hold the items that are demanded.',
  not: 'The value is one of those excluded.',
  minimum: 'The number is too small.',
  exclusiveMinimum: 'The number is too small.',
  maximum: 'The number is too large.',
  exclusiveMaximum: 'The number is too large.',
  multipleOf: 'The number is not a multiple.',
  minLength: 'The text is too short.',
  maxLength: 'The text is too long.',
  minItems: 'The list is too short.',
  maxItems: 'The list is too long.',
  minProperties: 'The object has too few members.',
  maxProperties: 'The object has too many members.',
};

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
    case 'unevaluatedProperties': {
      const name = params.additionalProperty ?? params.unevaluatedProperty;
      return {
        path: `${path}${pointerOf([String(name)])}`,
        text: 'The member is not allowed here.',
      };
    }
    case 'unevaluatedItems':
      return { path: `${path}/${params.unevaluatedItem}`, text: 'The item is not allowed here.' };
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
    case 'propertyNames':
      return { path, text: `The name ${shown(params.propertyName)} is not allowed here.` };
    case 'false schema':
      return { path, text: 'No value is allowed here.', found };
    default:
      return {
        path,
        text: TEXTS[keyword] ?? `The value breaks the keyword "${keyword}".`,
        ...limitOf(keyword, params),
        found,
      };
  }
}

/**
 * @param {string} keyword
 * @param {Record<string, any>} params
 * @returns {{ expected?: string }}
 */
function limitOf(keyword, { comparison, limit, multipleOf }) {
  if (multipleOf !== undefined) return { expected: `a multiple of ${multipleOf}` };
  if (limit === undefined) return {};
  return {
    expected: `${comparison ?? (keyword.startsWith('min') ? 'at least' : 'at most')} ${limit}`,
  };
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
export function shown(value) {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/**
 * @param {readonly unknown[]} values
 * @returns {string}
 */
export function listed(values) {
  const some = values.slice(0, 20).map(shown).join(', ');
  return values.length > 20 ? `${some}, … (${values.length} in all)` : some;
}

/**
 * @param {unknown} value
 * @returns {string} the value's JSON type
 */
export function typeOf(value) {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/**
 * @param {readonly string[]} names
 * @returns {string} the JSON Pointer of these names
 */
export function pointerOf(names) {
  return names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Finds which message a delivery is. */

/**
 * How the message of a delivery is found: a tree of questions about body and headers, whose leaves are messages
 * (by their index), to be tried in this order; usually one. Plain data.
 *  - `in`: the value at a path decides (a header's name as the document writes it); a value that is not listed
 *    leads to `otherwise`, or is an unknown message;
 *  - `has`: whether the body has a member decides;
 *  - `types`: the body's JSON type decides.
 * A question about the body that is `loose` says nothing where something else than an object stands on its path: all
 * messages below it are then tried.
 * @typedef {{ readonly messages: readonly number[] }
 *   | {
 *       readonly in: 'payload' | 'headers',
 *       readonly path: readonly string[],
 *       readonly loose?: boolean,
 *       readonly cases: readonly (readonly [null | boolean | number | string, Selection])[],
 *       readonly otherwise?: Selection,
 *     }
 *   | {
 *       readonly has: readonly string[],
 *       readonly loose?: boolean,
 *       readonly yes: Selection,
 *       readonly no: Selection,
 *     }
 *   | { readonly types: readonly (readonly [string, Selection])[] }} Selection
 */

/**
 * Answers the questions about one delivery; returns the messages it can be, or why it is none.
 * @typedef {(payload: unknown, headers: Readonly<Record<string, string>> | undefined) => readonly number[] | CheckProblem} Chooser
 */

/**
 * Makes a function of a selection.
 * @param {Selection} selection
 * @returns {Chooser}
 */
export function chooser(selection) {
  if ('messages' in selection) {
    const { messages } = selection;
    return () => messages;
  }
  if ('has' in selection) {
    const { has, loose } = selection;
    const yes = chooser(selection.yes);
    const no = chooser(selection.no);
    const all = allMessages(selection);
    return (payload, headers) => {
      if (loose && isOffPath(payload, has)) return all;
      return (at(payload, has) === undefined ? no : yes)(payload, headers);
    };
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
        in: 'payload',
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
    if (question.loose && isOffPath(payload, question.path)) return all;
    const next = cases.get(/** @type {string} */ (at(payload, question.path))) ?? otherwise;
    return next === undefined ? misfit(question, question.path, payload) : next(payload, headers);
  };
}

/**
 * Tells whether something else than an object stands on the way to where a path leads.
 * @param {unknown} payload
 * @param {readonly string[]} path
 * @returns {boolean}
 */
function isOffPath(payload, path) {
  return path.some((_, depth) => {
    const there = at(payload, path.slice(0, depth));
    return there !== undefined && typeOf(there) !== 'object';
  });
}

/**
 * Says why no case of a question fits.
 * @param {Extract<Selection, { in: string }>} question
 * @param {readonly string[]} names the question's path, as it was looked up
 * @param {unknown} from
 * @returns {CheckProblem}
 */
function misfit(question, names, from) {
  const part = question.in;
  const code = part === 'headers' ? 'headers.invalid' : 'payload.invalid';
  const depth = names.findIndex((_, index) => at(from, names.slice(0, index + 1)) === undefined);
  if (depth !== -1) {
    const path = pointerOf(question.path.slice(0, depth));
    const found = typeOf(at(from, names.slice(0, depth)));
    return found === 'object'
      ? {
          code,
          in: part,
          path,
          text: `The ${part === 'headers' ? 'header' : 'member'} "${question.path[depth]}" is missing.`,
        }
      : { code, in: part, path, text: 'The value has the wrong type.', expected: 'object', found };
  }
  const path = pointerOf(question.path);
  const value = at(from, names);
  const types = [...new Set(question.cases.map(([constant]) => typeOf(constant)))];
  if (!types.includes(typeOf(value))) {
    return {
      code,
      in: part,
      path,
      text: 'The value has the wrong type.',
      expected: types.join(' or '),
      found: typeOf(value),
    };
  }
  const expected = listed(question.cases.map(([constant]) => constant));
  const text = `The document knows no message with this "${question.path.at(-1)}".`;
  return { code: 'message.unknown', in: part, path, text, expected, found: shown(value) };
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

/** Finds the message of a delivery and judges it. Used by the toolchain and copied into generated folders. */

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
 * @param {Selection} selection
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

/** Tells whether a request comes from who knows a secret, by the security schemes of a document. */

/**
 * Judges one request; undefined where it is authentic. `seconds` tells the time, since 1970.
 * @typedef {(headers: Readonly<Record<string, string>>, body: Uint8Array, seconds: () => number) => Verdict | Promise<Verdict>} Verifier
 */

/**
 * Makes the verifier of a credential from the options that are for it; undefined where there are none.
 * Throws a TypeError where an option can't be meant.
 * @param {Credential} credential
 * @param {{ readonly secrets?: unknown, readonly tokens?: unknown, readonly headers?: unknown }} options
 * @returns {Verifier | undefined}
 */
export function verifierOf(credential, { secrets, tokens, headers }) {
  switch (credential.kind) {
    case 'hmac':
      return secrets === undefined ? undefined : hmacVerifier(credential, macsOf(secrets));
    case 'timestamped-hmac':
      return secrets === undefined ? undefined : timestampedVerifier(credential, macsOf(secrets));
    case 'standard-webhooks':
      return secrets === undefined
        ? undefined
        : standardVerifier(credential, listOf(secrets, 'secrets').map(standardKey).map(macOf));
    case 'bearer':
      return tokens === undefined
        ? undefined
        : bearerVerifier(listOf(tokens, 'tokens').map(checkToken));
    case 'static-header':
      return headers === undefined ? undefined : headerVerifier(credential, headers);
    case 'unsupported':
      return undefined;
  }
}

/**
 * @param {unknown} secrets
 */
function macsOf(secrets) {
  return listOf(secrets, 'secrets').map(secretKey).map(macOf);
}

/**
 * @param {Extract<Credential, { kind: 'hmac' }>} credential
 * @param {readonly Mac[]} macs
 * @returns {Verifier}
 */
function hmacVerifier({ header, encoding, prefix }, macs) {
  const name = header.toLowerCase();
  const [shape, length] = encoding === 'hex' ? [HEX, 64] : [BASE64, 44];
  return (headers, body) => {
    const value = headers[name];
    if (value === undefined) return missing(header);
    const presented = value.slice(prefix.length);
    if (!value.startsWith(prefix) || presented.length !== length) return malformed(header);
    const code = encoding === 'hex' ? presented.toLowerCase() : presented;
    // What equals the true code has its form: only what does not is looked at closer, to say what is wrong with it.
    const refusal = () => (shape.test(presented) ? wrong(header) : malformed(header));
    return compare(macs, '', body, encoding, [code], refusal);
  };
}

/** The only ways to write 32 bytes, so that texts can be compared in place of bytes; hex in either case. */
const HEX = /^[0-9A-Fa-f]{64}$/;
const BASE64 = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

/**
 * @param {Extract<Credential, { kind: 'timestamped-hmac' }>} credential
 * @param {readonly Mac[]} macs
 * @returns {Verifier}
 */
function timestampedVerifier({ header, tolerance }, macs) {
  const name = header.toLowerCase();
  return (headers, body, seconds) => {
    const value = headers[name];
    if (value === undefined) return missing(header);
    // Two headers of one name come as one, with a comma and a space between.
    if (value.includes(' ')) return malformed(header);
    const parts = value.split(',', MAX_SIGNATURES + 2);
    const times = parts.filter((part) => part.startsWith('t=')).map((part) => part.slice(2));
    const codes = codesIn(parts, 'v1=', HEX);
    const [time = ''] = times;
    if (times.length !== 1 || !SECONDS.test(time)) return malformed(header);
    if (parts.length > MAX_SIGNATURES + 1 || codes.length === 0) return malformed(header);
    if (!isRecent(time, seconds(), tolerance)) return expired(header, tolerance);
    const presented = codes.map((code) => code.toLowerCase());
    return compare(macs, `${time}.`, body, 'hex', presented, () => wrong(header));
  };
}

/**
 * Returns the signatures of a version that have their form; one that has not can't be the right one.
 * @param {readonly string[]} parts
 * @param {string} version
 * @param {RegExp} shape
 * @returns {string[]}
 */
function codesIn(parts, version, shape) {
  return parts
    .filter((part) => part.startsWith(version))
    .map((part) => part.slice(version.length))
    .filter((code) => shape.test(code));
}

/** How many signatures a header may list: each is compared with each key's. */
const MAX_SIGNATURES = 20;

/** Seconds since 1970, as both schemes write them: no sign, no fraction, no leading zero. */
export const SECONDS = /^[1-9][0-9]{0,14}$/;

/**
 * @param {string} time
 * @param {number} seconds
 * @param {number} tolerance inclusive, before and after
 * @returns {boolean}
 */
function isRecent(time, seconds, tolerance) {
  return Math.abs(seconds - Number(time)) <= tolerance;
}

/**
 * @param {Extract<Credential, { kind: 'standard-webhooks' }>} credential
 * @param {readonly Mac[]} macs
 * @returns {Verifier}
 */
function standardVerifier({ prefix, tolerance }, macs) {
  const [idName, timeName, name] = standardHeaders(prefix);
  return (headers, body, seconds) => {
    const id = headers[idName];
    const time = headers[timeName];
    const value = headers[name];
    if (id === undefined) return missing(idName);
    if (time === undefined) return missing(timeName);
    if (value === undefined) return missing(name);
    if (!DELIVERY_ID.test(id)) return malformed(idName);
    if (!SECONDS.test(time)) return malformed(timeName);
    const parts = value.split(' ', MAX_SIGNATURES + 1);
    // Other versions may stand beside: "v1a" is asymmetric.
    const codes = codesIn(parts, 'v1,', BASE64);
    if (parts.length > MAX_SIGNATURES || codes.length === 0) return malformed(name);
    if (!isRecent(time, seconds(), tolerance)) return expired(timeName, tolerance);
    return compare(macs, `${id}.${time}.`, body, 'base64', codes, () => wrong(name));
  };
}

/**
 * The number of a delivery: without the full stop that separates it from what is signed after it.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const DELIVERY_ID = /^[!-\-/-~]{1,256}$/;

/**
 * Returns the names of the three headers of Standard Webhooks.
 * @param {string} prefix `webhook-`, or a sender's own
 * @returns {[id: string, timestamp: string, signature: string]}
 */
export function standardHeaders(prefix) {
  const start = prefix.toLowerCase();
  return [`${start}id`, `${start}timestamp`, `${start}signature`];
}

/**
 * @param {readonly string[]} tokens
 * @returns {Verifier}
 */
function bearerVerifier(tokens) {
  return ({ authorization }) => {
    if (authorization === undefined) return missing('Authorization');
    const [, token] = /^bearer +([\x21-\x7e]+)$/i.exec(authorization) ?? [];
    if (token === undefined) return malformed('Authorization');
    return someEqual(tokens, [token]) ? undefined : wrong('Authorization');
  };
}

/**
 * Every header that was configured must hold one of its values.
 * @param {Extract<Credential, { kind: 'static-header' }>} credential
 * @param {unknown} headers
 * @returns {Verifier | undefined}
 */
function headerVerifier({ header }, headers) {
  const named = headerOption(headers).filter(
    ([name]) => header === undefined || name.toLowerCase() === header.toLowerCase(),
  );
  if (named.length === 0) return undefined;
  const expected = named.map(([name, values]) => ({
    name,
    key: name.toLowerCase(),
    values: listOf(values, `headers[${JSON.stringify(name)}]`).map(checkHeaderValue),
  }));
  return (given) => {
    /** @type {Verdict} */
    let verdict;
    for (const { name, key, values } of expected) {
      const value = given[key];
      if (value === undefined) verdict ??= missing(name);
      else if (!someEqual(values, [value])) verdict ??= wrong(name);
    }
    return verdict;
  };
}

/**
 * Computes the code that each key gives, and compares them all with those presented.
 * @param {readonly Mac[]} macs
 * @param {string} before
 * @param {Uint8Array} body
 * @param {Encoding} encoding
 * @param {readonly string[]} presented
 * @param {() => Verdict} refusal
 * @returns {Verdict | Promise<Verdict>}
 */
function compare(macs, before, body, encoding, presented, refusal) {
  const codes = [];
  const pending = [];
  for (const mac of macs) {
    const code = mac(before, body, encoding);
    if (typeof code === 'string') codes.push(code);
    else pending.push(code);
  }
  if (pending.length === 0) return someEqual(codes, presented) ? undefined : refusal();
  return Promise.all(pending).then((made) => (someEqual(made, presented) ? undefined : refusal()));
}

/** @param {string} header */
const missing = (header) =>
  credentialProblem('credentials.missing', header, `The header "${header}" is missing.`);

/** @param {string} header */
const malformed = (header) =>
  credentialProblem(
    'credentials.malformed',
    header,
    `The header "${header}" does not have the form of its scheme.`,
  );

/** @param {string} header */
const wrong = (header) =>
  credentialProblem(
    'credentials.wrong',
    header,
    `The header "${header}" does not fit the request.`,
  );

/** @type {(header: string, tolerance: number) => CredentialsProblem} */
const expired = (header, tolerance) =>
  credentialProblem(
    'credentials.expired',
    header,
    `The time in the header "${header}" is more than ${tolerance} seconds from now.`,
  );

/**
 * @param {CredentialsProblem['code']} code
 * @param {string} header
 * @param {string} text
 * @returns {CredentialsProblem}
 */
function credentialProblem(code, header, text) {
  return { code, in: 'headers', path: `/${header}`, text };
}

// What the options hold. Messages name the option, never its value.

/**
 * @param {unknown} values
 * @param {string} option
 * @returns {[unknown, string][]} each value with the name it has in a message
 */
function listOf(values, option) {
  if (!Array.isArray(values)) throw new TypeError(`${option} is not a list`);
  if (values.length === 0) throw new TypeError(`${option} is empty`);
  return Array.from(values, (value, index) => [value, `${option}[${index}]`]);
}

/** What a header may be called. https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
export const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * Returns the options' headers by their names; two names that differ in case only are a TypeError.
 * @param {unknown} headers
 * @returns {[string, unknown][]}
 */
export function headerOption(headers) {
  if (typeof headers !== 'object' || headers === null) {
    throw new TypeError('headers is not an object of lists');
  }
  if (Array.isArray(headers)) throw new TypeError('headers is not an object of lists');
  const named = Object.entries(headers);
  if (named.length === 0) throw new TypeError('headers is empty');
  const names = new Set(named.map(([name]) => name.toLowerCase()));
  if (names.size < named.length) throw new TypeError('headers has a name twice');
  // Not shown: it may be a value that was given in place of a name.
  if (named.some(([name]) => !HEADER_NAME.test(name) || isUnset(name))) {
    throw new TypeError('headers has a name that no header can have');
  }
  return named;
}

/** How many bytes a secret has at least. */
const MIN_BYTES = 8;

/**
 * Checks a secret and returns the bytes of its key.
 * @param {[value: unknown, name: string]} secret
 * @returns {Uint8Array}
 */
export function secretKey([value, name]) {
  if (ArrayBuffer.isView(value)) {
    return checkKey(new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice(), name);
  }
  const text = checkText([value, name]);
  if (/^[\r\n]|[\r\n]$/.test(text)) throw new TypeError(`${name} has a line break at an end`);
  return checkKey(new TextEncoder().encode(text), name);
}

/**
 * Checks a secret of Standard Webhooks, Base64 after `whsec_`, and returns the bytes of its key.
 * @param {[value: unknown, name: string]} secret
 * @returns {Uint8Array}
 */
export function standardKey([value, name]) {
  if (ArrayBuffer.isView(value)) return secretKey([value, name]);
  const encoded = checkText([value, name]).replace(/^whsec_/, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(encoded)) {
    throw new TypeError(`${name} is not Base64, with or without "whsec_" before it`);
  }
  const bytes = Uint8Array.from(atob(encoded), (byte) => byte.charCodeAt(0));
  return checkKey(bytes, name);
}

/**
 * @param {Uint8Array} bytes
 * @param {string} name
 * @returns {Uint8Array}
 */
function checkKey(bytes, name) {
  if (bytes.length <= 64 || bytes.every((byte) => byte === 0)) {
    checkText([String.fromCharCode(...bytes.subarray(0, 64)), name]);
  }
  return longEnough(bytes, name);
}

/**
 * @param {[value: unknown, name: string]} token
 * @returns {string}
 */
export function checkToken([value, name]) {
  const token = checkHeaderValue([value, name]);
  if (token.includes(' '))
    throw new TypeError(`${name} has a space in it: give the token alone, without "Bearer"`);
  return token;
}

/**
 * Checks that a text can stand in a header as it is.
 * @param {[value: unknown, name: string]} text
 * @returns {string}
 */
export function checkHeaderValue([value, name]) {
  const text = checkText([value, name]);
  if (!/^[\x20-\x7e]*$/.test(text) || text.trim() !== text) {
    throw new TypeError(
      `${name} can't stand in a header: it holds a line break, a space at an end, or is not ASCII`,
    );
  }
  longEnough(text, name);
  return text;
}

/**
 * @param {[value: unknown, name: string]} text
 * @returns {string}
 */
function checkText([value, name]) {
  if (value === undefined || value === null) {
    throw new TypeError(`${name} is missing: is its environment variable set?`);
  }
  if (typeof value !== 'string') throw new TypeError(`${name} is not a string`);
  if (/^[\s\0\p{Cf}]*$/u.test(value)) {
    throw new TypeError(`${name} is blank: is its environment variable set?`);
  }
  if (isUnset(value)) {
    throw new TypeError(
      `${name} is the word "${unquoted(value)}": is its environment variable set?`,
    );
  }
  return value;
}

/**
 * Tells whether a text is what JavaScript writes for a value that is not there.
 * @param {string} text
 * @returns {boolean}
 */
function isUnset(text) {
  return ['undefined', 'null', '[object object]'].includes(unquoted(text));
}

/**
 * @param {string} text
 * @returns {string}
 */
function unquoted(text) {
  return text
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim()
    .toLowerCase();
}

/**
 * @template {{ readonly length: number }} T
 * @param {T} value
 * @param {string} name
 * @returns {T}
 */
function longEnough(value, name) {
  if (value.length < MIN_BYTES) throw new TypeError(`${name} is shorter than ${MIN_BYTES} bytes`);
  return value;
}

/** Asks of a request the credentials that the document demands, and that the options say how to judge. */

/**
 * What a message demands of its sender: of each list one credential, by its index in the document's.
 * @typedef {readonly (readonly number[])[]} Requirement
 */

/**
 * @typedef {{
 *   readonly credentials: readonly Credential[],
 *   readonly requirements: readonly Requirement[],
 * }} Security `requirements`: one for each message, or a single one for all
 */

/**
 * Authenticates requests.
 *  - `judge` returns a verdict for each credential, undefined for one that the request bears;
 *  - `lackOf` says what these verdicts lack for a message (by its index); without one, for those that demand something;
 *  - `isOpen` tells whether there are messages that demand nothing, so that only the message can say what is lacking.
 *  - `differs` tells whether messages demand different things.
 * @typedef {{
 *   judge: (headers: Readonly<Record<string, string>>, body: Uint8Array, seconds: () => number) => readonly Verdict[] | Promise<readonly Verdict[]>,
 *   lackOf: (verdicts: readonly Verdict[], message?: number) => Verdict,
 *   isOpen: boolean,
 *   differs: boolean,
 * }} Authenticator
 */

/** The option that gives up all of it. */
export const WITHOUT = 'dangerouslyAcceptUnauthenticated';

/** Which option says how to judge a credential. */
const OPTION_OF = Object.freeze({
  hmac: 'secrets',
  'timestamped-hmac': 'secrets',
  'standard-webhooks': 'secrets',
  bearer: 'tokens',
  'static-header': 'headers',
  unsupported: WITHOUT,
});

/**
 * Makes what authenticates requests. Every credential that was configured is judged to its end. Throws a TypeError
 * where the options leave out what the document demands, or can't be meant.
 * @param {Security} security
 * @param {Readonly<Record<string, unknown>>} options
 * @returns {Authenticator}
 */
export function authenticatorOf({ credentials, requirements }, options) {
  const given = ['secrets', 'tokens', 'headers'].filter((name) => Object.hasOwn(options, name));
  if (Object.hasOwn(options, WITHOUT) && options[WITHOUT] !== true) {
    throw new TypeError(`${WITHOUT} is not true`);
  }
  for (const name of given) checkGiven(name, options, credentials);

  const isWaived = options[WITHOUT] === true;
  const verifiers = credentials.map((credential) =>
    verifierOf(credential, optionsFor(credential, credentials, options)),
  );
  /** What is left to ask of each message: the credentials of each list that can be judged. */
  const asked = requirements.map((lists) =>
    lists
      .map((list) => ({ list, judged: list.filter((index) => verifiers[index] !== undefined) }))
      .filter(
        ({ list, judged }) => judged.length > 0 || !(isWaived || mayBeLeftOut(list, credentials)),
      )
      .map(({ judged }) => judged),
  );
  // Where some messages demand credentials and others none, leaving them out would be a mistake all the same.
  const demanding = asked.filter((lists) => lists.length > 0);
  const isMeetable = (/** @type {Requirement} */ lists) => lists.every((list) => list.length > 0);
  if (demanding.length > 0 && !demanding.some(isMeetable)) {
    throw new TypeError(demand(requirements, credentials));
  }

  return {
    judge: (headers, body, seconds) => {
      const verdicts = [];
      let isPending = false;
      for (const verify of verifiers) {
        const verdict = verify === undefined ? UNCONFIGURED : verify(headers, body, seconds);
        if (verdict instanceof Promise) isPending = true;
        verdicts.push(verdict);
      }
      return isPending ? Promise.all(verdicts) : /** @type {Verdict[]} */ (verdicts);
    },
    lackOf: (verdicts, message) => {
      const one = asked.length === 1 ? asked[0] : asked[message ?? -1];
      if (one !== undefined) return lackIn(one, verdicts);
      const lacks = (demanding.length > 0 ? demanding : asked).map((lists) =>
        lackIn(lists, verdicts),
      );
      return lacks.includes(undefined) ? undefined : gravest(lacks);
    },
    isOpen: demanding.length < asked.length,
    differs: asked.length > 1,
  };
}

/**
 * Tells whether a document lets senders leave out all credentials of a list.
 * @param {readonly number[]} list
 * @param {readonly Credential[]} credentials
 * @returns {boolean}
 */
export function mayBeLeftOut(list, credentials) {
  return list.every((index) => {
    const credential = credentials[index];
    return credential?.kind === 'static-header' && credential.isOptional;
  });
}

/**
 * Returns the options that a credential is judged by: a header that is another one's is none of whose name is free.
 * @param {Credential} credential
 * @param {readonly Credential[]} credentials
 * @param {Readonly<Record<string, unknown>>} options
 * @returns {Readonly<Record<string, unknown>>}
 */
function optionsFor(credential, credentials, options) {
  const { headers } = options;
  const isFree = credential.kind === 'static-header' && credential.header === undefined;
  if (!isFree || headers === undefined) return options;
  const taken = credentials.flatMap((other) =>
    other.kind === 'static-header' && other.header !== undefined ? other.header.toLowerCase() : [],
  );
  const left = headerOption(headers).filter(([name]) => !taken.includes(name.toLowerCase()));
  return { ...options, headers: left.length === 0 ? undefined : Object.fromEntries(left) };
}

/**
 * @param {Requirement} lists
 * @param {readonly Verdict[]} verdicts
 * @returns {Verdict} of a list that no credential meets
 */
function lackIn(lists, verdicts) {
  for (const list of lists) {
    if (list.some((index) => verdicts[index] === undefined)) continue;
    return gravest(list.map((index) => verdicts[index])) ?? UNCONFIGURED;
  }
  return undefined;
}

/** From what says most about a request to what says least. */
const GRAVITY = ['wrong', 'expired', 'malformed', 'missing', 'unconfigured'];

/**
 * @param {readonly Verdict[]} verdicts
 * @returns {Verdict}
 */
function gravest(verdicts) {
  for (const kind of GRAVITY) {
    const found = verdicts.find((verdict) => verdict?.code === `credentials.${kind}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @type {import('./module.js').CredentialsProblem} */
const UNCONFIGURED = Object.freeze({
  code: 'credentials.unconfigured',
  in: 'headers',
  path: '',
  text: 'The receiver was given nothing to authenticate this message by.',
});

/**
 * Checks that an option is one that the document has a use for.
 * @param {string} name
 * @param {Readonly<Record<string, unknown>>} options
 * @param {readonly Credential[]} credentials
 */
function checkGiven(name, options, credentials) {
  if (options[name] === undefined) {
    throw new TypeError(`${name} is missing: it was given, but is undefined`);
  }
  const users = credentials.filter(({ kind }) => OPTION_OF[kind] === name);
  if (users.length === 0) {
    const wanted = [...new Set(credentials.map(({ kind }) => OPTION_OF[kind]))];
    const instead =
      wanted.length === 0 ? 'it states no credentials' : `it wants ${wanted.join(' or ')}`;
    throw new TypeError(`${name} is nothing this document has a use for: ${instead}`);
  }
  if (name !== 'headers') return;
  const names = users.flatMap((user) => (user.kind === 'static-header' ? [user.header] : []));
  if (names.includes(undefined)) return;
  for (const [header] of headerOption(options.headers)) {
    if (!names.some((known) => known?.toLowerCase() === header.toLowerCase())) {
      throw new TypeError(
        `headers names ${JSON.stringify(header)}: the document's is ${names.join(' or ')}`,
      );
    }
  }
}

/**
 * Says what the document demands.
 * @param {readonly Requirement[]} requirements
 * @param {readonly Credential[]} credentials
 * @returns {string}
 */
function demand(requirements, credentials) {
  const lists = requirements.find((demanded) => demanded.length > 0) ?? [];
  const wanted = lists.map((list) =>
    [...new Set(list.map((index) => inWords(credentials[index])))].join(', or '),
  );
  return `the document demands ${[...new Set(wanted)].join('; and ')}`;
}

/**
 * @param {Credential | undefined} credential
 * @returns {string}
 */
function inWords(credential) {
  switch (credential?.kind) {
    case 'hmac':
    case 'timestamped-hmac':
      return `a signature in ${credential.header}: give "secrets"`;
    case 'standard-webhooks':
      return `a signature in ${credential.prefix}signature: give "secrets"`;
    case 'bearer':
      return 'a bearer token: give "tokens"';
    case 'static-header':
      return `the header ${credential.header ?? 'whose name you chose'}: give "headers"`;
    default:
      return `${credential?.scheme}, which can't be judged by headers and body: judge it yourself, and say "${WITHOUT}"`;
  }
}

/** Reads the body of a request: its bytes, the text, the JSON in it. What is wrong with it is a problem, returned. */

/**
 * Collects the bytes of a body, and stops at the limit. A body that is no bytes, or was read before, is the
 * caller's mistake: a TypeError.
 * @param {{ readonly body?: any, readonly bodyUsed?: unknown, readonly arrayBuffer?: any }} request
 * @param {number} maxBytes
 * @returns {Promise<Uint8Array | BodyProblem>}
 */
export async function readBytes(request, maxBytes) {
  const { body } = request;
  const bytes = bytesOf(body);
  if (bytes !== undefined) return bytes;
  if (request.bodyUsed === true || body?.locked === true) {
    throw new TypeError(
      'receive: the body of the request was read before; give the request itself',
    );
  }
  const isFetch = typeof request.arrayBuffer === 'function';
  if (body === null && isFetch) return new Uint8Array(0);
  const chunks = chunksOf(body);
  if (chunks === undefined && !isFetch) throw new TypeError(`receive: ${noBytes(body)}`);
  let collected;
  try {
    // Not every runtime's requests have streams.
    if (chunks === undefined) return new Uint8Array(await request.arrayBuffer());
    collected = await collect(chunks, maxBytes);
  } catch {
    return bodyProblem('body.unreadable', 'The body broke off before its end.');
  }
  if (collected === undefined) throw new TypeError(`receive: ${noBytes('')}`);
  return collected;
}

/**
 * Returns the bytes that a value is or shows; undefined where it is none.
 * @param {unknown} value
 * @returns {Uint8Array | undefined}
 */
function bytesOf(value) {
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  // One of another realm is no instance of this one's.
  const isBuffer = Object.prototype.toString.call(value) === '[object ArrayBuffer]';
  return isBuffer ? new Uint8Array(/** @type {ArrayBuffer} */ (value)) : undefined;
}

/**
 * @param {unknown} body
 * @returns {AsyncIterable<unknown> | undefined}
 */
function chunksOf(body) {
  if (typeof body !== 'object' || body === null) return undefined;
  if ('getReader' in body) return readerChunks(/** @type {ReadableStream<unknown>} */ (body));
  return Symbol.asyncIterator in body ? /** @type {AsyncIterable<unknown>} */ (body) : undefined;
}

/** @param {ReadableStream<unknown>} stream */
async function* readerChunks(stream) {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    // Not awaited: of a request that was cloned, it waits for the other one.
    reader.cancel().catch(() => {});
  }
}

/**
 * @param {AsyncIterable<unknown>} chunks
 * @param {number} maxBytes
 * @returns {Promise<Uint8Array | BodyProblem | undefined>} undefined where a chunk is no bytes
 */
async function collect(chunks, maxBytes) {
  const parts = [];
  let length = 0;
  for await (const chunk of chunks) {
    const part = bytesOf(chunk);
    if (part === undefined) return undefined;
    length += part.length;
    if (length > maxBytes) return tooLarge(maxBytes);
    parts.push(part);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * Says what to give instead of a body that is no bytes.
 * @param {unknown} body
 * @returns {string}
 */
function noBytes(body) {
  if (body === undefined || body === null) {
    return 'request.body is missing; give the bytes of the body, or the stream that brings them (nodeHandler does, with node:http and Express)';
  }
  if (typeof body === 'string') {
    return 'request.body is a string; give its bytes, as they arrived: a signature is over bytes, and text may have lost some';
  }
  return 'request.body was parsed already; give its bytes, as they arrived (with Express, put nodeHandler before express.json(), or use express.raw())';
}

/**
 * @param {number} maxBytes
 * @returns {BodyProblem}
 */
export function tooLarge(maxBytes) {
  return bodyProblem('body.too-large', `The body is larger than ${maxBytes} bytes.`);
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses the JSON of a body. Refused is what other programs would read in another way or trip over: bytes that
 * are no UTF-8, the name `__proto__`, integers beyond ±(2^53 − 1), numbers that overflow, nesting beyond the
 * limit and, where the caller wants it, a name that stands twice in an object.
 * Of a name that stands twice, what `JSON.parse` drops is not judged. Lone surrogates (`"\ud800"`) are JSON, and pass.
 * https://www.rfc-editor.org/rfc/rfc8259
 * @param {Uint8Array} bytes
 * @param {BodyLimits} limits
 * @returns {{ readonly payload: unknown } | BodyProblem}
 */
export function readJson(bytes, { maxDepth, refuseDuplicateKeys }) {
  if (bytes.length === 0) return bodyProblem('body.empty', 'The body is empty.');
  let text;
  try {
    text = decoder.decode(bytes);
  } catch {
    return bodyProblem('body.not-utf8', 'The body is not UTF-8.');
  }
  let payload;
  try {
    payload = JSON.parse(text);
  } catch {
    return bodyProblem('body.not-json', 'The body is not JSON.');
  }
  const suspicion = suspect(payload, maxDepth);
  if (suspicion === 'depth') {
    return bodyProblem('body.too-deep', `The body nests deeper than ${maxDepth}.`);
  }
  if (suspicion === 'name') {
    return bodyProblem('body.forbidden-key', 'An object of the body has a member "__proto__".');
  }
  if (suspicion === 'infinite' || (suspicion === 'large' && hasUnsafeInteger(text))) {
    return bodyProblem(
      'body.number',
      'A number of the body is an integer beyond ±(2^53 − 1), or overflows.',
    );
  }
  if (refuseDuplicateKeys && hasDuplicateKey(text)) {
    return bodyProblem('body.duplicate-key', 'An object of the body has a member twice.');
  }
  return { payload };
}

/**
 * Walks a parsed value once, and returns the gravest thing found: a forbidden name, nesting beyond the limit, a
 * number that overflowed, or one so large that only the text can tell whether it is an integer.
 * @param {unknown} value
 * @param {number} depth how much deeper it may nest
 * @returns {Suspicion | undefined}
 */
function suspect(value, depth) {
  if (typeof value === 'number') {
    if (value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER) return undefined;
    return Number.isFinite(value) ? 'large' : 'infinite';
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === 0) return 'depth';
  /** @type {Suspicion | undefined} */
  let found;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const held = suspect(value[index], depth - 1);
      if (held === undefined) continue;
      if (held !== 'large') return held;
      found = held;
    }
    return found;
  }
  const members = /** @type {Record<string, unknown>} */ (value);
  for (const name in members) {
    if (name === '__proto__') return 'name';
    const held = suspect(members[name], depth - 1);
    if (held === undefined) continue;
    if (held !== 'large') return held;
    found = held;
  }
  return found;
}

/**
 * Tells whether a number of the text is an integer beyond ±(2^53 − 1).
 * @param {string} text valid JSON
 * @returns {boolean}
 */
function hasUnsafeInteger(text) {
  for (const token of tokensOf(text)) {
    if (/^[-\d]/.test(token) && isUnsafeInteger(token)) return true;
  }
  return false;
}

/**
 * Tells whether a JSON number is an integer beyond ±(2^53 − 1), which others may read as its neighbour. Scientific
 * notation means a magnitude, and is none: with at most 15 digits (`1e20`), or from 1e21 on, where JavaScript writes it.
 * @param {string} token
 * @returns {boolean}
 */
export function isUnsafeInteger(token) {
  const value = Number(token);
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return false;
  const [mantissa = '', exponent] = token.toLowerCase().split('e');
  if (exponent === undefined) return true;
  return Math.abs(value) < 1e21 && mantissa.replace(/\D/g, '').length > 15;
}

/**
 * Tells whether an object of the text has two members of one name, however they are escaped.
 * @param {string} text valid JSON
 * @returns {boolean}
 */
function hasDuplicateKey(text) {
  /** @type {(Set<string> | undefined)[]} one for each open object, undefined for an open array */
  const open = [];
  let before = '';
  for (const token of tokensOf(text)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const names = open.at(-1);
      const name = before.includes('\\') ? JSON.parse(before) : before.slice(1, -1);
      if (names?.has(name)) return true;
      names?.add(name);
    }
    before = token;
  }
  return false;
}

/** A number or one of the words true, false and null. */
const WORD = /[\w.+-]+/y;

/**
 * Lists the strings, numbers, words and marks of a JSON text. Strings are walked, since a regular expression runs out
 * of stack on those of some megabytes.
 * @param {string} text valid JSON
 * @returns {Generator<string, void>}
 */
function* tokensOf(text) {
  let at = 0;
  while (at < text.length) {
    const start = at;
    const first = text.charAt(at);
    WORD.lastIndex = at;
    if (first === '"') at = endOfString(text, at);
    else at = WORD.test(text) ? WORD.lastIndex : at + 1;
    if (first > ' ') yield text.slice(start, at);
  }
}

/**
 * @param {string} text valid JSON
 * @param {number} start where a string begins
 * @returns {number} where it has ended
 */
function endOfString(text, start) {
  let at = start + 1;
  while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

/**
 * @param {BodyProblem['code']} code
 * @param {string} text
 * @returns {BodyProblem}
 */
function bodyProblem(code, text) {
  return { code, in: 'body', path: '', text };
}

/** Receives requests: is it authentic, is it JSON, which message is it, does it fit its schema, what to answer. */

/**
 * What the document says about receiving, as data.
 * @typedef {Security & { readonly statuses: Statuses }} Reception
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
 * @param {Judge} judge
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
     * @param {readonly Verdict[]} verdicts
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

/** Makes the headers that prove a request's origin, as its sender does: for senders, and for tests of receivers. */

/**
 * @typedef {{
 *   readonly secret?: unknown,
 *   readonly token?: unknown,
 *   readonly headers?: Readonly<Record<string, unknown>>,
 *   readonly id?: string,
 *   readonly timestamp?: number,
 * }} SignOptions
 */

/**
 * Makes the `sign` function of a document. It makes the headers of every scheme that the options give something
 * for; it throws a TypeError where they give nothing.
 * @param {readonly Credential[]} credentials
 * @returns {(body: Uint8Array | string, options: SignOptions) => Promise<Record<string, string>>}
 */
export function createSign(credentials) {
  return async function sign(body, options) {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    if (!(bytes instanceof Uint8Array)) {
      throw new TypeError('sign: the body is no bytes and no text');
    }
    const { id = `msg_${globalThis.crypto.randomUUID()}`, timestamp } = options ?? {};
    const time = String(timestamp ?? Math.floor(Date.now() / 1000));
    if (!DELIVERY_ID.test(id)) throw new TypeError('sign: id is not visible ASCII without "."');
    if (!SECONDS.test(time)) throw new TypeError('sign: timestamp is not whole seconds');
    const made = [];
    for (const credential of credentials) {
      made.push(...(await headersFor(credential, bytes, { ...options, id, time })));
    }
    if (made.length === 0) {
      throw new TypeError('sign: the options hold nothing that this document signs with');
    }
    return Object.fromEntries(made);
  };
}

/**
 * @param {Credential} credential
 * @param {Uint8Array} body
 * @param {Omit<SignOptions, 'timestamp'> & { readonly id: string, readonly time: string }} options
 * @returns {Promise<[name: string, value: string][]>}
 */
async function headersFor(credential, body, { secret, token, headers, id, time }) {
  switch (credential.kind) {
    case 'hmac': {
      if (secret === undefined) return [];
      const code = await macOf(secretKey([secret, 'secret']))('', body, credential.encoding);
      return [[credential.header, `${credential.prefix}${code}`]];
    }
    case 'timestamped-hmac': {
      if (secret === undefined) return [];
      const code = await macOf(secretKey([secret, 'secret']))(`${time}.`, body, 'hex');
      return [[credential.header, `t=${time},v1=${code}`]];
    }
    case 'standard-webhooks': {
      if (secret === undefined) return [];
      const [idName, timeName, name] = standardHeaders(credential.prefix);
      const mac = macOf(standardKey([secret, 'secret']));
      const code = await mac(`${id}.${time}.`, body, 'base64');
      return [
        [idName, id],
        [timeName, time],
        [name, `v1,${code}`],
      ];
    }
    case 'bearer':
      return token === undefined
        ? []
        : [['Authorization', `Bearer ${checkToken([token, 'token'])}`]];
    case 'static-header': {
      const { header } = credential;
      return Object.entries(headers ?? {}).flatMap(([name, value]) =>
        header === undefined || name.toLowerCase() === header.toLowerCase()
          ? [[name, checkHeaderValue([value, `headers[${JSON.stringify(name)}]`])]]
          : [],
      );
    }
    case 'unsupported':
      return [];
  }
}

/** Recognises a delivery that comes again. */

/**
 * Makes the `fingerprint` function of a document: a SHA-256, in hex, of what a message says. The order of members
 * and the white space of the body are left out, and so are headers that the document does not name. Where the sender
 * numbers its deliveries and signs the number (Standard Webhooks), it is of that number.
 * @param {readonly { readonly name: string, readonly headers: readonly { readonly name: string }[] }[]} messages
 * @param {{ readonly idHeader?: string }} [options] the header with the number, in lower case
 * @returns {(delivery: { message: string, payload: unknown, headers: Readonly<Record<string, unknown>> }) => Promise<string>}
 */
export function createFingerprint(messages, { idHeader } = {}) {
  return function fingerprint({ message, payload, headers }) {
    // A message may write the header's name in its own way.
    const [, id] = Object.entries(headers).find(([name]) => name.toLowerCase() === idHeader) ?? [];
    if (id !== undefined) return sha256(canonical([id]));
    const named = messages.find(({ name }) => name === message)?.headers ?? [];
    const values = named.map(({ name }) => headers[name] ?? null);
    return sha256(canonical([message, payload, values]));
  };
}

/**
 * Puts a receiver into a server: the body stays as it arrived, the message goes to a handler, and the status is the
 * one that the document asks for. A handler that throws is a failure to the sender: 500, or what the framework makes
 * of it.
 */

/**
 * Receives a request, hands it on, and returns the status to answer.
 * @param {Receive} receive
 * @param {unknown} request
 * @param {Handle} handle
 * @param {Observers} observers
 * @param {readonly unknown[]} context
 * @returns {Promise<number>}
 */
async function answer(receive, request, handle, { onUnknown, onRefused }, context) {
  const result = await receive(request);
  if (result.kind === 'message') await handle(result, ...context);
  else if (result.kind === 'unknown') await onUnknown?.(result);
  else await onRefused?.(result);
  return result.status;
}

/**
 * Makes a handler of Fetch's `Request` and `Response`: Next.js, Hono, Deno, Bun, Workers.
 * @param {Receive} receive
 * @param {Handle} handle
 * @param {Observers} [observers]
 */
export function fetchHandler(receive, handle, observers = {}) {
  return async (/** @type {any} */ request, /** @type {unknown[]} */ ...context) => {
    const status = await answer(receive, request, handle, observers, [request, ...context]);
    return new Response(null, { status });
  };
}

/**
 * Makes a request listener of `node:http`, which is a handler of Express and Connect as well: with `next`, errors are
 * handed on; without, they are answered with 500 and given to `onError`.
 * @param {Receive} receive
 * @param {Handle} handle
 * @param {Observers & { readonly onError?: (error: unknown) => void }} [observers]
 */
export function nodeHandler(receive, handle, { onError = console.error, ...observers } = {}) {
  return async (
    /** @type {any} */ request,
    /** @type {any} */ response,
    /** @type {((error?: unknown) => void) | undefined} */ next,
  ) => {
    try {
      const incoming = { headers: nodeHeaders(request), body: nodeBody(request) };
      response.statusCode = await answer(receive, incoming, handle, observers, [request]);
      response.end();
    } catch (error) {
      if (next !== undefined) return next(failure(error));
      response.statusCode = 500;
      response.end();
      onError(error);
    } finally {
      drain(request);
    }
  };
}

/**
 * Returns what Express takes for an error: nothing at all, `'route'` and `'router'` would send it on to other handlers.
 * @param {unknown} thrown
 * @returns {unknown}
 */
function failure(thrown) {
  if (typeof thrown === 'object' && thrown !== null) return thrown;
  return new Error('The handler of a webhook threw what is no error', { cause: thrown });
}

/**
 * Makes a Fastify plugin with the route `POST /`: register it under a prefix. Within the plugin, bodies are not
 * parsed.
 * @param {Receive} receive
 * @param {Handle} handle
 * @param {Observers} [observers]
 */
export function fastifyPlugin(receive, handle, observers = {}) {
  return async (/** @type {any} */ fastify) => {
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser(
      '*',
      (/** @type {any} */ _request, /** @type {any} */ payload, /** @type {any} */ done) =>
        done(null, payload),
    );
    fastify.post('/', async (/** @type {any} */ request, /** @type {any} */ reply) => {
      try {
        const incoming = { headers: nodeHeaders(request.raw), body: nodeBody(request.raw) };
        const status = await answer(receive, incoming, handle, observers, [request]);
        return reply.code(status).send();
      } finally {
        drain(request.raw);
      }
    });
  };
}

/** How many bytes of a body that was refused unread are read all the same, for its sender to see the answer. */
const MAX_DRAINED = 33_554_432;

/**
 * Reads what is left of a request, so that it does not keep the connection waiting, and breaks off where it is much.
 * @param {any} request
 */
function drain(request) {
  if (request.readableEnded) return;
  let left = MAX_DRAINED;
  request.on('data', (/** @type {Uint8Array} */ chunk) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.resume();
}

/**
 * Returns the headers of a Node.js request, those that came twice with both values: its `headers` keep the first of
 * some, such as Authorization.
 * @param {any} request
 * @returns {object}
 */
function nodeHeaders(request) {
  return request.headersDistinct ?? request.headers;
}

/**
 * Returns the body of a Node.js request: the bytes where a middleware has collected them, the stream where nobody
 * has read it.
 * @param {any} request
 * @returns {unknown}
 */
function nodeBody(request) {
  if (ArrayBuffer.isView(request.body) || request.readableDidRead) return request.body;
  return request.iterator?.({ destroyOnReturn: false }) ?? request;
}

/** What the functions of `validators.js` end with: each judges a value by one schema, and keeps what is wrong with it. */

/**
 * @typedef {((value: unknown, instancePath?: string) => boolean) & { errors?: readonly Fault[] }} SchemaJudge
 */

/**
 * Keeps what is wrong with a value.
 * @param {SchemaJudge} judge
 * @param {string} instancePath
 * @param {string} keyword
 * @param {Fault['params']} params
 * @returns {false}
 */
export function breaks(judge, instancePath, keyword, params) {
  judge.errors = [{ instancePath, keyword, params }];
  return false;
}

/**
 * Keeps what is wrong with a value, after what alternatives say of it, all of which failed.
 * @param {SchemaJudge} judge
 * @param {string} instancePath
 * @param {string} keyword
 * @param {Fault['params']} params
 * @param {readonly SchemaJudge[]} failed
 * @returns {false}
 */
export function breaksAll(judge, instancePath, keyword, params, failed) {
  /** @type {Fault[]} */
  const said = [];
  for (let from = failed.length - 1; from >= 0 && said.length < MAX_KEPT; from -= 1) {
    const { errors = [] } = /** @type {SchemaJudge} */ (failed[from]);
    for (let index = errors.length - 1; index >= 0 && said.length < MAX_KEPT; index -= 1)
      said.push(/** @type {Fault} */ (errors[index]));
  }
  judge.errors = [...said.reverse(), { instancePath, keyword, params }];
  return false;
}

/** How many faults of alternatives are kept, the last ones: alternatives of alternatives have as many as there are ways. */
const MAX_KEPT = 100;

/**
 * Keeps what another schema's judge says of a value.
 * @param {SchemaJudge} judge
 * @param {SchemaJudge} failed
 * @returns {false}
 */
export function relay(judge, failed) {
  judge.errors = failed.errors ?? [];
  return false;
}

/**
 * Keeps that not exactly one of several alternatives fits.
 * @param {SchemaJudge} judge
 * @param {string} instancePath
 * @param {readonly boolean[]} fits which of them do
 * @param {readonly SchemaJudge[]} alternatives those of them that are functions
 * @returns {false}
 */
export function breaksOneOf(judge, instancePath, fits, alternatives) {
  const passingSchemas = [...fits.keys()].filter((index) => fits[index]).slice(0, 2);
  return passingSchemas.length === 0
    ? breaksAll(judge, instancePath, 'oneOf', { passingSchemas: null }, alternatives)
    : breaks(judge, instancePath, 'oneOf', { passingSchemas });
}

/**
 * Tells whether exactly one of several is true.
 * @param {readonly boolean[]} fits
 * @returns {boolean}
 */
export function isOne(fits) {
  const first = fits.indexOf(true);
  return first !== -1 && fits.indexOf(true, first + 1) === -1;
}

/**
 * What is known of each schema in this run: its faults of values, by the value; of scalars, which stand in many places, by
 * value and place.
 * @type {Map<SchemaJudge, Map<unknown, readonly Fault[] | undefined>> | undefined}
 */
let verdicts;

/**
 * @param {SchemaJudge} judge
 * @param {unknown} value
 * @param {string} instancePath
 * @param {unknown} key
 * @returns {boolean}
 */
function remembered(judge, value, instancePath, key) {
  const isOutermost = verdicts === undefined;
  verdicts ??= new Map();
  const known = verdicts.get(judge) ?? new Map();
  verdicts.set(judge, known);
  try {
    if (!known.has(key)) known.set(key, judge(value, instancePath) ? undefined : judge.errors);
    judge.errors = known.get(key);
    return judge.errors === undefined;
  } finally {
    // What is judged later may have changed by then.
    if (isOutermost) verdicts = undefined;
  }
}

/**
 * Judges by a schema that leads to many others, or to itself: each object and list once, however many alternatives ask
 * for it.
 * @param {SchemaJudge} judge
 * @param {unknown} value
 * @param {string} instancePath
 * @returns {boolean}
 */
export function once(judge, value, instancePath) {
  return typeof value === 'object' && value !== null
    ? remembered(judge, value, instancePath, value)
    : judge(value, instancePath);
}

/**
 * Judges by a schema that leads to many others of the same value: scalars once as well.
 * @param {SchemaJudge} judge
 * @param {unknown} value
 * @param {string} instancePath
 * @returns {boolean}
 */
export function onceOfAny(judge, value, instancePath) {
  if (typeof value === 'object' && value !== null) return once(judge, value, instancePath);
  const text = String(value);
  // With its length, so that no text runs into the place behind it.
  const key = `${typeof value} ${text.length} ${text}${instancePath}`;
  return remembered(judge, value, instancePath, key);
}
