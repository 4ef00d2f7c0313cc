/** What arrives on the wire in unusual ways is received by every server as it was sent, or refused. */
import { once } from 'node:events';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import * as mews from '../generated/mews/index.js';
import { type Observed, observed, written } from './support/observed.js';
import { path, postTo, serverNames, servers } from './support/webhook-servers.js';
import { inChunks, openWire, requestText } from './support/wire.js';

const SECRET = 'a secret for tests';
const sample = mews.messages[0].examples[0]?.payload;
const good = Buffer.from(JSON.stringify(sample));
/** White space that no serialiser writes, and characters of two, three and four bytes. */
const unusual = Buffer.from(
  ` \r\n\t${JSON.stringify({ ...sample, note: 'é – 🍷' }, null, '\t').replaceAll('":', '"\r\n :  ')}\n\n `,
);
const large = Buffer.alloc(10_000_000, ' ');
const sign = (body: Uint8Array) => mews.sign(body, { secret: SECRET });
const length = (body: Uint8Array) => ({ 'Content-Length': String(body.length) });
const chunked = { 'Transfer-Encoding': 'chunked' };

describe.each(serverNames)('%s', (name) => {
  let parts: Observed;
  let port: number;
  beforeEach(async () => {
    parts = observed(mews, mews.receiver({ secrets: [SECRET] }));
    port = await servers[name](parts);
  });
  const post = (body: Uint8Array, headers: Record<string, string>) =>
    postTo(`http://127.0.0.1:${port}${path}`)(body as Uint8Array<ArrayBuffer>, headers);
  const deliver = async () => expect(await post(good, await sign(good))).toBe(200);

  it.each([1, 7, 1_000_000])('reads a body in chunks of %i bytes', async (size) => {
    const wire = await openWire(port);
    const head = { ...chunked, ...(await sign(unusual)) };
    await wire.write(requestText(path, head, inChunks(unusual, size)));
    expect(await wire.statuses(1)).toEqual([200]);
    expect(parts.handled.map(({ payload }) => payload)).toEqual([{ ...sample, note: 'é – 🍷' }]);
  });

  it('reads a body that comes byte by byte', async () => {
    const wire = await openWire(port);
    await wire.write(requestText(path, { ...length(unusual), ...(await sign(unusual)) }));
    for (const byte of unusual) await wire.write(Buffer.of(byte));
    expect(await wire.statuses(1)).toEqual([200]);
    expect(parts.handled).toHaveLength(1);
  });

  it('refuses the same JSON in other bytes', async () => {
    expect(await post(good, await sign(unusual))).toBe(401);
    expect(await post(unusual, await sign(good))).toBe(401);
    expect(written(parts)).toMatchObject({
      handled: [],
      refused: ['credentials.wrong', 'credentials.wrong'],
    });
  });

  it('answers 413 to 10 MB, for fetch to read', async () => {
    expect(await post(large, await sign(large))).toBe(413);
    expect(written(parts)).toMatchObject({ handled: [], refused: ['body.too-large'] });
    await deliver();
  });

  it.each([
    ['with its length', length(large)],
    ['in chunks', chunked],
  ])('answers 413 to 10 MB %s, for node:http to read', async (_, headers) => {
    const request = httpRequest({ port, path, host: '127.0.0.1', method: 'POST', headers });
    // A server may close the connection when it has answered, and leave the rest unread.
    request.on('error', () => {});
    request.end(large);
    expect(await statusOf(request)).toBe(413);
    expect(written(parts)).toMatchObject({ handled: [], refused: ['body.too-large'] });
    await deliver();
  });

  it.each([
    ['with its length', length(large), large],
    ['in chunks', chunked, inChunks(large, 100_000)],
  ])('closes the connection after 10 MB %s, or serves what follows', async (_, headers, body) => {
    const wire = await openWire(port);
    await wire.write(requestText(path, headers, body));
    expect(await wire.statuses(1)).toEqual([413]);
    await wire.write(requestText(path, { ...length(good), ...(await sign(good)) }, good));
    const [, second = 'closed'] = await wire.statuses(2);
    expect([200, 'closed']).toContain(second);
    expect(parts.handled).toHaveLength(second === 200 ? 1 : 0);
    await deliver();
  });

  it.each([
    ['with its length', length(good), good.subarray(0, 20)],
    ['in chunks', chunked, Buffer.from('5\r\n{"dat')],
  ])('survives a sender that breaks off in a body %s', async (_, headers, start) => {
    const wire = await openWire(port);
    await wire.write(requestText(path, { ...headers, ...(await sign(good)) }, start));
    wire.socket.destroy();
    await expect
      .poll(() => written(parts).refused, { timeout: 30_000 })
      .toEqual(['body.unreadable']);
    await deliver();
    expect(written(parts)).toMatchObject({ handled: ['booking.status.updated'], errors: [] });
  });

  it('refuses a request without a body', async () => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    expect(response.status).toBe(name === 'node:http' ? 401 : 404);
    const wire = await openWire(port);
    await wire.write(requestText(path, {}));
    await wire.write(requestText(path, await sign(Buffer.of())));
    expect(await wire.statuses(2)).toEqual([401, 400]);
    expect(parts.handled).toEqual([]);
  });

  it('refuses a signature that comes twice', async () => {
    const right = Object.entries(await sign(good));
    const wrong = Object.entries(await mews.sign(good, { secret: 'another secret' }));
    const pairs = [
      [right, right],
      [right, wrong],
      [wrong, right],
    ] as const;
    for (const [one, other] of pairs) {
      const wire = await openWire(port);
      await wire.write(
        requestText(path, [...one, ...other, ...Object.entries(length(good))], good),
      );
      expect(await wire.statuses(1)).toEqual([401]);
    }
    expect(written(parts)).toMatchObject({
      handled: [],
      refused: pairs.map(() => 'credentials.malformed'),
    });
  });

  it('refuses a compressed body', async () => {
    const packed = gzipSync(good);
    const encoding = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
    expect(await post(packed, { ...encoding, ...(await sign(packed)) })).toBe(400);
    expect(await post(packed, { ...encoding, ...(await sign(good)) })).toBe(401);
    expect(written(parts)).toMatchObject({
      handled: [],
      refused: ['body.not-utf8', 'credentials.wrong'],
    });
  });

  it('bids a sender continue that asks', async () => {
    const wire = await openWire(port);
    const head = { Expect: '100-continue', ...length(good), ...(await sign(good)) };
    await wire.write(requestText(path, head));
    expect(await wire.statuses(1)).toEqual([100]);
    await wire.write(good);
    expect(await wire.statuses(2)).toEqual([100, 200]);
  });

  it('serves several requests on one connection', async () => {
    const wire = await openWire(port);
    const right = requestText(path, { ...length(good), ...(await sign(good)) }, good);
    const wrong = requestText(path, length(good), good);
    await wire.write(right);
    expect(await wire.statuses(1)).toEqual([200]);
    await wire.write(wrong);
    expect(await wire.statuses(2)).toEqual([200, 401]);
    await wire.write(Buffer.concat([right, wrong, right]));
    expect(await wire.statuses(5)).toEqual([200, 401, 200, 401, 200]);
    expect(parts.handled).toHaveLength(3);
  });

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'application/vnd.api+json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    undefined,
  ])('reads a body of the type %s', async (type) => {
    const wire = await openWire(port);
    const given = type === undefined ? {} : { 'Content-Type': type };
    const head = { ...given, ...length(unusual), ...(await sign(unusual)) };
    await wire.write(requestText(path, head, unusual));
    expect(await wire.statuses(1)).toEqual([200]);
    expect(parts.handled).toHaveLength(1);
  });
});

/** Waits for the answer to a request and reads it to its end. */
async function statusOf(request: ClientRequest): Promise<number | undefined> {
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return response.statusCode;
}
