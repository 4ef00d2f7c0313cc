/** The JSON reader agrees with JSON.parse on everything but what it refuses on purpose, and says where things stand. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../scripts/spec/model.js';
import { parseJson } from '../scripts/spec/parse-json.js';
import { Positions } from '../scripts/spec/positions.js';
import { SourceText } from '../scripts/spec/source-text.js';
import { randomFrom } from './support/random.js';
import { mutateText, randomJson, type WrittenJson } from './support/random-json.js';

const read = (text: string) => parseJson(new SourceText('text.json', text), new Positions());

it('agrees with JSON.parse on 5,000 texts, valid and spoilt', () => {
  const random = randomFrom(8259);
  const verdicts = { accepted: 0, syntax: 0, refused: 0 };
  for (let round = 0; round < 5_000; round += 1) {
    const { text: sound } = randomJson(random);
    const text = round % 4 === 0 ? sound : mutateText(sound, random);
    const { value, fault } = read(text);
    const theirs = parsed(text);
    if (fault === undefined) {
      verdicts.accepted += 1;
      expect(theirs, text).toEqual({ value });
    } else if (fault.kind === 'syntax') {
      verdicts.syntax += 1;
      expect(theirs, text).toBeUndefined();
      expect(fault.offset).toBeLessThanOrEqual(text.length);
    } else {
      verdicts.refused += 1;
      expect(isRefusable(text.slice(fault.offset), fault.kind), text).toBe(true);
    }
  }
  for (const count of Object.values(verdicts)) expect(count).toBeGreaterThan(50);
});

it('faults a text where what stands before could still have been completed', () => {
  const random = randomFrom(7159);
  for (let round = 0; round < 3_000; round += 1) {
    const text = mutateText(randomJson(random).text, random);
    const { fault } = read(text);
    if (fault?.kind !== 'syntax') continue;
    const before = text.slice(0, fault.offset);
    const { fault: cut } = read(before);
    // Either it is a whole text, or it only lacks its end: a string that does is faulted where it begins.
    if (cut === undefined) continue;
    expect(cut.kind).toBe('syntax');
    if (before[cut.offset] !== '"') expect(cut.offset, text).toBe(before.length);
  }
});

it('knows where every member and item stands', () => {
  const random = randomFrom(6901);
  let places = 0;
  for (let round = 0; round < 300; round += 1) {
    const { text, offsets }: WrittenJson = randomJson(random);
    const positions = new Positions();
    const source = new SourceText('text.json', text);
    const { value } = parseJson(source, positions);
    if (value === undefined) continue;
    for (const [pointer, { key, value: start }] of offsets) {
      if (pointer === '' && !isContainer(value)) continue;
      places += 1;
      const found = positions.ofPointer(value, pointer);
      expect([found?.line, found?.column], `${pointer} of ${text}`).toEqual(place(text, start));
      const name = positions.ofPointer(value, pointer, 'key');
      expect([name?.line, name?.column]).toEqual(place(text, key));
    }
  }
  expect(places).toBeGreaterThan(1_000);
});

describe.each([
  ['syntax', '', 0],
  ['syntax', '  \n', 3],
  ['syntax', '{"a": 1,}', 8],
  ['syntax', '[1,]', 3],
  ['syntax', '[1 2]', 3],
  ['syntax', '{"a" 1}', 5],
  ['syntax', "{'a': 1}", 1],
  ['syntax', '{a: 1}', 1],
  ['syntax', '[01]', 1],
  ['syntax', '[+1]', 1],
  ['syntax', '[1.]', 1],
  ['syntax', '[.5]', 1],
  ['syntax', '[NaN]', 1],
  ['syntax', '[tru]', 1],
  ['syntax', '1 // one', 2],
  ['syntax', '\ufeff1', 0],
  ['syntax', '[1,\u00a02]', 3],
  ['syntax', '["a\nb"]', 3],
  ['syntax', '["\\x"]', 2],
  ['syntax', '["\\u12g4"]', 2],
  ['syntax', '{"a": 1', 7],
  ['duplicate-key', '{"a": 1, "a": 2}', 9],
  ['duplicate-key', '{"a": 1, "\\u0061": 2}', 9],
  ['forbidden-key', '{"a": {"__proto__": 1}}', 7],
  ['forbidden-key', '{"\\u005f_proto__": 1}', 1],
  ['number', '[1e400]', 1],
  ['number', '[-1e999]', 1],
  ['number', '[9007199254740992]', 1],
  ['number', '[-9007199254740993]', 1],
  ['depth', '['.repeat(513), 512],
] as const)('%s', (kind, text, offset) => {
  it(`in ${JSON.stringify(text.slice(0, 30))} at ${offset}`, () => {
    const { fault } = read(text);
    expect([fault?.kind, fault?.offset]).toEqual([kind, offset]);
  });
});

it.each(['9007199254740991', '-9007199254740991', '1e300', '1e21', '-0', '1E-400'])(
  'takes the number %s',
  (text) => {
    expect(read(text).value).toBe(JSON.parse(text));
  },
);

it('nests 512 deep, and lets toString, constructor and lone surrogates be', () => {
  expect(read(`${'['.repeat(512)}${']'.repeat(512)}`).fault).toBeUndefined();
  const text = '{"toString": 1, "constructor": {"prototype": "\\ud800"}, "": []}';
  expect(read(text).value).toEqual(JSON.parse(text));
});

function parsed(text: string): { value: Json } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Tells whether what stands at a fault is something that is refused on purpose. */
function isRefusable(rest: string, kind: string): boolean {
  if (kind === 'number') {
    const number = Number(/^-?[0-9.eE+-]+/.exec(rest)?.[0]);
    return !Number.isFinite(number) || !Number.isSafeInteger(number);
  }
  if (kind === 'depth') return false;
  const name: unknown = JSON.parse(/^"(?:\\.|[^"\\])*"/.exec(rest)?.[0] ?? 'null');
  return kind === 'forbidden-key' ? name === '__proto__' : typeof name === 'string';
}

function isContainer(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}

/** Counts line and column by hand. */
function place(text: string, offset: number): [line: number, column: number] {
  const lines = text.slice(0, offset).split('\n');
  return [lines.length, (lines.at(-1) ?? '').length + 1];
}
