/** The codes that receivers compute, beside those of `node:crypto`. */
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { macOf, someEqual } from '../scripts/generate/runtime/crypto.js';
import { randomFrom } from './support/random.js';

const random = randomFrom(7);
const randomBytes = (length: number) => Uint8Array.from({ length }, () => random.below(256));

describe('a code', () => {
  it.each([8, 31, 32, 63, 64, 65, 127, 128, 129, 1_000])('with a key of %i bytes', (length) => {
    const key = randomBytes(length);
    const mac = macOf(key);
    // Small after large, and large after small: nothing of one may be left for the next.
    for (const size of [0, 1, 55, 64, 119, 16_383, 16_384, 16_385, 40_000, 300, 2, 0]) {
      for (const before of ['', '1790000000.', 'msg_1.1790000000.']) {
        const body = randomBytes(size);
        for (const encoding of ['hex', 'base64'] as const) {
          const expected = createHmac('sha256', key).update(before).update(body).digest(encoding);
          expect(mac(before, body, encoding)).toBe(expected);
        }
      }
    }
  });
});

describe('codes', () => {
  it.each([
    [['abcd'], ['abcd'], true],
    [['abcd'], ['abce'], false],
    [['abcd'], ['Xbcd'], false],
    [['abcd'], ['abc'], false],
    [['abcd'], ['abcde'], false],
    [['abcd'], [''], false],
    [[''], ['a'], false],
    [['abcd', 'efgh'], ['efgh'], true],
    [['abcd'], ['efgh', 'abcd'], true],
    [['abcd', 'efgh'], ['ijkl', 'mnop'], false],
    [[], ['abcd'], false],
    [['abcd'], [], false],
    [['abcd'], ['abc\u0164'], false],
  ] as const)('%j and %j', (codes, presented, expected) => {
    expect(someEqual(codes, presented)).toBe(expected);
  });
});
