/** What `verifyConsumer` signs, and which requests it has the consumer refuse. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { httpPact, verifyConsumer } from '../scripts/pact/index.js';
import { changed, pactFolder, placed, SECRET, send, shop } from './support/shop-pact.js';
import { temporaryFolder } from './support/temporary-folder.js';
import { wordsOf } from './support/words-of.js';

const TOKEN = 'the-token';
const bearer = { authorization: `Bearer ${TOKEN}` };
const operation = 'sendOrders';

const scheme = (name: string) => `{ $ref: "#/components/securitySchemes/${name}" }`;
const ofServer = (text: string, list: string) =>
  text.replace(/security: \[.*\]/, `security: [${list}]`);

/** The shop's document, with a token beside the signature. */
function withToken(change: (text: string) => string): string {
  const text = readFileSync(shop, 'utf8').replace(
    '    signature:\n',
    '    token: { type: http, scheme: bearer }\n    signature:\n',
  );
  return join(temporaryFolder({ 'shop.asyncapi.yaml': change(text) }), 'shop.asyncapi.yaml');
}

const either = () =>
  withToken((text) => ofServer(text, `${scheme('signature')}, ${scheme('token')}`));
const both = () =>
  withToken((text) =>
    text.replace(
      'sendOrders:\n    action: send',
      `sendOrders:\n    action: send\n    security: [${scheme('token')}]`,
    ),
  );

/** Writes what the shop sends: one request of each payload, signed unless these headers say otherwise. */
async function sent(
  spec: string,
  accepted: object,
  headers: Record<string, string> | undefined,
  payloads: readonly { type: string }[] = [changed],
) {
  const folder = pactFolder();
  const options = { ...folder.options, spec };
  const pact = httpPact({ ...options, ...accepted });
  for (const payload of payloads) {
    const own: Record<string, string> = payload.type === 'order.placed' ? { 'X-Attempt': '1' } : {};
    const expectation = { description: payload.type, operation, payload, headers: own };
    await pact.deliver(payload.type, expectation, (url) =>
      headers === undefined ? unsigned(url, payload) : send(url, payload, { ...own, ...headers }),
    );
  }
  await pact.finish();
  const { cwd, consumer } = options;
  return { cwd, spec, consumer };
}

const unsigned = (url: string, payload: unknown) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer },
    body: JSON.stringify(payload),
  });

interface Asked {
  readonly headers: IncomingHttpHeaders;
  /** Whether its signature, or its token, is the right one; undefined where it has none. */
  readonly signed: boolean | undefined;
  readonly known: boolean | undefined;
}

/** Runs a consumer that answers as it is told; returns what is said of it, and the requests that it saw. */
async function run(
  options: Awaited<ReturnType<typeof sent>>,
  credentials: object,
  answer: (asked: Asked, response: ServerResponse) => number,
) {
  const seen: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const code = createHmac('sha256', SECRET).update(Buffer.concat(chunks)).digest('hex');
    const { 'x-signature': signature, authorization } = request.headers;
    const asked = {
      headers: request.headers,
      signed: signature === undefined ? undefined : signature === code,
      known: authorization === undefined ? undefined : authorization === bearer.authorization,
    };
    seen.push(asked);
    response.statusCode = answer(asked, response);
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const said = await wordsOf(verifyConsumer({ ...options, ...credentials, url }));
  server.close();
  return { said, seen };
}

const signedOnly = ({ signed }: Asked) => (signed ? 200 : 401);
const secrets = [SECRET];

describe('credentials of which one is demanded', () => {
  it('are replaced where the request bears them, and not added', async () => {
    const options = await sent(either(), { secrets }, {});
    const credentials = { secret: SECRET, token: TOKEN };
    const good = await run(options, credentials, signedOnly);
    expect(good.said).toBe('');
    expect(good.seen.filter(({ known }) => known !== undefined)).toEqual([]);
    const other = await run(options, credentials, ({ known }) => (known ? 200 : 401));
    expect(other.said).toContain('answered 401, expected is 200');
  });

  it('are asked for where the request bears them', async () => {
    const options = await sent(either(), { secrets }, {});
    const { said, seen } = await run(options, { token: TOKEN }, () => 200);
    expect(said).toContain(
      '"order.changed": the request bears X-Signature, and no secret was given',
    );
    expect(seen).toEqual([]);
    const unsigned = await sent(either(), { tokens: [TOKEN] }, undefined);
    const lacking = await run(unsigned, { secret: SECRET }, () => 200);
    expect(lacking.said).toContain('the request bears Authorization, and no token was given');
  });

  it('are wrong and left out together where the request bears both', async () => {
    const options = await sent(either(), { secrets, tokens: [TOKEN] }, bearer);
    const credentials = { secret: SECRET, token: TOKEN };
    const { said, seen } = await run(options, credentials, ({ signed, known }) =>
      signed || known ? 200 : 401,
    );
    expect(said).toBe('');
    expect(seen.map(({ signed, known }) => [signed, known])).toEqual([
      [false, false],
      [undefined, undefined],
      [true, true],
    ]);
  });

  it('are asked for where their header is of a name that both sides chose', async () => {
    const spec = withToken((text) =>
      text.replace(
        /signature:\n(?: {6}.*\n)+/,
        'signature: { type: httpApiKey, in: header, name: X-Key, x-credential: { kind: static-header, value: known to both } }\n',
      ),
    );
    const key = { 'x-key': 'the value' };
    const options = await sent(spec, { headers: { 'X-Key': ['the value'] } }, key);
    const { said } = await run(options, {}, () => 200);
    expect(said).toContain('the request bears X-Key, and its value was not given in headers');
    const headers = { 'X-Key': 'the value' };
    const good = await run(options, { headers }, (asked) =>
      asked.headers['x-key'] === 'the value' ? 200 : 403,
    );
    expect(good.said).toBe('');
  });
});

describe('credentials that are all demanded', () => {
  const credentials = { secret: SECRET, token: TOKEN };
  const make = () => sent(both(), { secrets, tokens: [TOKEN] }, bearer);

  it('are each wrong and left out alone', async () => {
    const { said, seen } = await run(await make(), credentials, ({ signed, known }) =>
      signed && known ? 200 : 401,
    );
    expect(said).toBe('');
    const asked = seen.map(({ signed, known }) => JSON.stringify([signed ?? null, known ?? null]));
    expect(asked.toSorted()).toEqual(
      ['[false,true]', '[null,true]', '[true,false]', '[true,null]', '[true,true]'].toSorted(),
    );
  });

  it.each<[string, (asked: Asked) => boolean | undefined, string]>([
    ['the signature', ({ signed }) => signed, 'Authorization'],
    ['the token', ({ known }) => known, 'X-Signature'],
  ])('are broken by a consumer that checks %s only', async (_, takes, unchecked) => {
    const { said } = await run(await make(), credentials, (asked) => (takes(asked) ? 200 : 401));
    expect(said).toContain(`answered 200 to this request with a wrong ${unchecked}`);
    expect(said).toContain(`answered 200 to this request without ${unchecked}`);
  });
});

describe('a request whose origin is not proved', () => {
  const secret = { secret: SECRET };
  const lenient = ({ signed }: Asked) => (signed === false ? 401 : 200);

  it('is not to be taken where it has no signature at all', async () => {
    const { said } = await run(await sent(shop, { secrets }, {}), secret, lenient);
    expect(said).toContain(
      'answered 200 to this request without X-Signature, which it must refuse',
    );
    expect(said).not.toContain('with a wrong');
  });

  it('is tried of each message', async () => {
    const options = await sent(shop, { secrets }, {}, [changed, placed]);
    const { said } = await run(options, secret, (asked) =>
      asked.headers['x-attempt'] === undefined ? signedOnly(asked) : 200,
    );
    expect(said).toContain('"order.placed": the consumer answered 200 to this request');
    expect(said).not.toContain('"order.changed"');
  });

  it('is refused by a status of 4xx, and by no other', async () => {
    const options = await sent(shop, { secrets }, {});
    const answers = (status: number) =>
      run(options, secret, ({ signed }) => (signed ? 200 : status));
    expect((await answers(400)).said).toBe('');
    for (const status of [302, 500, 503]) {
      expect((await answers(status)).said).toContain(
        `answered ${status} to this request with a wrong X-Signature, which it must refuse`,
      );
    }
  });

  it('is refused by the failure that the document states', async () => {
    const spec = join(
      temporaryFolder({
        'shop.asyncapi.yaml': readFileSync(shop, 'utf8').replace(
          'x-delivery:\n',
          'x-delivery:\n  failure: { value: [500], inferred: made up }\n',
        ),
      }),
      'shop.asyncapi.yaml',
    );
    const options = await sent(spec, { secrets }, {});
    const answers = (status: number) =>
      run(options, secret, ({ signed }) => (signed ? 200 : status));
    expect((await answers(500)).said).toBe('');
    expect((await answers(503)).said).toContain('which it must refuse, with 500 say');
  });

  it('is refused where the connection is ended', async () => {
    const { said } = await run(
      await sent(shop, { secrets }, {}),
      secret,
      ({ signed }, response) => {
        if (!signed) response.destroy();
        return 200;
      },
    );
    expect(said).toBe('');
  });
});
