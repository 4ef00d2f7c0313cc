/** What a receiver answers, by the delivery rules of its document. */
import { describe, expect, it } from 'vitest';
import { statusesOf } from '../scripts/generate/statuses.js';
import type { StatusRange } from '../scripts/spec/model.js';
import { receivingModule } from './support/receiving-module.js';

const bearer = '{ type: http, scheme: bearer }';
const token = 'a-token-of-some-length';
const order = JSON.stringify({ type: 'order', id: 1 });
const bytes = (text: string) => new TextEncoder().encode(text);

describe('statuses', () => {
  const plan = (
    success: readonly StatusRange[] | undefined,
    failure: readonly StatusRange[] | 'any other' | undefined,
  ) => Object.values(statusesOf({ success, failure }));

  it.each([
    ['nothing is stated', undefined, undefined, [200, 401, 400, 413, 422, 500]],
    ['exactly 200', [[200, 200]], 'any other', [200, 401, 400, 413, 422, 500]],
    ['another success', [[202, 202]], 'any other', [202, 401, 400, 413, 422, 500]],
    ['a range with 200', [[200, 299]], undefined, [200, 401, 400, 413, 422, 500]],
    ['a range without it', [[201, 204]], undefined, [201, 401, 400, 413, 422, 500]],
    ['failures that hold all', undefined, [[400, 500]], [200, 401, 400, 413, 422, 500]],
    ['failures of the server only', undefined, [[500, 599]], [200, 500, 500, 500, 500, 500]],
    ['one failure', [[200, 200]], [[410, 410]], [200, 410, 410, 410, 410, 410]],
    [
      'client errors that count as delivered',
      [[200, 499]],
      undefined,
      [200, 500, 500, 500, 500, 500],
    ],
    [
      'one error that counts as delivered',
      [
        [200, 200],
        [401, 401],
      ],
      undefined,
      [200, 400, 400, 413, 422, 500],
    ],
    ['an interim status', [[100, 100]], undefined, [200, 401, 400, 413, 422, 500]],
  ] as [string, StatusRange[] | undefined, StatusRange[] | 'any other' | undefined, number[]][])(
    '%s',
    (_, success, failure, expected) => {
      expect(plan(success, failure)).toEqual(expected);
    },
  );

  it('are those of the document', async () => {
    const { receiver, sign } = await receivingModule({
      servers: [[bearer]],
      delivery: 'success: { value: [204], source: { document: d, section: s } }',
    });
    const receive = receiver({ tokens: [token] });
    expect(
      await receive({ headers: await sign(order, { token }), body: bytes(order) }),
    ).toMatchObject({ kind: 'message', status: 204 });
  });
});
