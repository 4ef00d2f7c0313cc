/** Where requests of contract tests go, and that what is never sent or answered ends all the same. */

import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, request as requestTo } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { httpPact, verifyConsumer } from '../scripts/pact/index.js';
import { listenOnLoopback } from '../scripts/pact/loopback.js';
import { changed, pactFolder, SECRET, send, shop } from './support/shop-pact.js';
import { temporaryFolder } from './support/temporary-folder.js';

const expectation = { description: 'a change', operation: 'sendOrders', payload: changed };

/** The shop's document, without an address that the shop could know. */
const withoutAddress = () => {
  const text = readFileSync(shop, 'utf8').replace('address: /orders', 'address: null');
  return join(temporaryFolder({ 'shop.asyncapi.yaml': text }), 'shop.asyncapi.yaml');
};

async function sent(spec: string) {
  const { options } = pactFolder();
  const pact = httpPact({ ...options, spec, secrets: [SECRET] });
  await pact.deliver('order.changed', expectation, (url) => send(url, changed));
  await pact.finish();
  const { cwd, consumer } = options;
  return { cwd, spec, consumer, secret: SECRET };
}

async function listen(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('a request to an address that only the consumer knows', () => {
  it.each(['/hooks/parcels', '/hooks/parcels/', '/'])('goes to %s as it is given', async (path) => {
    const options = await sent(withoutAddress());
    const app = fastify();
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) =>
      done(null, body),
    );
    app.post(path, (request, reply) => {
      const code = createHmac('sha256', SECRET)
        .update(request.body as Buffer)
        .digest('hex');
      return reply.code(request.headers['x-signature'] === code ? 200 : 401).send();
    });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    const verified = verifyConsumer({ ...options, url: `${url}${path}` });
    expect(await verified.finally(() => app.close())).toEqual({ interactions: 1 });
  });
});

describe('a sender that leaves', () => {
  it.each([1, 3, 6, 9])(
    'after %i ms ends a delivery',
    async (ms) => {
      const pact = httpPact({ ...pactFolder().options, secrets: [SECRET] });
      const work = pact.deliver('order.changed', expectation, (url) =>
        fetch(url, { method: 'POST', body: '{}', signal: AbortSignal.timeout(ms) }),
      );
      await expect(work).rejects.toThrow('"a change"');
    },
    8_000,
  );

  it('before the answer ends a delivery', async () => {
    const server = await listenOnLoopback(async () => {
      await wait(100);
      return { status: 200, body: 'late' };
    });
    const outgoing = requestTo(server.url, { method: 'POST' });
    const failed = new Promise((resolve) => outgoing.on('error', resolve));
    outgoing.end('{}');
    await wait(50);
    outgoing.destroy();
    await failed;
    await server.close();
  }, 8_000);

  it.each([
    ['and hangs up', true],
    ['and stays', false],
  ])(
    'in the middle of a body, %s, ends a delivery',
    async (_, hangsUp) => {
      const pact = httpPact({ ...pactFolder().options, secrets: [SECRET] });
      const work = pact.deliver('order.changed', expectation, async (url) => {
        const { hostname, port, pathname } = new URL(url);
        const socket = connect(Number(port), hostname);
        socket.on('error', () => {});
        socket.write(`POST ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{`);
        await wait(50);
        if (hangsUp) socket.destroy();
      });
      await expect(work).rejects.toThrow('"a change"');
    },
    8_000,
  );
});

it('a consumer that never answers is given up', async () => {
  const { server, url } = await listen(() => {});
  const work = verifyConsumer({ ...(await sent(shop)), url });
  await expect(work).rejects.toThrow(/"a change": .* could not be sent to .*: no answer in 10 s/);
  server.closeAllConnections();
  server.close();
}, 20_000);
