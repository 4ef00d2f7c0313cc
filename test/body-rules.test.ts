/** What JSON a receiver takes: every rule of its own, in each disguise, and what comes near it and passes. */
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, type MakeReceiver, outcomeOf, receiverOf } from './support/make-receiver.js';
import { documentWith } from './support/small-documents.js';

let receiver: MakeReceiver;
beforeAll(async () => {
  receiver = await receiverOf(documentWith('{}'));
});

const passes = '200 message';

/** Tests bodies, texts or bytes, that are all answered alike. */
function answers(expected: string, bodies: readonly (string | number[])[], options = {}): void {
  it.each(bodies.map((body) => [JSON.stringify(body).slice(0, 70), body] as const))(
    `${expected}: %s`,
    async (_, body) => {
      const bytes = typeof body === 'string' ? bytesOf(body) : new Uint8Array(body);
      const result = await receiver(options)({ headers: {}, body: bytes });
      expect(outcomeOf(result)).toBe(expected);
      if (expected === passes) {
        const text = new TextDecoder().decode(bytes);
        expect(result.payload).toEqual(JSON.parse(text));
      }
    },
  );
}

describe('the name __proto__', () => {
  answers('400 body.forbidden-key', [
    '{"__proto__":{"isAdmin":true}}',
    '{"__proto__":null}',
    '{"\\u005f_proto__":1}',
    '{"\\u005F\\u005f\\u0070\\u0072\\u006f\\u0074\\u006f\\u005f\\u005f":1}',
    '{"__prot\\u006f__":1}',
    '{"a":{"b":[0,{"__proto__":1}]}}',
    '[[[{"a":1,"__proto__":[]}]]]',
    '{"n":1e20,"__proto__":1}',
  ]);
  answers(passes, [
    '{"a":"__proto__"}',
    '["__proto__"]',
    '{"__proto":1,"_proto__":2,"__Proto__":3," __proto__":4,"__proto__ ":5}',
    '{"constructor":{"prototype":{"isAdmin":true}}}',
    '{"toString":1,"hasOwnProperty":2,"valueOf":3}',
    '{"\\\\u005f_proto__":1}',
  ]);
});

describe('names that stand twice', () => {
  const twice = [
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '{"\\u0061":1,"\\u0061":2}',
    '{"é":1,"\\u00e9":2}',
    '{"\\u00e9":1,"\\u00E9":2}',
    '{"😀":1,"\\ud83d\\ude00":2}',
    '{"/":1,"\\/":2}',
    '{"\\"":1,"\\u0022":2}',
    '{"\\n":1,"\\u000a":2}',
    '{"":1,"b":2,"":3}',
    '[{"b":{"c":[{"d":0,"d":0}]}}]',
    '{"a":{"b":1},"c":[{"a":2}],"a":3}',
    '{"a" : 1 ,\n"a"\t: 2}',
    '{"x":"\\\\","a":1,"a":2}',
    '{"constructor":1,"constructor":2}',
  ];
  answers('400 body.duplicate-key', twice, { refuseDuplicateKeys: true });
  answers(passes, twice);
  answers(
    passes,
    [
      '{"a":1,"A":2}',
      '{"a":{"a":{"a":1}}}',
      '[{"a":1},{"a":1}]',
      '{"a":"a","b":"a"}',
      '{"a":{"b":1},"b":{"a":1}}',
      '{"\\u00e9":1,"e\\u0301":2}',
      '{"a":"{\\"a\\":1,\\"a\\":2}"}',
      '{"a":"\\",\\"a\\":\\"","b":1}',
      '{"a":["a","a",":",":"],"b":0}',
      '{"\\\\u0061":1,"a":2}',
      '{"toString":1,"valueOf":2}',
    ],
    { refuseDuplicateKeys: true },
  );
});

describe('numbers', () => {
  answers('400 body.number', [
    '9007199254740992',
    '-9007199254740992',
    '{"id":9007199254740993}',
    '[1,[2,{"a":-9007199254740993}]]',
    '100000000000000000000',
    '{"s":"text","n":18446744073709551615}',
    '{"n":1e20,"m":9007199254740992}',
    '{"s":"\\\\","n":9007199254740992}',
    '1e400',
    '-1e400',
    '1E+309',
    '{"n":[0,-1e400]}',
    '1'.repeat(400),
  ]);
  answers(passes, [
    '9007199254740991',
    '-9007199254740991',
    '1e20',
    '-1e20',
    '1E+20',
    '1.5',
    '-0',
    '1e-400',
    '0.1234567890123456789',
    '1.7976931348623157e308',
    '"9007199254740993"',
    '{"9007199254740993":1}',
    '{"s":"9007199254740993","n":1e20}',
    '{"s":"\\"9007199254740993","n":1e20}',
    '{"s":"\\\\\\",9007199254740993","n":1e20}',
    '["1e400","-1e400",":9007199254740993,",1e20]',
  ]);
});

describe('text', () => {
  answers('400 body.empty', ['']);
  answers('400 body.not-utf8', [
    [0xff],
    [0x22, 0xfe, 0x22],
    [0x22, 0xc0, 0xaf, 0x22],
    [0x22, 0xed, 0xa0, 0x80, 0x22],
    [0x22, 0xe2, 0x82, 0x22],
    [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22],
    [0x7b, 0x7d, 0xc3],
    [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00],
  ]);
  answers('400 body.not-json', [
    ...[' ', '\n\t\r ', '\ufeff', '\ufeff\ufeff{}', '\u00a0{}', '{}\u2028', '{}\0', '\0', '\f{}'],
    ...['{"a":1,}', '[1,]', '[,1]', '{,}', '{"a":1 "b":2}', '{"a"}', '{a:1}', "{'a':1}", '{', '"'],
    ...['NaN', 'Infinity', '-Infinity', 'undefined', '01', '-01', '+1', '.5', '1.', '0x10', '1_0'],
    ...['{} {}', '[] 1', '// c\n1', '1/**/', '"\n"', '"\t"', '"\\x41"', '"\\u12"', '"\0"', 'True'],
    ...[String.raw`"\u{41}"`, '{"a":1}garbage', 'id=1&name=2', '<a/>'],
  ]);
  answers(passes, [
    ...[
      '\ufeff{}',
      ' \n\t\r{} \n\t\r',
      '"\\ud800"',
      '{"\\udfff":"\\ud83d"}',
      '"\\u0000"',
      '"\u2028"',
    ],
    ...['null', 'true', '0', '""', '[]', '"\u007f"', '"\\ud83d\\ude00"', '"\ufeff"'],
  ]);

  it('is read afresh after text that is no UTF-8', async () => {
    const receive = receiver();
    for (const bad of [
      [0xe2, 0x82],
      [0xef, 0xbb],
      [0xf0, 0x9f, 0x98],
    ]) {
      await receive({ headers: {}, body: new Uint8Array(bad) });
      const { payload } = await receive({ headers: {}, body: bytesOf('\ufeff{"a":"€"}') });
      expect(payload).toEqual({ a: '€' });
    }
  });
});

describe('depth', () => {
  const lists = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const objects = (depth: number) => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`;
  const mixed = (depth: number) => `${'[{"a":'.repeat(depth / 2)}0${'}]'.repeat(depth / 2)}`;
  answers(passes, [lists(128), objects(128), mixed(128), `[1,"x",${lists(127)},${lists(127)}]`]);
  answers('400 body.too-deep', [lists(129), objects(129), mixed(130), `[1,"x",${lists(128)}]`]);
  answers(passes, ['1', '"["', '[]', '{}', '{"a":1,"b":"[[[["}'], { maxDepth: 1 });
  answers('400 body.too-deep', ['[[]]', '[{}]', '{"a":[]}', '{"a":{}}'], { maxDepth: 1 });
  answers(passes, [lists(7), objects(7)], { maxDepth: 7 });
  answers('400 body.too-deep', [lists(8), objects(8)], { maxDepth: 7 });
  answers(passes, [lists(1_000), objects(1_000)], { maxDepth: 1_000 });
  answers('400 body.too-deep', [lists(1_001), objects(1_001)], { maxDepth: 1_000 });
});

describe('large bodies', () => {
  it('are read exactly, whatever their strings and numbers are made of', async () => {
    const escapes = `["${'\\n'.repeat(4_000_000)}", 1e20]`;
    const digits = `[0.${'1'.repeat(4_000_000)}, 1e20]`;
    const receive = receiver({ maxBytes: 20_000_000, refuseDuplicateKeys: true });
    for (const text of [escapes, digits]) {
      expect(outcomeOf(await receive({ headers: {}, body: bytesOf(text) }))).toBe(passes);
    }
  });
});
