/** Splits a JSON Pointer into its unescaped tokens. https://www.rfc-editor.org/rfc/rfc6901#section-3 */
export function pointerTokens(pointer: string): string[] {
  return pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Appends tokens to a JSON Pointer, escaping them. https://www.rfc-editor.org/rfc/rfc6901#section-3 */
export function joinPointer(pointer: string, ...tokens: readonly (string | number)[]): string {
  return tokens.reduce<string>((path, token) => `${path}/${pointerToken(String(token))}`, pointer);
}

/** Escapes one token of a JSON Pointer. */
export function pointerToken(token: string): string {
  return /[~/]/.test(token) ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token;
}
