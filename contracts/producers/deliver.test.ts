/** What happens after a message is written: attempts, statuses, redirects, timeouts, and the fallback. */
import { describe, expect, it } from 'vitest';
import { deliver } from './deliver.js';
import { type DeliveryRules, readRules, verdictOn } from './delivery-rules.js';
import { closedUrl, recordingServer } from './recording-server.js';
import { writeRequest } from './webhook-request.js';

const quandoo = readRules('quandoo');
const guest = readRules('guest', { noResponse: 'unclear' });
const mews = readRules('mews');

describe('verdictOn', () => {
  it.each<[provider: string, rules: DeliveryRules, Record<string, readonly number[]>]>([
    [
      'quandoo: exactly 200',
      quandoo,
      { delivered: [200], failed: [201, 202, 204, 301, 307, 400, 404, 500, 599] },
    ],
    [
      'guest: 400 to 500 fail, and nothing is said of other errors',
      guest,
      { delivered: [200, 204, 299], failed: [400, 404, 499, 500], unclear: [301, 399, 501, 503] },
    ],
    [
      'mews: nothing stated',
      mews,
      { delivered: [200, 202, 299], failed: [300, 307, 400, 500, 503] },
    ],
  ])('%s', (_, rules, expected) => {
    for (const [verdict, statuses] of Object.entries(expected)) {
      expect(statuses.map((status) => [status, verdictOn(status, rules)])).toEqual(
        statuses.map((status) => [status, verdict]),
      );
    }
  });

  it('calls a status outside both lists unclear', () => {
    const rules = { success: [[200, 200]], failure: [[400, 500]] } as const;
    expect(verdictOn(204, rules)).toBe('unclear');
    expect(verdictOn(204, { ...rules, failure: undefined })).toBe('failed');
  });
});

describe('readRules', () => {
  it('reads attempts from the document, one where none are stated', () => {
    expect([quandoo, guest, mews].map(({ attempts }) => attempts)).toEqual([3, 1, 1]);
  });
});

describe('deliver', () => {
  it('sends one POST with the bytes and headers it was given', async () => {
    const server = await recordingServer(200);
    const request = await writeRequest(server.url, { payload: { name: 'Zoë' } }, async (body) => ({
      'X-Length': String(body.length),
    }));
    expect(await deliver(request, mews)).toEqual({
      verdict: 'delivered',
      attempts: [{ url: server.url, status: 200, verdict: 'delivered' }],
    });
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        path: '/hook',
        headers: { 'content-type': 'application/json', 'x-length': '15', 'content-length': '15' },
      },
    ]);
    expect(server.requests[0]?.body.toString()).toBe('{"name":"Zoë"}');
  });

  it('does not follow redirects', async () => {
    const elsewhere = await recordingServer(200);
    const server = await recordingServer([307, { Location: elsewhere.url }]);
    const outcome = await deliver(await writeRequest(server.url, { payload: 1 }), mews);
    expect(outcome).toMatchObject({ verdict: 'failed', attempts: [{ status: 307 }] });
    expect(elsewhere.requests).toHaveLength(0);
  });

  it.each(['failed', 'unclear'] as const)(
    'calls no response %s, as it was set',
    async (verdict) => {
      const rules = { ...mews, noResponse: verdict };
      const request = await writeRequest(await closedUrl(), { payload: 1 });
      const attempts = [{ url: request.url, status: undefined, verdict }];
      expect(await deliver(request, rules)).toEqual({ verdict, attempts });
    },
  );

  it('gives an attempt up when its time is over', async () => {
    const server = await recordingServer('none', 200);
    const rules = { ...quandoo, timeout: 100 };
    const outcome = await deliver(await writeRequest(server.url, { payload: 1 }), rules);
    expect(outcome.attempts.map(({ status }) => status)).toEqual([undefined, 200]);
  });

  it('waits between two attempts', async () => {
    const server = await recordingServer(500, 200);
    const rules = { ...quandoo, delay: 60 };
    const start = performance.now();
    await deliver(await writeRequest(server.url, { payload: 1 }), rules);
    expect(server.requests).toHaveLength(2);
    expect(performance.now() - start).toBeGreaterThan(50);
  });

  it('throws where the request itself is wrong', async () => {
    const request = await writeRequest('no address', { payload: 1 });
    await expect(deliver(request, mews)).rejects.toThrow(TypeError);
  });
});
