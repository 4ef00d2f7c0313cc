import type { Json } from '../spec/model.js';
import { jsonText } from './content/json.js';

/** Writes a text as one word of a shell's command. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02 */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Writes a value as JSON on one line that a shell's quotes can hold; characters that hide are written escaped. */
export function shellJson(value: Json): string {
  return jsonText(value).replaceAll("'", '\\u0027');
}

/** Tells whether a text can stand in a command as it is: it hides nothing and is one line. */
export function isPlain(text: string): boolean {
  return !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);
}
