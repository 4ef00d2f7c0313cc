/** Tells whether a media type is JSON. https://www.rfc-editor.org/rfc/rfc6839#section-3.1 */
export function isJson(contentType: string): boolean {
  return /^[^;/]+\/(?:[^;]+\+)?json\s*(?:;|$)/i.test(contentType.trim());
}
