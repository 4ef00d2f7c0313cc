/** Receivers live in real applications, beside other routes, and give handlers what the framework gives. */
import { createServer, type IncomingMessage } from 'node:http';
import fastify from 'fastify';
import { beforeEach, expect, it } from 'vitest';
import * as mews from '../generated/mews/index.js';
import { good, handledOnce, json, SECRET, signed } from './support/mews-deliveries.js';
import { type Observed, observed, written } from './support/observed.js';
import { path, postTo, serverNames, servers } from './support/webhook-servers.js';
import { atEnd, inChunks, listenOn, openWire, requestText } from './support/wire.js';

let parts: Observed;
beforeEach(() => {
  parts = observed(mews, mews.receiver({ secrets: [SECRET] }));
});

it.each(['Express', 'Fastify', 'Hono'] as const)(
  '%s parses the bodies of its other routes',
  async (name) => {
    const port = await servers[name](parts);
    const response = await fetch(`http://127.0.0.1:${port}/other`, {
      method: 'POST',
      headers: json,
      body: '{"a": [1]}',
    });
    expect(await response.json()).toEqual({ a: [1] });
    expect(await postTo(`http://127.0.0.1:${port}${path}`)(good, await signed())).toBe(200);
    expect(written(parts)).toEqual(handledOnce);
  },
);

it.each(serverNames)('%s serves on after an observer throws at a body unread', async (name) => {
  const onRefused = () => {
    throw new Error('the test says so');
  };
  const throwing = observed(mews, mews.receiver({ secrets: [SECRET], maxBytes: 10 }), {
    onRefused,
  });
  const wire = await openWire(await servers[name](throwing));
  const body = Buffer.alloc(3_000_000, ' ');
  const chunked = { 'Transfer-Encoding': 'chunked' };
  await wire.write(requestText(path, chunked, inChunks(body, 50_000)));
  expect(await wire.statuses(1)).toEqual([500]);
  expect(throwing.errors).toEqual([new Error('the test says so')]);
  await wire.write(requestText(path, {}));
  const [, second = 'closed'] = await wire.statuses(2);
  expect([500, 401, 'closed']).toContain(second);
});

it('gives the handler of Fetch what the framework gives', async () => {
  const seen: unknown[] = [];
  const webhook = mews.fetchHandler(
    parts.receive,
    ({ message }, request: Request, context: { params: string }) =>
      seen.push(message, request.url, context.params),
  );
  const url = 'https://example.test/hook';
  const request = new Request(url, { method: 'POST', headers: await signed(), body: good });
  const response = await webhook(request, { params: 'id' });
  expect([response.status, await response.text()]).toEqual([200, '']);
  expect(seen).toEqual(['booking.status.updated', url, 'id']);
});

it('refuses a Request whose body was read', async () => {
  const webhook = mews.fetchHandler(parts.receive, parts.handle, parts);
  const headers = await signed();
  const request = new Request('https://example.test', { method: 'POST', headers, body: good });
  await request.json();
  await expect(webhook(request)).rejects.toThrow(TypeError);
  await expect(webhook(request)).rejects.toThrow('was read before');
  expect(parts.handled).toEqual([]);
});

it('gives the request to the handlers of node:http and Fastify', async () => {
  const seen: unknown[] = [];
  const server = createServer(
    mews.nodeHandler(parts.receive, (_delivery, request: IncomingMessage) =>
      seen.push(request.url),
    ),
  );
  const base = `http://127.0.0.1:${await listenOn(server)}`;
  expect(await postTo(`${base}/any?id=1`)(good, await signed())).toBe(200);
  const app = fastify();
  const plugin = mews.fastifyPlugin(parts.receive, (_delivery, request) =>
    seen.push((request as { url: string }).url),
  );
  app.register(plugin, { prefix: path });
  atEnd(() => app.close());
  const headers = await signed();
  await app.inject({ method: 'POST', url: `${path}?id=2`, payload: good, headers });
  expect(seen).toEqual(['/any?id=1', `${path}?id=2`]);
});
