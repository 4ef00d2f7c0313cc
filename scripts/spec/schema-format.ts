/**
 * Tells whether `schemaFormat` names schemas that can be read: AsyncAPI's own, which are draft-07 with
 * additions, and draft-07.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#multiFormatSchemaObject
 */
export function isKnownSchemaFormat(format: string): boolean {
  return (
    /^application\/vnd\.aai\.asyncapi(\+(json|yaml))?;\s*version=(2\.[0-6]|3\.[01])\.0$/.test(
      format,
    ) || /^application\/schema(\+(json|yaml))?;\s*version=draft-07$/.test(format)
  );
}
