// @ts-check
// Judges JSON Pointers as ajv-formats 3.0.1 does.

const NOT_ESCAPED = /~(?![01])/;

/**
 * Judges a JSON Pointer, `/a/0/b~1c`; the empty text is one.
 * https://www.rfc-editor.org/rfc/rfc6901#section-3
 * @param {string} value
 */
export function jsonPointer(value) {
  return /^(?:\/|$)/.test(value) && !NOT_ESCAPED.test(value);
}

/**
 * Judges a JSON Pointer relative to a value, `1/a` or `0#`.
 * https://datatracker.ietf.org/doc/html/draft-bhutton-relative-json-pointer-00#section-3
 * @param {string} value
 */
export function relativeJsonPointer(value) {
  return /^(?:0|[1-9]\d*)(?:\/|#?$)/.test(value) && !NOT_ESCAPED.test(value);
}
