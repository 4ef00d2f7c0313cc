/**
 * The only way from a document's text into generated code: a string becomes a literal or a comment, a name an
 * identifier. The `code` template takes nothing else.
 */

declare const brand: unique symbol;

/** A piece of generated code. */
export class Code {
  declare readonly [brand]: true;

  private constructor(readonly text: string) {}

  /** Wraps text that is code because this package wrote it, or a compiler that was given nothing but tokens. */
  static trusted(text: string): Code {
    return new Code(text);
  }
}

/** A name minted by `names.ts`: letters, digits and `_` only. */
export type Identifier = string & { readonly [brand]: 'identifier' };

/** Joins code and identifiers; any other string must pass an encoder first. */
export function code(parts: TemplateStringsArray, ...values: readonly (Code | Identifier)[]): Code {
  const text = parts.map((part, index) => {
    const value = values[index];
    return part + (value === undefined ? '' : value instanceof Code ? value.text : value);
  });
  return Code.trusted(text.join(''));
}

/** Joins pieces of code with a separator. */
export function join(pieces: readonly (Code | Identifier)[], separator: string): Code {
  return Code.trusted(
    pieces.map((piece) => (piece instanceof Code ? piece.text : piece)).join(separator),
  );
}

/** Writes JSON data as a literal; what could end a string, a comment or a script is escaped. */
export function literal(value: unknown, indent = 0): Code {
  const json = JSON.stringify(value, null, indent) ?? 'undefined';
  return Code.trusted(
    json.replace(/[<>\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u007f]|\*\//gu, escapeInString),
  );
}

/** Writes characters by their numbers, as strings of JSON and JavaScript have them; line ends stay. */
export function escapeInString(found: string): string {
  // Line breaks and indentation of the literal itself; inside strings JSON has escaped them already.
  if (found === '\n') return found;
  if (found === '*/') return '*\\/';
  return [...Array(found.length).keys()]
    .map((index) => `\\u${found.charCodeAt(index).toString(16).padStart(4, '0')}`)
    .join('');
}

/** Returns the text of code; characters that hide, which compilers leave in strings as they are, are written escaped. */
export function visible({ text }: Code): string {
  return text.replace(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u007f-\u009f]/gu, escapeInString);
}

/** Writes text as a documentation comment at the given indentation; an empty text gives no comment. */
export function comment(text: string, indent = ''): Code {
  const lines = commentLines(text);
  if (lines.length === 0) return Code.trusted('');
  if (lines.length === 1) return Code.trusted(`${indent}/** ${lines[0]} */\n`);
  return Code.trusted(
    `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`,
  );
}

/** How long a line of a comment gets before it is folded. */
const WIDTH = 96;

/** Splits text into lines that are safe inside a block comment, and folds the long ones between words. */
export function commentLines(text: string): string[] {
  const lines = text
    .trim()
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .flatMap((line) => folded(encoded(line)))
    // A line that begins with @ would be a tag.
    .map((line) => line.replace(/^(\s*)@/, '$1\\@'));
  return lines.length === 1 && lines[0] === '' ? [] : lines;
}

function encoded(line: string): string {
  return line
    .replaceAll('*/', '*\\/')
    .replaceAll('\t', ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (found) => `\\u{${found.codePointAt(0)?.toString(16)}}`)
    .trimEnd();
}

function folded(line: string): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > WIDTH) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}
