/**
 * Makes text from outside safe to print: control, bidirectional and invisible characters, and lone
 * surrogates, become `\u{…}`; a tab becomes a space. So do the signs that make a log of a CI service take a
 * line for a command: `::` and `##` where the text begins, and `##[`, or `##word[`, anywhere.
 */
export function visible(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replace(/^\s*(?:::|##+)|(?<!#)##+(?!#)(?=\w*\[)/g, (signs) =>
      signs.replace(/[:#]/g, codePoint),
    )
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0]/gu, codePoint);
}

const codePoint = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;
