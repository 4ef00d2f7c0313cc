// @ts-check
// Judges the number formats of OpenAPI as ajv-formats 3.0.1 does.
// https://spec.openapis.org/oas/v3.0.3.html#data-types

/**
 * Judges a whole number from -2147483648 to 2147483647.
 * @param {number} value
 */
export function int32(value) {
  return Number.isInteger(value) && value >= -2147483648 && value <= 2147483647;
}

/**
 * Judges a whole number; what JSON writes beyond 64 bits is a double by then and can't be told.
 * @param {number} value
 */
export function int64(value) {
  return Number.isInteger(value);
}

/**
 * Accepts every number: its width is no property of a value in JSON.
 * @param {number} _value
 */
export function float(_value) {
  return true;
}

/**
 * Accepts every number.
 * @param {number} _value
 */
export function double(_value) {
  return true;
}
