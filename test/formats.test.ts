import { readFileSync } from 'node:fs';
import type { Format } from 'ajv';
import { type FormatName, fullFormats } from 'ajv-formats/dist/formats.js';
import { describe, expect, it } from 'vitest';
import { knownFormats } from '../scripts/spec/formats.js';

const numericFormats = ['int32', 'int64', 'float', 'double'] as const;
type TextFormat = Exclude<FormatName, (typeof numericFormats)[number]>;

/** Turns any way of writing an Ajv format into one function. */
function judgeOf<Value>(format: Format): (value: Value) => boolean {
  const definition = typeof format === 'object' && 'validate' in format ? format.validate : format;
  if (definition === true) return () => true;
  if (typeof definition === 'string') return judgeOf(new RegExp(definition) as Format);
  if (definition instanceof RegExp) return (value) => definition.test(String(value));
  if (typeof definition === 'function') return definition as (value: Value) => boolean;
  throw new Error('a format of a kind this test does not know');
}

/** Returns the function under test, which must exist. */
function judge(name: FormatName): (value: unknown) => boolean {
  const format = knownFormats[name];
  if (format === undefined) throw new Error(`the format ${name} is not known`);
  return format.validate as (value: unknown) => boolean;
}

/** Makes the same numbers from 0 to 1 on every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

// Hand-written values at the edges of each format, right and wrong alike.
const times = [
  '22:30:00Z',
  '22:30:00z',
  '00:00:00Z',
  '23:59:59Z',
  '23:59:60Z',
  '23:59:61Z',
  '24:00:00Z',
  '22:60:00Z',
  '22:30:60Z',
  '22:59:60-01:00',
  '22:59:60-0100',
  '22:59:60-01',
  '00:59:60+01:00',
  '00:29:60+00:30',
  '00:59:60-01:00',
  '01:29:60+01:30',
  '23:29:60-00:30',
  '24:59:30+01:00',
  '24:59:60+01:00',
  '23:60:00+00:01',
  '23:99:10+00:40',
  '99:59:00+23:00',
  '46:59:00+23:00',
  '47:58:00+23:59',
  '22:30:00.Z',
  '22:30:00.0Z',
  '22:30:00,5Z',
  '22:30:00.123456789012345678901234567890Z',
  `22:30:59.${'9'.repeat(14)}Z`,
  `22:30:59.${'9'.repeat(15)}Z`,
  `22:30:59.${'9'.repeat(16)}Z`,
  `22:30:59.${'9'.repeat(400)}Z`,
  '22:30:59.999999999999996447286321199499070644378662109375Z',
  '22:30:59.9999999999999964472863211994990706443786621093750Z',
  '22:30:59.9999999999999964472863211994990706443786621093749Z',
  '22:30:59.99999999999999644728632119949907064437866210937Z',
  `22:30:59.999999999999996447286321199499070644378662109374${'9'.repeat(900)}Z`,
  '22:30:59.999999999999996447286321199499070644378662109376Z',
  '22:30:59.999999999999996Z',
  '22:30:59.999999999999997Z',
  '23:59:59.99999999999999999Z',
  '23:59:60.5Z',
  '23:59:60.99999999999999Z',
  '23:59:60.99999999999999999Z',
  '23:59:60.999999999999996447286321199499070644378662109375Z',
  '23:59:60.99999999999999644728632119949907064437866210937Z',
  '22:30:00',
  '23:59:60',
  '24:00:00',
  '22:30:00+00:00',
  '22:30:00-00:00',
  '22:30:00+23:59',
  '22:30:00+24:00',
  '22:30:00+23:60',
  '22:30:00+2359',
  '22:30:00+2',
  '22:30:00+235',
  '22:30:00+23:5',
  '22:30:00+23:',
  '22:30:00+23-59',
  '22:30:00+23:590',
  '22:30:00+',
  '22:30:00ZZ',
  '22:30:00Z ',
  ' 22:30:00Z',
  '22:30:00 Z',
  '22:30Z',
  '2:30:00Z',
  '22-30-00Z',
  '22:30:0Z',
  '22:30:00Z\n',
  '٢٢:30:00Z',
];
const dates = [
  '2021-02-22',
  '0000-01-01',
  '0000-02-29',
  '0100-02-29',
  '0400-02-29',
  '1900-02-29',
  '2000-02-29',
  '2023-02-29',
  '2024-02-29',
  '2024-02-30',
  '2024-00-10',
  '2024-13-10',
  '2024-01-00',
  '2024-01-31',
  '2024-01-32',
  '2024-04-30',
  '2024-04-31',
  '2024-06-31',
  '2024-09-31',
  '2024-11-31',
  '2024-12-31',
  '9999-12-31',
  '10000-01-01',
  '-001-01-01',
  '2024-1-01',
  '2024/01/01',
  '20240101',
  '2024-01-01 ',
  ' 2024-01-01',
  '2024-01-01\n',
  '２０２４-01-01',
];
const separators = [
  'T',
  't',
  ' ',
  '\t',
  '\n',
  '\u00a0',
  '\u3000',
  '\ufeff',
  '\u180e',
  '\u200b',
  '_',
  'TT',
  '',
];
const instants = [
  '2021-02-22T22:30:00.000Z',
  ...separators.map((separator) => `2021-02-22${separator}22:30:00Z`),
  ...separators.map((separator) => `2021-02-22${separator}22:30:00`),
  ...times.map((time) => `2024-02-29T${time}`),
  ...dates.map((date) => `${date}T23:59:59+01:00`),
  'T22:30:00Z',
  '2021-02-22T',
  '2021-02-22',
  '2021-02-22T22:30:00T',
  '2021-02-22T22:30:00 Z',
];
const addresses4 = [
  '192.0.2.1',
  '0.0.0.0',
  '255.255.255.255',
  '256.0.0.1',
  '1.2.3',
  '1.2.3.4.5',
  '1.2.3.04',
  '01.2.3.4',
  '001.2.3.4',
  '1.2.3.004',
  '1.2.3.1000',
  '1..3.4',
  '1.2.3.',
  '.1.2.3',
  '1.2.3.4 ',
  '1.2.3.a',
];
const addresses6 = [
  '2001:db8::1',
  '::',
  ':',
  ':::',
  '::1',
  '1::',
  '1:2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:',
  '1:2:3:4:5:6:7::',
  '::2:3:4:5:6:7:8',
  '1::3:4:5:6:7:8',
  '1:2:3:4::5:6:7:8',
  '1:2:3:4:5:6::8',
  '1::2::3',
  '1:::2',
  ':1::2',
  '::1:',
  '12345::',
  '::12345',
  'ABCD:ef01::',
  'g::',
  '1:2:3:4:5:6:1.2.3.4',
  '1:2:3:4:5:1.2.3.4',
  '1:2:3:4:5::1.2.3.4',
  '1:2:3:4:5:6::1.2.3.4',
  '::1.2.3.4',
  '::ffff:1.2.3.4',
  '::1:2:3:4:5:1.2.3.4',
  '::1:2:3:4:5:6:1.2.3.4',
  '1::2:3:4:5:1.2.3.4',
  '1.2.3.4::',
  '::1.2.3.4:1',
  '::01.2.3.4',
  '::001.2.3.4',
  '::1.2.3.256',
  '1.2.3.4',
  'fe80::1%eth0',
  '::1 ',
];
const bracketed = [
  ...addresses6,
  'v1.a',
  'V1f.a:b',
  'v.a',
  'v1.',
  'v1',
  'vg.a',
  'v1.a"',
  'v1.a/b',
  '',
].flatMap((address) => [`a://[${address}]`, `a:/[${address}]:80/b`, `//u:p@[${address}]:?q#f`]);
const uris = [
  'https://example.com/a/b?c=d#e',
  'a:',
  'a:b',
  'a:?',
  'a:#',
  'a:/',
  'a://',
  'a:///',
  'a:////b',
  'a://b:c',
  'a://b:80',
  'a://u@b@c',
  'a://u:p@h:1',
  'a:b?c?d#e?f',
  'a:b#c#d',
  'a:b%20c',
  'a:b%2',
  'a:b%',
  'a:b%g0',
  'a:b"c',
  'a://"',
  'a:<',
  'a: b',
  'a:b\\c',
  'a:[::1]',
  'a:/b[::1]',
  'a:///[::1]',
  'a://"@[::1]',
  'a://u%40@[::1]',
  'a://@[::1]',
  'a://@@[::1]',
  'a://u[::1]',
  'a://[::1]x',
  'a://[::1]:80x',
  'a://[::1]:80/x y',
  'a://[::1',
  'a://[::1]]',
  'a://[[::1]',
  '//[::1]',
  '/[::1]',
  '[::1]',
  'x[::1]',
  '1a:b',
  '+a:b',
  'a+b-c.1:d',
  ':b',
  'é:b',
  'a:é',
  'a',
  'a/b:c',
  './a:b',
  '?a',
  '#a',
  '#a#',
  '?a"b',
  '//',
  '/',
  '',
  '..',
  'mailto:a@b.c',
  'urn:a:b',
  'A:B',
  'K:b',
  'a:ſ',
];
const templates = [
  '/users/{id}{?page,size}',
  '',
  '{}',
  '{a}',
  '{a',
  'a}',
  '{{a}}',
  '{+a}',
  '{++a}',
  '{|a}',
  '{|}',
  '{$a}',
  '{a:1}',
  '{a:0}',
  '{a:01}',
  '{a:9999}',
  '{a:10000}',
  '{a:}',
  '{a*}',
  '{a**}',
  '{a*:1}',
  '{a:1*}',
  '{a,b}',
  '{a,}',
  '{,a}',
  '{a,,b}',
  '{a:3,b*}',
  '{a.b}',
  '{a%20}',
  '{%2}',
  '{%20}',
  '{a-b}',
  '{é}',
  '{ſ}',
  'é',
  'a b',
  'a%20b',
  'a%2',
  '%',
  '\u007f',
  '\u0080',
  '"',
  "'",
  '<',
  '|',
  '^',
  '`',
  '\\',
  '~[]',
  '\ud800',
];
const urls = [
  'https://user@example.com:8080/a?b#c',
  'http://example.com',
  'HTTP://EXAMPLE.COM',
  'httpſ://example.com',
  'ſttp://example.com',
  'ftp://example.com',
  'ftps://example.com',
  'http:/example.com',
  'http://example',
  'http://example.c',
  'http://example.co1',
  'http://example.c-m',
  'http://1.com',
  'http://-a.com',
  'http://a-.com',
  'http://a-b.com',
  'http://a--b.com',
  'http://a..com',
  'http://.a.com',
  'http://a.com.',
  'http://a.b-',
  'http://a.com:1',
  'http://a.com:12',
  'http://a.com:12345',
  'http://a.com:123456',
  'http://a.com:',
  'http://a.com:80:80',
  'http://a.com:80/',
  'http://a.com?b',
  'http://a.com#b',
  'http://a.com/?b c',
  'http://a.com/\u00a0',
  'http://a.com/\u200b',
  'http://a b@c.com',
  'http://a@b@c.com',
  'http://@c.com',
  'http://@@c.com',
  'http://a:@c.com',
  'http://:@c.com',
  'http://a/b@c.com',
  'http://a@b.com/c@d',
  'http://a b.com/c@d.com',
  'http://a.com/c@d com',
  'http://a.com/ @d.com',
  'http://é.com',
  'http://\u00a0.com',
  'http://a\u3000b.com',
  'http://a\u3000b.com/x',
  'http://a\u3000@b.com',
  'http://a\u2028b.com/x',
  'http://a@b\u3000.com/x',
  'http://\u00a1.\uffff\uffff',
  'http://\u{1f600}.com',
  'http://\u{1f600}@a.com',
  'http://\ud83d.com',
  'http://\ude00.com',
  'http://\ude00\ud83d.com',
  'http://a.\ud83d\ud83d',
  'http://a.\ud83d\ude00',
  'http://a.com/\u{1f600}',
  'http://a.ſſ',
  'http://a.K1',
  'http://1.2.3.4',
  'http://1.2.3.4:80/a',
  'http://01.2.3.4',
  'http://0.2.3.4',
  'http://1.02.03.4',
  'http://1.00.00.4',
  'http://1.002.3.4',
  'http://1.2.003.4',
  'http://1.2.3.04',
  'http://1.2.3.0',
  'http://1.2.3.254',
  'http://1.2.3.255',
  'http://1.255.255.1',
  'http://1.256.1.1',
  'http://223.1.1.1',
  'http://224.1.1.1',
  'http://10.1.1.1',
  'http://100.1.1.1',
  'http://127.0.0.1',
  'http://126.0.0.1',
  'http://169.254.1.1',
  'http://169.253.1.1',
  'http://169.25.1.1',
  'http://192.168.1.1',
  'http://192.169.1.1',
  'http://172.15.1.1',
  'http://172.16.1.1',
  'http://172.31.1.1',
  'http://172.32.1.1',
  'http://172.3.1.1',
  'http://1.2.3',
  'http://1.2.3.4.5',
  'http://1.2.3.4.com',
  'http://10.1.1.1.com',
  'http://a@10.1.1.1',
  'http://',
  'http://@',
  'http:///',
  '',
];
const emails = [
  'a.b@example.com',
  'a@b',
  'a@b.c',
  'a@b.c.',
  'a@.b.c',
  'a@b..c',
  'a@-b.c',
  'a@b-.c',
  'a@b.c-',
  'a@b--b.c',
  'a@b_.c',
  '.a@b.c',
  'a.@b.c',
  'a..b@b.c',
  "!#$%&'*+/=?^_`{|}~-@b.c",
  'a b@b.c',
  '"a"@b.c',
  'a(b)@b.c',
  'a@b@c.d',
  '@b.c',
  'a@',
  'é@b.c',
  'a@é.c',
  'K@b.c',
  `a@${'b'.repeat(70)}.c`,
  'A@B.C',
  'a@1.2',
  'a@b.c\n',
];
const hosts = [
  'example.com',
  'a',
  '-',
  'a-',
  '-a',
  'a-b',
  'a--b',
  'a.',
  'a..',
  '.',
  '',
  '.a',
  'a..b',
  'a._b',
  'A.B',
  '1.2',
  'é',
  'ſ',
  `${'a'.repeat(63)}`,
  `${'a'.repeat(64)}`,
  `b.${'a'.repeat(63)}`,
  `b.${'a'.repeat(64)}`,
  `${'a.'.repeat(126)}b`,
  `${'a.'.repeat(126)}b.`,
  `${'a.'.repeat(126)}bb`,
  `${'a.'.repeat(126)}bb.`,
  `${'a.'.repeat(126)}b..`,
  `${'a.'.repeat(127)}`,
  `${'a.'.repeat(127)}.`,
  'a\n',
];
const pointers = [
  '',
  '/',
  '//',
  '/a/0/b~1c~0',
  'a',
  '/~',
  '/~2',
  '/a~',
  '/~01',
  '/~~0',
  '/\n',
  '/ é"\ud800',
  '#',
];
const edges: Record<TextFormat, string[]> = {
  date: dates,
  time: times,
  'date-time': instants,
  'iso-time': times,
  'iso-date-time': instants,
  duration: [
    'P1Y2M3DT4H5M6S',
    'P2W',
    'P',
    'PT',
    'P1',
    'P1YT',
    'PY',
    'P1Y1Y',
    'P1M1Y',
    'P1D1M',
    'P1Y1D',
    'P1W1D',
    'P1D1W',
    'P1WT1H',
    'PT1W',
    'PT1H1S',
    'PT1S1H',
    'PT1Y',
    'PT1D',
    'P1H',
    'P1S',
    'PT1M',
    'P1MT1M',
    'P1DT1M',
    'PT1HT1M',
    'PTT1H',
    'P1.5D',
    'P-1D',
    '-P1D',
    'p1d',
    'P1D ',
    'P١D',
    `P${'1'.repeat(99)}D`,
    '1D',
    '',
    'PTH',
    'P1DT',
    'P1TD',
  ],
  uri: [...uris, ...bracketed],
  'uri-reference': [...uris, ...bracketed],
  'uri-template': templates,
  url: urls,
  email: emails,
  hostname: hosts,
  ipv4: addresses4,
  ipv6: addresses6,
  regex: [
    '',
    'a',
    '(',
    ')',
    '[',
    ']',
    '{',
    'a{2,1}',
    'a{1',
    '*',
    'a**',
    '\\',
    '\\Z',
    'a\\Z',
    '\\\\Z',
    'a\\\\Z',
    '\\Z\\Z',
    '\n\\Z',
    '\\\\\\Z',
    '\\\\\\Za\\Z',
    '\\A',
    '\\p{L}',
    '\\u{1}',
    '(?<a>)(?<a>)',
    '(?<a>)\\k<a>',
    '\\k<a>',
    '(?<=a)b',
    '(?i)a',
    '[b-a]',
    '\ud800',
    '/',
    '\n',
  ],
  uuid: [
    '123e4567-e89b-12d3-a456-426614174000',
    '123E4567-E89B-12D3-A456-426614174000',
    'urn:uuid:123e4567-e89b-12d3-a456-426614174000',
    'URN:UUID:123e4567-e89b-12d3-a456-426614174000',
    'urn:uuie:123e4567-e89b-12d3-a456-426614174000',
    'uuid:123e4567-e89b-12d3-a456-426614174000',
    '{123e4567-e89b-12d3-a456-426614174000}',
    '00000000-0000-0000-0000-000000000000',
    '123e4567e89b12d3a456426614174000',
    '123e4567-e89b-12d3-a456-42661417400',
    '123e4567-e89b-12d3-a456-4266141740000',
    'g23e4567-e89b-12d3-a456-426614174000',
    '123e4567-e89b-12d3-a4567-42661417400',
    '123e4567_e89b_12d3_a456_426614174000',
    ' 123e4567-e89b-12d3-a456-426614174000',
  ],
  'json-pointer': pointers,
  'json-pointer-uri-fragment': [
    ...pointers.map((pointer) => `#${pointer}`),
    '',
    '/a',
    '##',
    '#/a%20b',
    '#/a%2',
    '#/%',
    '#/"',
    '#/?',
    '#/é',
    "#/!$&'()*+,;:=@-._",
    '#/a b',
    '#/[',
  ],
  'relative-json-pointer': [
    ...pointers.flatMap((pointer) => [`0${pointer}`, `12${pointer}`, `01${pointer}`, pointer]),
    '0##',
    '0#/a',
    '-1',
    '1.5',
    '00',
    '١',
  ],
  byte: [
    '',
    'aGVsbG8=',
    'aGVsbA==',
    'aGVs',
    'aGV=',
    'aGV',
    'aG==',
    'aG=',
    'a===',
    'a',
    '=',
    '==',
    '====',
    'aGVs=',
    'aGVs==',
    'aGVsbA==aGVs',
    'aG-_',
    'a b=',
    'aGVs\n',
    '!\n',
    '\n!',
    '!\naGVs\n!',
    '!\n!',
    '!\r\n!',
    '!\u2028aGVs\u2029!',
    '!\u0085!',
    '!\vaGVs',
    'aGVs!\naG==!',
  ],
  password: ['', 'a', '\0', '\ud800'],
  binary: ['', 'a', '\0', '\ud800'],
};
const textFormats = Object.keys(edges) as TextFormat[];

// The characters that mean something to some format, their neighbours, and look-alikes.
const alphabet = [
  ...'0123456789aAfFgGzZtTpPvVxXyYmMdDhHsSwW',
  ...'-_.:,;/\\?#[]@!$&\'"()*+=%~|<>{}^` ',
  ...'\0\t\n\r\v\u007f\u0085\u00a0\u00a1\u00e9\u017f\u0660\u1680\u180e\u2000\u200b\u2028\u202f\u212a\u3000\ufeff\uff10\uffff',
  '\ud83d\ude00',
  '\ud83d',
  '\ude00',
  '00',
  '99',
  '::',
  '%41',
  '%4',
  '.5',
  '+01:00',
  '\r\n',
  '~0',
  '{a}',
];

/** Breaks a text, or keeps it whole, in up to four small steps. */
function mutate(text: string, other: string, random: () => number): string {
  const below = (end: number) => Math.floor(random() * end);
  let result = text;
  for (let steps = below(5); steps > 0; steps--) {
    const at = below(result.length + 1);
    const before = result.slice(0, at);
    const after = result.slice(at);
    const piece = alphabet[below(alphabet.length)] ?? '';
    switch (below(9)) {
      case 0:
        result = before + piece + after;
        break;
      case 1:
        result = before + after.slice(1);
        break;
      case 2:
        result = before + piece + after.slice(1);
        break;
      case 3:
        result =
          before +
          String.fromCharCode(after.charCodeAt(0) + (random() < 0.5 ? 1 : -1)) +
          after.slice(1);
        break;
      case 4: {
        const letter = after.slice(0, 1);
        const swapped =
          letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
        result = before + swapped + after.slice(1);
        break;
      }
      case 5:
        result = before + String(below(10)) + after.slice(1);
        break;
      case 6:
        result = before + after.slice(0, below(6)) + after;
        break;
      case 7:
        result = before + other.slice(below(other.length + 1));
        break;
      default:
        result = before + piece.repeat(below(12)) + after;
    }
  }
  return result;
}

/** Runs a function and says what was wrong: nothing, or the first value judged otherwise. */
function differences(name: FormatName, values: Iterable<unknown>): string[] {
  const ours = judge(name);
  const theirs = judgeOf<unknown>(fullFormats[name]);
  const found: string[] = [];
  for (const value of values) {
    if (ours(value) !== theirs(value)) found.push(`${JSON.stringify(value)} is ${theirs(value)}`);
    if (found.length === 5) break;
  }
  return found;
}

describe('formats', () => {
  it('has every format of ajv-formats and no other, for values of the same type', () => {
    expect(Object.keys(knownFormats).sort()).toEqual(Object.keys(fullFormats).sort());
    for (const [name, { type }] of Object.entries(knownFormats)) {
      const theirs = fullFormats[name as FormatName];
      const isNumeric = typeof theirs === 'object' && 'type' in theirs && theirs.type === 'number';
      expect([name, type]).toEqual([name, isNumeric ? 'number' : 'string']);
    }
  });

  it('names the file and the function of each, and the files import nothing', async () => {
    for (const { file, name, validate } of Object.values(knownFormats)) {
      const url = new URL(`../scripts/generate/runtime/${file}`, import.meta.url);
      const exported: Record<string, unknown> = await import(url.href);
      expect(exported[name]).toBe(validate);
      expect(readFileSync(url, 'utf8')).not.toMatch(/^import\b/m);
    }
  });

  describe.each(textFormats)('%s', (name) => {
    it('judges the edges as ajv-formats does', () => {
      expect(differences(name, edges[name])).toEqual([]);
    });

    it('judges 20,000 broken texts as ajv-formats does', () => {
      const random = randomFrom(name.length * 7919 + name.charCodeAt(0));
      const theirs = judgeOf<string>(fullFormats[name]);
      // Mostly valid beginnings: a small step from them is where verdicts part.
      const valid = edges[name].filter((value) => value.length < 80 && theirs(value));
      const all = edges[name].filter((value) => value.length < 300);
      const pick = (list: string[]) => list[Math.floor(random() * list.length)] ?? '';
      const texts: string[] = [];
      for (let i = 0; i < 20_000; i++) {
        // Some formats of ajv-formats take more than linear time, so theirs get no longer texts.
        texts.push(mutate(pick(random() < 0.8 ? valid : all), pick(all), random).slice(0, 400));
      }
      expect(differences(name, texts)).toEqual([]);
      const accepted = texts.filter((text) => theirs(text)).length;
      expect(accepted).toBeGreaterThan(1_000);
      if (name !== 'password' && name !== 'binary') expect(accepted).toBeLessThan(19_000);
    });

    it('judges each single UTF-16 unit as ajv-formats does, alone and inside a text', () => {
      const theirs = judgeOf<string>(fullFormats[name]);
      const frame = edges[name].find((value) => value.length > 3 && theirs(value)) ?? '';
      function* texts() {
        for (let code = 0; code <= 0xffff; code++) {
          // Scripts without special characters are sampled: one of each dozen letters.
          const plain = code > 0x3100 && code < 0xfe00 && (code < 0xd7f0 || code > 0xe010);
          if (plain && code % 12 !== 0) continue;
          const unit = String.fromCharCode(code);
          yield unit;
          yield frame + unit;
          yield `${frame.slice(0, -1)}${unit}${frame.slice(-1)}`;
          if (name.endsWith('date-time')) yield frame.slice(0, 10) + unit + frame.slice(11);
        }
      }
      expect(differences(name, texts())).toEqual([]);
    });
  });

  it.each(numericFormats)('judges numbers by %s as ajv-formats does', (name) => {
    const bounds = [
      2 ** 31,
      2 ** 32,
      2 ** 53,
      2 ** 63,
      2 ** 64,
      1e21,
      Number.MAX_VALUE,
      0.5,
      5e-324,
    ];
    const near = bounds.flatMap((bound) => [bound - 1, bound - 0.5, bound, bound + 1, 1 / bound]);
    const odd = [0, Number.NaN, Number.POSITIVE_INFINITY];
    const random = randomFrom(4);
    const many = Array.from({ length: 20_000 }, () => {
      const value = 2 ** (random() * 70);
      return random() < 0.5 ? Math.floor(value) : value;
    });
    const values = [...near, ...odd, ...many];
    expect(differences(name, [...values, ...values.map((value) => -value)])).toEqual([]);
  });

  // 200,000 characters would take minutes or more where the time grows with their square.
  const long = 200_000;
  const runs = [
    ...[
      '0',
      '9',
      'a',
      '-',
      '.',
      ':',
      '/',
      '@',
      '%41',
      '%',
      '~0',
      '~',
      '=',
      '[',
      ']',
      '{a}',
      '{',
      ',',
      '\\',
      '\\Z',
    ],
    ...[
      '\n',
      '!\n',
      ' ',
      '\u3000',
      '\0',
      '\ud83d',
      '\ude00',
      '\ud83d\ude00',
      'a.',
      'a-',
      'a@',
      'a.a@',
      ':@',
      '::',
    ],
    ...[
      '1Y',
      '1D',
      'T',
      'a:',
      '/a',
      '1.',
      'aGVs',
      'aGVs=',
      'a,',
      '{a,',
      '(',
      '[a-',
      '(?<a>)',
      'a|',
      'a{1,2}',
    ],
  ];
  const starts: Record<TextFormat, string[]> = {
    date: ['2021-02-2'],
    time: ['22:30:59.', '22:30:00Z'],
    'date-time': ['2021-02-22T22:30:59.', '2021-02-22'],
    'iso-time': ['22:30:59.', '22:30:00'],
    'iso-date-time': ['2021-02-22T22:30:59.', '2021-02-22'],
    duration: ['P', 'PT', 'P1'],
    uri: ['a:', 'a://', 'a://[', 'a://[::', 'a://u@[::1]', 'a://[::1]:', 'a:b?', 'a:b#'],
    'uri-reference': ['', 'a:', '//', '//[', '//[v1.', '//u@[::1]', '?', '#'],
    'uri-template': ['', '{', '{a,', '{a:1', '{+'],
    url: ['http://', 'http://a', 'http://a@', 'http://a.bc:', 'http://a.bc/', 'http://1.2.3.4/'],
    email: ['', 'a', 'a.', 'a@', 'a@b.', 'a@b'],
    hostname: ['', 'a', 'a.'],
    ipv4: ['', '1.', '1.2.3.'],
    ipv6: ['', '::', '1:', '::1.2.3.'],
    regex: ['', '('],
    uuid: ['', 'urn:uuid:', '123e4567-e89b-12d3-a456-426614174000'],
    'json-pointer': ['', '/', '/~'],
    'json-pointer-uri-fragment': ['#', '#/', '#/~'],
    'relative-json-pointer': ['', '1', '0#', '0/'],
    byte: ['', '!\n', 'aGVs'],
    password: [''],
    binary: [''],
  };
  it.each(textFormats)(
    'reads 200,000 characters as %s in few passes, throwing nothing',
    (name) => {
      const validate = judge(name);
      for (const start of starts[name]) {
        for (const run of runs) {
          const text =
            start + run.repeat(Math.ceil(long / run.length / (name === 'regex' ? 20 : 1)));
          for (const end of ['', '!\0']) expect(typeof validate(text + end)).toBe('boolean');
        }
      }
    },
    30_000,
  );
});
