// @ts-check
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
