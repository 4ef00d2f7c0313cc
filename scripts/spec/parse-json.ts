import { isUnsafeInteger } from '../generate/runtime/body.js';
import type { Json, JsonObject, Positions } from './positions.js';
import type { SourceText } from './source-text.js';

/** What stopped the reader, in words, and where (a UTF-16 offset). */
export interface JsonFault {
  readonly kind: 'syntax' | 'duplicate-key' | 'forbidden-key' | 'number' | 'depth' | 'values';
  readonly reason: string;
  readonly offset: number;
}

/** How deep arrays and objects may nest. */
const MAX_DEPTH = 512;

/**
 * Parses strict JSON, recording where every node stands; `value` is undefined where a fault stopped it.
 * Beyond the grammar it refuses duplicate keys, `__proto__`, numbers that overflow, integers beyond
 * ±(2^53 − 1), nesting deeper than 512 and more values than `positions` has room for. Works without recursion.
 * https://www.rfc-editor.org/rfc/rfc8259#section-2
 */
export function parseJson(
  source: SourceText,
  positions: Positions,
): { value: Json; fault?: undefined } | { value?: undefined; fault: JsonFault } {
  try {
    return { value: new Reader(source, positions).read() };
  } catch (error) {
    if (error instanceof Fault) return { fault: error };
    throw error;
  }
}

class Fault implements JsonFault {
  constructor(
    readonly kind: JsonFault['kind'],
    readonly reason: string,
    readonly offset: number,
  ) {}
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const LITERALS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

class Reader {
  #at = 0;
  readonly #text: string;

  constructor(
    private readonly source: SourceText,
    private readonly positions: Positions,
  ) {
    this.#text = source.text;
  }

  read(): Json {
    const stack: (JsonObject | Json[])[] = [];
    const keys: { name: string; offset: number }[] = [];
    this.#skipSpace();
    if (this.#at >= this.#text.length) throw new Fault('syntax', 'it is empty', this.#at);
    for (;;) {
      // A value begins here.
      const start = this.#at;
      let value: Json;
      const opened = this.#open(start);
      if (opened !== undefined) {
        if (stack.length === MAX_DEPTH)
          throw new Fault('depth', `it nests deeper than ${MAX_DEPTH}`, start);
        stack.push(opened);
        this.#skipSpace();
        if (this.#text[this.#at] !== closing(opened)) {
          if (!Array.isArray(opened)) keys.push(this.#key(opened));
          continue;
        }
        this.#at += 1;
        stack.pop();
        value = opened;
      } else {
        value = this.#scalar();
      }
      // A value has ended: put it in place, and close what ends with it.
      let begun = start;
      for (;;) {
        const parent = stack.at(-1);
        if (parent === undefined) return this.#finish(value);
        if (Array.isArray(parent)) {
          this.positions.addEntry(parent, String(parent.length), begun, begun);
          parent.push(value);
        } else {
          const key = keys.pop();
          if (key === undefined) throw new Error('a member without a key');
          parent[key.name] = value;
          this.positions.addEntry(parent, key.name, key.offset, begun);
        }
        if (this.positions.room < 0)
          throw new Fault('values', `it holds more than ${this.positions.limit} values`, begun);
        this.#skipSpace();
        const next = this.#text[this.#at];
        if (next === ',') {
          this.#at += 1;
          this.#skipSpace();
          if (!Array.isArray(parent)) keys.push(this.#key(parent));
          break;
        }
        if (next !== closing(parent)) throw this.#unexpected(`"," or "${closing(parent)}"`);
        this.#at += 1;
        stack.pop();
        value = parent;
        begun = this.positions.startOf(parent) ?? 0;
      }
    }
  }

  #open(start: number): JsonObject | Json[] | undefined {
    const first = this.#text[start];
    if (first !== '{' && first !== '[') return undefined;
    const node: JsonObject | Json[] = first === '{' ? {} : [];
    this.positions.add(node, this.source, start);
    this.#at += 1;
    return node;
  }

  #key(object: JsonObject): { name: string; offset: number } {
    const offset = this.#at;
    if (this.#text[offset] !== '"') throw this.#unexpected('a member name in double quotes');
    const name = this.#string();
    if (name === '__proto__')
      throw new Fault('forbidden-key', 'the name "__proto__" is not allowed', offset);
    if (Object.hasOwn(object, name)) {
      throw new Fault(
        'duplicate-key',
        `the name ${JSON.stringify(name)} stands twice in one object`,
        offset,
      );
    }
    this.#skipSpace();
    if (this.#text[this.#at] !== ':') throw this.#unexpected('":"');
    this.#at += 1;
    this.#skipSpace();
    return { name, offset };
  }

  #scalar(): Json {
    const first = this.#text[this.#at];
    if (first === '"') return this.#string();
    if (first !== undefined && (first === '-' || (first >= '0' && first <= '9')))
      return this.#number();
    for (const [word, value] of LITERALS) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    throw this.#unexpected('a value');
  }

  #string(): string {
    const start = this.#at;
    let at = start + 1;
    for (;;) {
      const code = this.#text.charCodeAt(at);
      if (code === 0x22) break;
      if (Number.isNaN(code)) throw new Fault('syntax', 'a string is not closed', start);
      if (code < 0x20) {
        const found = codePoint(this.#text.charAt(at));
        throw new Fault('syntax', `a string holds the raw control character ${found}`, at);
      }
      if (code === 0x5c) {
        ESCAPE.lastIndex = at;
        if (!ESCAPE.test(this.#text)) {
          throw new Fault('syntax', 'a string holds an escape that JSON does not have', at);
        }
        at = ESCAPE.lastIndex;
      } else {
        at += 1;
      }
    }
    this.#at = at + 1;
    return JSON.parse(this.#text.slice(start, at + 1)) as string;
  }

  #number(): number {
    const start = this.#at;
    NUMBER.lastIndex = start;
    const match = NUMBER.exec(this.#text);
    const after = match === null ? undefined : this.#text[NUMBER.lastIndex];
    if (match === null || (after !== undefined && /[\w.+-]/.test(after))) {
      throw new Fault('syntax', 'a number is not written as JSON writes numbers', start);
    }
    this.#at = NUMBER.lastIndex;
    const value = Number(match[0]);
    if (!Number.isFinite(value)) throw new Fault('number', 'a number is too large', start);
    if (isUnsafeInteger(match[0])) {
      throw new Fault('number', 'an integer is beyond ±(2^53 − 1)', start);
    }
    return value;
  }

  #finish(value: Json): Json {
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#unexpected('the end of the text');
    return value;
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #unexpected(expected: string): Fault {
    const found = this.#text.codePointAt(this.#at);
    const what =
      found === undefined ? 'the text ends' : `${codePoint(String.fromCodePoint(found))} stands`;
    return new Fault('syntax', `${what} where ${expected} should be`, this.#at);
  }
}

function closing(node: JsonObject | Json[]): ']' | '}' {
  return Array.isArray(node) ? ']' : '}';
}

/** Names a character so that it can be seen: `"x"` for printable ASCII, the code point for all others. */
function codePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code > 0x20 && code < 0x7f) return `"${character}"`;
  const name = code === 0xa0 ? ' (no-break space)' : code === 0xfeff ? ' (byte order mark)' : '';
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}${name}`;
}
