/**
 * Writes a regular expression as Pact reads it, which is Oniguruma's way, in the notation of JavaScript with the flag
 * `u`, so that both take the same texts; undefined where it says what can't be written so.
 * https://github.com/kkos/oniguruma/blob/master/doc/RE
 */
export function inJavaScript(expression: string): string | undefined {
  let written = '';
  let isInClass = false;
  for (const [token] of expression.matchAll(/\\u\{|\\[pP]\{[^}]*=|\\.|\[\^?\]?|&&|./gsu)) {
    // Oniguruma has neither: it names a script as it is, without `Script=`.
    if (token === '\\u{' || /^\\p\{/i.test(token)) return undefined;
    if (token.startsWith('[')) {
      // A class within a class, or one that begins with the bracket that would end it.
      if (isInClass || token.endsWith(']')) return undefined;
      isInClass = true;
    } else if (isInClass) {
      // An intersection of classes, or all but a union of them.
      if (token === '&&' || token === '\\W') return undefined;
      if (token === ']') isInClass = false;
    }
    written += (isInClass ? IN_CLASSES[token] : OUTSIDE[token]) ?? unescaped(token);
  }
  return written;
}

const WORD = '\\p{Alphabetic}\\p{M}\\p{N}\\p{Pc}';

/** Classes hold the characters of all scripts, and a dot all but the line feed. */
const IN_CLASSES: Readonly<Record<string, string>> = {
  '\\d': '\\p{Nd}',
  '\\D': '\\P{Nd}',
  '\\s': '\\p{White_Space}',
  '\\S': '\\P{White_Space}',
  '\\w': WORD,
};

const OUTSIDE: Readonly<Record<string, string>> = {
  ...IN_CLASSES,
  '\\w': `[${WORD}]`,
  '\\W': `[^${WORD}]`,
  '.': '[^\\n]',
};

/** Any character but letters and digits may be escaped in Oniguruma, and only some in JavaScript. */
function unescaped(token: string): string {
  const [, character] = /^\\([^0-9A-Za-z])$/u.exec(token) ?? [];
  return character === undefined ? token : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
