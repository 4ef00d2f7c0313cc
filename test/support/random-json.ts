import { joinPointer } from '../../scripts/spec/json-pointer.js';
import type { Random } from './random.js';

/** A JSON text, and the offsets at which each value, and its name, begins; by JSON Pointer. */
export interface WrittenJson {
  readonly text: string;
  readonly offsets: ReadonlyMap<string, { readonly key: number; readonly value: number }>;
}

const spaces = ['', '', '', ' ', '\n', '\r\n', '\t', '  \n  '];
// One escaped name only: JSON.parse of Node.js 24.21 takes "\\" for "\"" where the other was seen before.
const names = ['a', 'b', 'c', '', 'a/b', 'm~n', 'toString', 'é', '🧾', 'a b', '"', '0'];
const numbers = ['0', '-0', '7', '-12', '1.5', '-0.25', '1e3', '2E-7', '9007199254740991'];
const literals = ['true', 'false', 'null'];

/** Writes a JSON text of random values, spaces and escapes; no name stands twice in an object. */
export function randomJson(random: Random): WrittenJson {
  let text = '';
  const offsets = new Map<string, { key: number; value: number }>();
  const space = () => {
    text += random.pick(spaces);
  };
  const list = (count: number, item: (index: number) => void) => {
    for (let index = 0; index < count; index += 1) {
      if (index > 0) text += ',';
      space();
      item(index);
      space();
    }
    if (count === 0) space();
  };
  const write = (pointer: string, depth: number, key = text.length): void => {
    offsets.set(pointer, { key, value: text.length });
    const kind = random.below(depth > 4 ? 3 : 5);
    if (kind === 0) text += random.pick(literals);
    else if (kind === 1) text += random.pick(numbers);
    else if (kind === 2) text += quoted(random.pick(names), random);
    else if (kind === 3) {
      text += '[';
      list(random.below(4), (index) => write(joinPointer(pointer, index), depth + 1));
      text += ']';
    } else {
      text += '{';
      const chosen = names.filter(() => random.below(4) === 0);
      list(chosen.length, (index) => {
        const name = chosen[index] ?? '';
        const start = text.length;
        text += quoted(name, random);
        space();
        text += ':';
        space();
        write(joinPointer(pointer, name), depth + 1, start);
      });
      text += '}';
    }
  };
  space();
  write('', 0);
  space();
  return { text, offsets };
}

/** Writes a string, some of its characters as escapes. */
function quoted(text: string, random: Random): string {
  const escaped = (character: string) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join('');
  const body = [...text].map((character) =>
    random.below(5) === 0 ? escaped(character) : JSON.stringify(character).slice(1, -1),
  );
  return `"${body.join('')}"`;
}

const pieces = [
  ...'{}[]:,"\\/.+-eE019 \t\n\r\u0000\u00a0\ufeff\u2028xu',
  '"a":1,',
  '"__proto__":0,',
  '"\\u005f_proto__"',
  '\\u00e9',
  '\\ud83e',
  '1e400',
  '9007199254740993',
  '//',
  'NaN',
  'tru',
  "'",
];

/** Spoils a text, or not: inserts, deletes, repeats or replaces a few pieces of it. */
export function mutateText(text: string, random: Random): string {
  let mutant = text;
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const at = random.below(mutant.length + 1);
    const length = random.below(4);
    const [before, cut, after] = [
      mutant.slice(0, at),
      mutant.slice(at, at + length),
      mutant.slice(at + length),
    ];
    const kind = random.below(4);
    if (kind === 0) mutant = before + random.pick(pieces) + cut + after;
    else if (kind === 1) mutant = before + after;
    else if (kind === 2) mutant = before + cut + cut + after;
    else mutant = before + random.pick(pieces) + after;
  }
  return mutant;
}
