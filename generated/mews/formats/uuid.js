// @ts-check

const UUID = /^(?:urn:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Judges a UUID of any version, `123e4567-e89b-12d3-a456-426614174000`, in either case, with or
 * without `urn:uuid:` before it. https://www.rfc-editor.org/rfc/rfc9562#section-4
 * @param {string} value
 */
export function uuid(value) {
  return UUID.test(value);
}
