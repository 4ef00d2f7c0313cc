/** What a receiver demands of requests, by what its document says. */
import { describe, expect, it } from 'vitest';
import { generatedModule } from './support/generated-module.js';
import { receivingModule } from './support/receiving-module.js';

const secret = 'a secret of some length';
const token = 'a-token-of-some-length';
const key = 'a key of some length';
const order = JSON.stringify({ type: 'order', id: 1 });
const refund = JSON.stringify({ type: 'refund', id: 1 });
const bytes = (text: string) => new TextEncoder().encode(text);

const signature = `{ type: httpApiKey, in: header, name: X-Signature,
  x-credential: { kind: hmac, algorithm: sha256, encoding: hex, over: raw body, prefix: "sha256=" } }`;
const bearer = '{ type: http, scheme: bearer }';
const apiKey = '{ type: httpApiKey, in: header, name: X-Api-Key }';
const freeHeader = `{ type: httpApiKey, in: header, name: X-Any,
  x-credential: { kind: static-header, name: free, required: false } }`;
const sasl = '{ type: scramSha256 }';

describe('alternatives of a server', async () => {
  const { receiver, sign, judged } = await receivingModule({ servers: [[signature, bearer]] });

  it('demand one of them', () => {
    expect(() => receiver()).toThrow(
      'the document demands a signature in X-Signature: give "secrets", or a bearer token: give "tokens"',
    );
    expect(() => receiver({ headers: { 'X-Api-Key': [key] } })).toThrow(
      'headers is nothing this document has a use for: it wants secrets or tokens',
    );
  });

  it('take those only that are configured', async () => {
    const signed = await sign(order, { secret });
    const borne = await sign(order, { token });
    const both = { ...signed, ...borne };
    const verdicts = async (options: object) => {
      const receive = receiver(options);
      return Promise.all(
        [{}, signed, borne, both].map((headers) => judged(receive, order, headers)),
      );
    };
    expect(await verdicts({ secrets: [secret] })).toEqual([
      'credentials.missing',
      'order',
      'credentials.missing',
      'order',
    ]);
    expect(await verdicts({ tokens: [token] })).toEqual([
      'credentials.missing',
      'credentials.missing',
      'order',
      'order',
    ]);
    expect(await verdicts({ secrets: [secret], tokens: [token] })).toEqual([
      'credentials.missing',
      'order',
      'order',
      'order',
    ]);
  });
});

describe('a server and an operation', async () => {
  const security = { servers: [[bearer]], operations: { order: [apiKey], refund: [apiKey] } };
  const { receiver, sign, judged } = await receivingModule(security);
  const headers = { 'x-api-key': [key] };

  it('demand both', async () => {
    expect(() => receiver({ tokens: [token] })).toThrow(
      'a bearer token: give "tokens"; and the header X-Api-Key: give "headers"',
    );
    expect(() => receiver({ headers })).toThrow('the document demands');
    const receive = receiver({ tokens: [token], headers });
    const borne = await sign(order, { token });
    const keyed = await sign(order, { headers: { 'X-Api-Key': key } });
    expect(await judged(receive, order, borne)).toBe('credentials.missing');
    expect(await judged(receive, order, keyed)).toBe('credentials.missing');
    expect(await judged(receive, order, { ...borne, ...keyed })).toBe('order');
  });

  it('name the header that may be configured', () => {
    expect(() => receiver({ tokens: [token], headers: { 'X-Other': [key] } })).toThrow(
      'headers names "X-Other": the document\'s is X-Api-Key',
    );
  });
});

describe('operations that demand different things', async () => {
  const { receiver, sign, judged } = await receivingModule({
    operations: { order: [signature], refund: [bearer] },
  });

  it('are each asked for their own', async () => {
    const receive = receiver({ secrets: [secret], tokens: [token] });
    const signed = await sign(refund, { secret });
    const borne = await sign(refund, { token });
    expect(await judged(receive, refund, {})).toBe('credentials.missing');
    expect(await judged(receive, refund, signed)).toBe('credentials.missing');
    expect(await judged(receive, refund, borne)).toBe('refund');
    expect(await judged(receive, order, await sign(order, { secret }))).toBe('order');
    expect(await judged(receive, order, borne)).toBe('credentials.missing');
  });

  it('can be received in part', async () => {
    const receive = receiver({ secrets: [secret] });
    expect(await judged(receive, order, await sign(order, { secret }))).toBe('order');
    expect(await judged(receive, refund, await sign(refund, { secret }))).toBe(
      'credentials.unconfigured',
    );
    expect(() => receiver()).toThrow('the document demands a signature');
  });
});

describe('an operation without security beside one with it', async () => {
  const { receiver, sign, judged } = await receivingModule({ operations: { order: [signature] } });

  it('lets no other message in without its own', async () => {
    expect(() => receiver()).toThrow('the document demands a signature');
    const receive = receiver({ secrets: [secret] });
    expect(await judged(receive, refund, {})).toBe('refund');
    expect(await judged(receive, order, {})).toBe('credentials.missing');
    expect(await judged(receive, order, await sign(order, { secret }))).toBe('order');
    const unknown = '{"type":"invoice"}';
    expect(await judged(receive, unknown, {})).toBe('credentials.missing');
    expect(await judged(receive, unknown, await sign(unknown, { secret }))).toBe('message.unknown');
    expect(await judged(receive, '{', {})).toBe('credentials.missing');
  });
});

describe('an operation with security behind one without', async () => {
  it('is named by what it demands', async () => {
    const { receiver } = await receivingModule({ operations: { refund: [bearer] } });
    expect(() => receiver()).toThrow('the document demands a bearer token: give "tokens"');
  });
});

describe('a message that no operation lists', async () => {
  const { receiver, judged } = await receivingModule({
    operations: { order: [signature] },
    isRefundForgotten: true,
  });

  it('demands what the others of its channel do', async () => {
    expect(() => receiver()).toThrow('the document demands a signature');
    expect(await judged(receiver({ secrets: [secret] }), refund, {})).toBe('credentials.missing');
  });
});

describe('messages that fit alike', async () => {
  const { receiver, sign, judged } = await receivingModule({
    operations: { order: [bearer], refund: [signature] },
    isUntold: true,
  });

  it('are told by what the sender bears', async () => {
    const receive = receiver({ tokens: [token], secrets: [secret] });
    expect(await judged(receive, order, await sign(order, { token }))).toBe('order');
    expect(await judged(receive, order, await sign(order, { secret }))).toBe('refund');
    expect(await judged(receive, order, {})).toBe('credentials.missing');
  });
});

describe('a header of free name beside a fixed one', async () => {
  const { receiver, judged } = await receivingModule({
    operations: { order: [freeHeader], refund: [apiKey] },
  });

  it('is not asked for the other', async () => {
    const receive = receiver({ headers: { 'X-Mine': [key], 'X-Api-Key': [key] } });
    expect(await judged(receive, order, { 'x-mine': key })).toBe('order');
    expect(await judged(receive, refund, { 'x-mine': key })).toBe('credentials.missing');
    expect(await judged(receive, refund, { 'x-api-key': key })).toBe('refund');
    expect(await judged(receive, order, { 'x-api-key': key })).toBe('credentials.missing');
  });
});

describe('servers of other protocols', async () => {
  it('are not asked about requests', async () => {
    const { receiver, sign, judged } = await receivingModule({
      servers: [[signature]],
      kafka: [sasl],
    });
    const receive = receiver({ secrets: [secret] });
    expect(await judged(receive, order, await sign(order, { secret }))).toBe('order');
  });
});

describe('an optional header', async () => {
  it('is asked for where it is configured only', async () => {
    const { receiver, judged } = await receivingModule({ servers: [[freeHeader]] });
    expect(await judged(receiver(), order, {})).toBe('order');
    const receive = receiver({ headers: { 'X-Mine': [key], 'X-Too': [`${key}!`, key] } });
    expect(await judged(receive, order, {})).toBe('credentials.missing');
    expect(await judged(receive, order, { 'X-MINE': key })).toBe('credentials.missing');
    expect(await judged(receive, order, { 'X-MINE': key, 'x-too': key })).toBe('order');
    expect(await judged(receive, order, { 'X-MINE': key, 'x-too': `${key}?` })).toBe(
      'credentials.wrong',
    );
  });

  it('gives way to a signature that is configured', async () => {
    const { receiver, sign, judged } = await receivingModule({
      servers: [[freeHeader, signature]],
    });
    expect(() => receiver()).toThrow('the document demands');
    const receive = receiver({ secrets: [secret] });
    expect(await judged(receive, order, {})).toBe('credentials.missing');
    expect(await judged(receive, order, await sign(order, { secret }))).toBe('order');
    expect(await judged(receiver({ headers: { 'X-Mine': [key] } }), order, { 'x-mine': key })).toBe(
      'order',
    );
  });
});

describe('several servers', async () => {
  it('are places of which a consumer has one', async () => {
    const { receiver, sign, judged } = await receivingModule({
      servers: [[signature], [bearer], []],
    });
    expect(() => receiver()).toThrow('the document demands');
    const receive = receiver({ tokens: [token] });
    expect(await judged(receive, order, {})).toBe('credentials.missing');
    expect(await judged(receive, order, await sign(order, { token }))).toBe('order');
  });
});

describe('a scheme that no header shows', async () => {
  const { receiver, exports, judged } = await receivingModule({ servers: [[sasl]] });

  it('must be given up in so many words', async () => {
    expect(() => receiver()).toThrow(
      'the document demands scramSha256, which can\'t be judged by headers and body: judge it yourself, and say "dangerouslyAcceptUnauthenticated"',
    );
    const receive = receiver({ dangerouslyAcceptUnauthenticated: true });
    expect(await judged(receive, order, {})).toBe('order');
    expect(exports).not.toHaveProperty('sign');
  });
});

describe('giving up authenticity', async () => {
  const { receiver, sign, judged } = await receivingModule({ servers: [[signature]] });

  it('takes the word true, and still asks for what is given beside it', async () => {
    for (const value of [1, 'true', {}, false, null, undefined]) {
      expect(() => receiver({ dangerouslyAcceptUnauthenticated: value })).toThrow(TypeError);
    }
    const receive = receiver({ dangerouslyAcceptUnauthenticated: true, secrets: [secret] });
    expect(await judged(receive, order, {})).toBe('credentials.missing');
    expect(await judged(receive, order, await sign(order, { secret }))).toBe('order');
    expect(await judged(receiver({ dangerouslyAcceptUnauthenticated: true }), order, {})).toBe(
      'order',
    );
  });
});

describe('certificates beside a signature', async () => {
  const { receiver, sign, judged } = await receivingModule({
    servers: [['{ type: X509 }']],
    operations: { order: [signature], refund: [signature] },
  });

  it('may be judged elsewhere, while the signature is judged here', async () => {
    expect(() => receiver({ secrets: [secret] })).toThrow('the document demands X509');
    const receive = receiver({ dangerouslyAcceptUnauthenticated: true, secrets: [secret] });
    expect(await judged(receive, order, {})).toBe('credentials.missing');
    expect(await judged(receive, order, await sign(order, { secret }))).toBe('order');
  });
});

describe('options', async () => {
  const { receiver } = await generatedModule('guest');

  it.each([
    [{ secret: 'a secret' }, 'the receiver has no option "secret"'],
    [{ secrets: [secret] }, 'it states no credentials'],
    [{ maxBytes: 0 }, 'maxBytes is not a positive integer'],
    [{ maxBytes: Number.POSITIVE_INFINITY }, 'maxBytes is not a positive integer'],
    [{ maxDepth: 1.5 }, 'maxDepth is not an integer'],
    [{ maxDepth: 1_001 }, 'maxDepth is not an integer from 1 to 1000'],
    [{ refuseDuplicateKeys: 'yes' }, 'refuseDuplicateKeys is not a boolean'],
    [{ now: 5 }, 'now is not a function'],
    [null, 'the options of the receiver are not an object'],
  ])('%j are refused', (options, reason) => {
    expect(() => receiver(options as object)).toThrow(TypeError);
    expect(() => receiver(options as object)).toThrow(reason);
  });
});

describe('the order of judgement', async () => {
  const { receiver, sign } = await receivingModule({ servers: [[signature]] });
  const receive = receiver({ secrets: [secret], maxBytes: 1_000 });
  const codeOf = async (body: Uint8Array, headers: object) => {
    const result = await receive({ headers, body });
    return [result.kind, result.status, result.kind === 'message' ? '' : result.problems[0]?.code];
  };

  it('is size, credentials, UTF-8, JSON, message, schema', async () => {
    const signed = (text: string | Uint8Array) => sign(text, { secret });
    const large = bytes(' '.repeat(1_001));
    expect(await codeOf(large, {})).toEqual(['refused', 413, 'body.too-large']);
    expect(await codeOf(large, await signed(large))).toEqual(['refused', 413, 'body.too-large']);
    const broken = Uint8Array.of(0xff);
    expect(await codeOf(broken, {})).toEqual(['refused', 401, 'credentials.missing']);
    expect(await codeOf(broken, await signed(broken))).toEqual(['refused', 400, 'body.not-utf8']);
    expect(await codeOf(bytes('{'), await signed('{'))).toEqual(['refused', 400, 'body.not-json']);
    const unknown = '{"type": "invoice"}';
    expect(await codeOf(bytes(unknown), await signed(order))).toEqual([
      'refused',
      401,
      'credentials.wrong',
    ]);
    expect(await codeOf(bytes(unknown), await signed(unknown))).toEqual([
      'unknown',
      200,
      'message.unknown',
    ]);
    const invalid = '{"type": "order", "id": "one"}';
    expect(await codeOf(bytes(invalid), await signed(invalid))).toEqual([
      'refused',
      422,
      'payload.invalid',
    ]);
    expect(await codeOf(bytes(order), await signed(order))).toEqual(['message', 200, '']);
  });
});

describe('what a message brings', () => {
  it('is the headers as the document writes them, and the others in lower case', async () => {
    const { receiver, messages } = await generatedModule('guest');
    const payload = messages[0]?.examples[0]?.payload;
    const body = bytes(JSON.stringify(payload));
    const headers = { UPDATETYPE: 'Insert', 'X-Other': 'one' };
    expect(await receiver()({ headers, body })).toEqual({
      kind: 'message',
      message: 'reservations',
      payload,
      headers: { UpdateType: 'Insert', 'x-other': 'one' },
      status: 200,
    });
  });
});
