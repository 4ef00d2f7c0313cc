// @ts-check
// Judges the formats that say what a text holds as ajv-formats 3.0.1 does.

/**
 * Judges a regular expression that the running engine compiles without flags; the foreign anchor
 * `\Z`, which it would read as the letter Z, is refused unless it comes first.
 * https://262.ecma-international.org/16.0/#sec-patterns
 * @param {string} value
 */
export function regex(value) {
  if (/[^\\]\\Z/.test(value)) return false;
  try {
    new RegExp(value);
    return true;
  } catch {
    return false;
  }
}

/**
 * Judges Base64 text with its padding; as in ajv-formats, one line of a text that does is enough,
 * and an empty line does. https://spec.openapis.org/oas/v3.0.3.html#data-types
 * @param {string} value
 */
export function byte(value) {
  for (const [line] of value.matchAll(/^[A-Za-z0-9+/]*={0,2}$/gm)) {
    if (line.length % 4 === 0) return true;
  }
  return false;
}

/**
 * Accepts every text: the format only asks a form to hide what is typed.
 * https://spec.openapis.org/oas/v3.0.3.html#data-types
 * @param {string} _value
 */
export function password(_value) {
  return true;
}

/**
 * Accepts every text: the format only says that it stands for octets.
 * https://spec.openapis.org/oas/v3.0.3.html#data-types
 * @param {string} _value
 */
export function binary(_value) {
  return true;
}
