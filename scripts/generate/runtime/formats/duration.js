// @ts-check

// Each number is read at most once per unit that it could have.
const DURATION =
  /^P(?!$)(?:(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?|\d+W)$/;

/**
 * Judges a duration, `P1Y2M3DT4H5M6S` or `P2W`, as ajv-formats 3.0.1 does: units may be left out,
 * their order may not change. https://www.rfc-editor.org/rfc/rfc3339#appendix-A
 * @param {string} value
 */
export function duration(value) {
  return DURATION.test(value);
}
