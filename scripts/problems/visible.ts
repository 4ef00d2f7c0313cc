/**
 * Makes text from outside safe to print: control, bidirectional and invisible characters, and lone
 * surrogates, become `\u{…}`; a tab becomes a space.
 */
export function visible(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replace(
      /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0]/gu,
      (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
    );
}
