import { describe, expect, test } from 'vitest';
import { forgetLanguages, Language } from '../scripts/contract/language.js';
import { type Random, randomFrom } from './support/random.js';

const ALPHABET = ['a', 'b'];
const TEXTS = textsUpTo(5);

function textsUpTo(length: number): string[] {
  if (length === 0) return [''];
  const shorter = textsUpTo(length - 1);
  const longest = shorter.filter((text) => text.length === length - 1);
  return [...shorter, ...longest.flatMap((text) => ALPHABET.map((letter) => text + letter))];
}

/** Writes patterns in which `^`, `$` and lookaheads stand anywhere. */
function randomPattern(random: Random, depth: number): string {
  const inner = () => randomPattern(random, depth - 1);
  const leaf = () => random.pick(['a', 'b', 'a', 'b', '.', '[^a]', '^', '$']);
  if (depth === 0) return leaf();
  switch (random.below(9)) {
    case 0:
      return `(?:${inner()}|${inner()})`;
    case 1:
      return `(?:${inner()})${random.pick(['*', '+', '?', '{2}', '{0,2}'])}`;
    case 2:
      return `(?=${inner()})`;
    case 3:
      return `(?!${inner()})`;
    case 4:
      return `^${inner()}$`;
    case 5:
      return leaf();
    default:
      return `${inner()}${inner()}`;
  }
}

describe.each([
  ['anywhere in a text', Language.of, (pattern: string) => pattern],
  ['as a whole', Language.ofPact, (pattern: string) => `^(?:${pattern})$`],
] as const)('a pattern that is found %s', (_, languageOf, inRegExp) => {
  test('has the texts that a regular expression finds', () => {
    const random = randomFrom(7);
    const faults: string[] = [];
    const counts = { read: 0, lookingAhead: 0 };
    for (let run = 0; run < 6_000; run += 1) {
      forgetLanguages();
      const pattern = randomPattern(random, 4);
      const language = languageOf(pattern);
      if (language === undefined) continue;
      counts.read += 1;
      if (/\(\?[=!]/.test(pattern)) counts.lookingAhead += 1;
      const expression = new RegExp(inRegExp(pattern), 'u');
      const text = TEXTS.find((one) => language.has(one) !== expression.test(one));
      if (text !== undefined) faults.push(`${pattern}: ${JSON.stringify(text)}`);
    }
    expect(faults).toEqual([]);
    expect(counts.read).toBeGreaterThan(1_000);
    expect(counts.lookingAhead).toBeGreaterThan(200);
  });
});

test.each([
  ['^(^a$|^b$)$', ['a', 'b'], ['', 'ab']],
  ['^(?!test)[a-z]+$', ['tes', 'atest'], ['test', 'tests']],
  ['^(?=.*[A-Z])(?=.*[0-9]).{4,}$', ['Ab1c'], ['abcd', 'A1']],
  ['^(?!.*--)[a-z-]+$', ['a-b'], ['a--b']],
])('%s', (pattern, inside, outside) => {
  const language = Language.of(pattern);
  for (const text of inside) expect(language?.has(text)).toBe(true);
  for (const text of outside) expect(language?.has(text)).toBe(false);
});

test.each(['(?<=a)b', '\\bfoo', '(a+)\\1', '^(?:(?!a).)*$', '('])(
  '%s is not understood',
  (pattern) => {
    expect(Language.of(pattern)).toBeUndefined();
  },
);

test('texts beyond another pattern', () => {
  const [given, demanded] = [Language.of('^[a-z]+$'), Language.of('^(?!x)[a-z]+$')];
  if (given === undefined || demanded === undefined) throw new Error('not understood');
  expect(given.beyond(demanded, 1)).toEqual(['x']);
  expect(demanded.beyond(given)).toEqual([]);
});
