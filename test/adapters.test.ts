/**
 * Through every adapter, with the real frameworks: only a known message of an authentic sender reaches the handler,
 * once; everything else is answered with its status, and told to the observer that is for it.
 */
import { describe, expect, it } from 'vitest';
import * as mews from '../generated/mews/index.js';
import { observed, providerModule, written } from './support/observed.js';
import { providers } from './support/repository.js';
import { adapters } from './support/webhook-servers.js';

const SECRET = 'a secret for tests';
const LIMIT = 2_000;
const sample = mews.messages[0].examples[0]?.payload;
const good = JSON.stringify(sample);

/** Bodies, with what an authentic sender gets for them. */
const bodies = {
  good: { body: good, status: 200, handled: ['booking.status.updated'] },
  'broken JSON': { body: good.slice(0, -1), status: 400, refused: ['body.not-json'] },
  'invalid payload': {
    body: good.replace(/"status":"[^"]*"/, '"status":7'),
    status: 422,
    refused: ['payload.invalid'],
  },
  'unknown message': {
    body: good.replace('booking.status.updated', 'booking.unheard.of'),
    status: 200,
    unknown: ['message.unknown'],
  },
  'too large': {
    body: good.padEnd(LIMIT + 1),
    status: 413,
    refused: ['body.too-large'],
  },
  'as large as may be': {
    body: good.padEnd(LIMIT),
    status: 200,
    handled: ['booking.status.updated'],
  },
  empty: { body: '', status: 400, refused: ['body.empty'] },
} as const;

/** Senders, with what the others than the authentic one get. */
const senders = {
  'no credentials': { refused: 'credentials.missing', headers: async () => ({}) },
  'bad credentials': {
    refused: 'credentials.wrong',
    headers: (body: string) => mews.sign(body, { secret: 'another secret' }),
  },
  'good credentials': {
    refused: undefined,
    headers: (body: string) => mews.sign(body, { secret: SECRET }),
  },
} as const;

const cases = Object.entries(senders).flatMap(([who, sender]) =>
  Object.entries(bodies).map(([what, body]) => ({ who, what, sender, expected: body })),
);

describe.each(Object.keys(adapters))('%s', (name) => {
  it.each(cases)('judges $who with a body that is $what', async ({ what, sender, expected }) => {
    const parts = observed(mews, mews.receiver({ secrets: [SECRET], maxBytes: LIMIT }));
    const post = await adapters[name]?.(parts);
    const status = await post?.(expected.body, await sender.headers(expected.body));
    const nothing = { handled: [], unknown: [], refused: [], errors: [] };
    if (sender.refused === undefined || what === 'too large') {
      const { status: wanted, body: _, ...told } = expected;
      expect(status).toBe(wanted);
      expect(written(parts)).toEqual({ ...nothing, ...told });
    } else {
      expect(status).toBe(401);
      expect(written(parts)).toEqual({ ...nothing, refused: [sender.refused] });
    }
  });

  it('gives the handler what was sent, and answers without observers', async () => {
    const { handled, ...parts } = observed(mews, mews.receiver({ secrets: [SECRET] }));
    const { module, receive, handle } = parts;
    const post = await adapters[name]?.({ module, receive, handle });
    const headers = { 'X-Extra': 'kept', ...(await mews.sign(good, { secret: SECRET })) };
    expect(await post?.(good, headers)).toBe(200);
    expect(await post?.(good, {})).toBe(401);
    const { body, status } = bodies['unknown message'];
    expect(await post?.(body, await mews.sign(body, { secret: SECRET }))).toBe(status);
    expect(handled).toMatchObject([{ kind: 'message', payload: sample, status: 200 }]);
    expect(handled[0]?.headers).toMatchObject({ 'x-extra': 'kept' });
  });

  it('waits for the handler before it answers', async () => {
    let isDone = false;
    const handle = async () => {
      await new Promise((done) => setImmediate(done));
      isDone = true;
    };
    const parts = observed(mews, mews.receiver({ secrets: [SECRET] }), { handle });
    const post = await adapters[name]?.(parts);
    expect(await post?.(good, await mews.sign(good, { secret: SECRET }))).toBe(200);
    expect(isDone).toBe(true);
  });

  const failures = {
    'a handler that throws': { handle: fail, sender: senders['good credentials'] },
    'a handler that rejects': { handle: reject, sender: senders['good credentials'] },
    'an observer that throws': { onRefused: fail, sender: senders['bad credentials'] },
    'an observer that rejects': { onRefused: reject, sender: senders['no credentials'] },
  };
  it.each(Object.keys(failures) as (keyof typeof failures)[])('survives %s', async (what) => {
    const { sender, ...change } = failures[what];
    const parts = observed(mews, mews.receiver({ secrets: [SECRET] }), change);
    const post = await adapters[name]?.(parts);
    const headers = await sender.headers(good);
    expect(await post?.(good, headers)).toBe(500);
    expect(await post?.(good, headers)).toBe(500);
    expect(parts.errors).toEqual([new Error('the test says so'), new Error('the test says so')]);
  });

  // Nothing, 'route' and 'router' are no errors to Express: it would ask the next route to answer.
  it.each([undefined, null, 0, 'route', 'router'])(
    'answers 500 to a rejection by %s',
    async (reason) => {
      const handle = () => Promise.reject(reason);
      const parts = observed(mews, mews.receiver({ secrets: [SECRET] }), { handle });
      const post = await adapters[name]?.(parts);
      expect(await post?.(good, await mews.sign(good, { secret: SECRET }))).toBe(500);
    },
  );
});

/** What each provider's sender proves itself with; GUEST states nothing. */
const credentials: Record<string, { options?: object; good?: object; bad?: object }> = {
  'e-res': inHeader('X-Key'),
  guest: {},
  mews: {
    options: { secrets: [SECRET] },
    good: { secret: SECRET },
    bad: { secret: 'another secret' },
  },
  mozrest: {
    options: { tokens: ['a-token-for-tests'] },
    good: { token: 'a-token-for-tests' },
    bad: { token: 'another-token' },
  },
  quandoo: inHeader('X-Any-Name'),
};

describe.each(providers)('%s', (provider) => {
  const { options, good: right, bad: wrong } = credentials[provider] ?? {};
  const who = right === undefined ? ['no'] : ['no', 'bad', 'good'];
  const requests = who.flatMap((sender) =>
    ['good', 'broken'].map((body) => ({ sender, body }) as const),
  );

  it.each(requests)('judges $sender credentials with a $body body', async ({ sender, body }) => {
    const module = await providerModule(provider);
    const [message] = module.messages;
    const [example] = message?.examples ?? [];
    const text = JSON.stringify(example?.payload).slice(0, body === 'good' ? undefined : -1);
    const parts = observed(module, module.receiver(options));
    const post = await adapters.Express?.(parts);
    const signer = sender === 'good' ? right : wrong;
    const signed = sender === 'no' ? {} : await module.sign(text, signer);
    const status = await post?.(text, { ...example?.headers, ...signed });
    const isAuthentic = sender === 'good' || right === undefined;
    expect(status).toBe(isAuthentic ? (body === 'good' ? 200 : 400) : 401);
    const refusal = { no: 'credentials.missing', bad: 'credentials.wrong' }[sender];
    expect(written(parts)).toEqual({
      handled: isAuthentic && body === 'good' ? [message?.name] : [],
      unknown: [],
      refused: isAuthentic ? (body === 'good' ? [] : ['body.not-json']) : [refusal],
      errors: [],
    });
  });
});

function inHeader(name: string) {
  return {
    options: { headers: { [name]: ['a value for tests'] } },
    good: { headers: { [name]: 'a value for tests' } },
    bad: { headers: { [name]: 'another value' } },
  };
}

function fail(): never {
  throw new Error('the test says so');
}

async function reject(): Promise<never> {
  throw new Error('the test says so');
}
