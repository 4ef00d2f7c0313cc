/** In an application of Fastify, a receiver gets bytes, and everything else stays as it was. */
import fastify, { type FastifyInstance } from 'fastify';
import { beforeEach, expect, it } from 'vitest';
import * as mews from '../generated/mews/index.js';
import { good, handledOnce, SECRET, signed } from './support/mews-deliveries.js';
import { type Observed, observed, written } from './support/observed.js';
import { path } from './support/webhook-servers.js';
import { atEnd } from './support/wire.js';

let parts: Observed;
beforeEach(() => {
  parts = observed(mews, mews.receiver({ secrets: [SECRET] }));
});

/** Makes an app with the plugin, and another route; closed with the test. */
const withPlugin = (prefix: string, options = {}): FastifyInstance => {
  const app = fastify(options);
  app.register(mews.fastifyPlugin(parts.receive, parts.handle, parts), { prefix });
  app.post('/other', async (request) => ({ body: request.body }));
  atEnd(() => app.close());
  return app;
};
const inject = async (app: FastifyInstance, url: string, payload: string, headers: object) =>
  (await app.inject({ method: 'POST', url, payload, headers: { ...headers } })).statusCode;

it('receives what is injected', async () => {
  const app = withPlugin(path);
  expect(await inject(app, path, good, await signed())).toBe(200);
  expect(await inject(app, path, good, await signed('{}'))).toBe(401);
  const other = await app.inject({ method: 'POST', url: '/other', payload: { a: 1 } });
  expect(other.json()).toEqual({ body: { a: 1 } });
  expect((await app.inject({ method: 'GET', url: path })).statusCode).toBe(404);
  expect(written(parts)).toEqual({ ...handledOnce, refused: ['credentials.wrong'] });
});

it.each(['/hook', '/hook/'])('is found below the prefix %s, with a slash', async (prefix) => {
  const app = withPlugin(prefix);
  expect(await inject(app, '/hook/', good, await signed())).toBe(200);
  expect(written(parts)).toEqual(handledOnce);
});

it('is found below a prefix without a slash', async () => {
  expect(await inject(withPlugin('/hook'), '/hook', good, await signed())).toBe(200);
  expect(await inject(withPlugin('/'), '/', good, await signed())).toBe(200);
  expect(parts.handled).toHaveLength(2);
});

it('leaves the limit of a body to the receiver', async () => {
  const receive = mews.receiver({ secrets: [SECRET], maxBytes: 3_000_000 });
  parts = observed(mews, receive);
  const body = good.padEnd(3_000_000);
  expect(await inject(withPlugin(path), path, body, await signed(body))).toBe(200);
  const longer = `${body} `;
  expect(await inject(withPlugin(path), path, longer, await signed(longer))).toBe(413);
  expect(written(parts)).toEqual({ ...handledOnce, refused: ['body.too-large'] });
});

it('leaves other parsers of the app as they were', async () => {
  const app = fastify();
  app.addContentTypeParser('text/upper', { parseAs: 'string' }, async (_: unknown, body: string) =>
    body.toUpperCase(),
  );
  app.register(mews.fastifyPlugin(parts.receive, parts.handle, parts), { prefix: path });
  app.post('/other', async (request) => ({ body: request.body }));
  atEnd(() => app.close());
  const headers = { 'Content-Type': 'text/upper' };
  const answer = await app.inject({ method: 'POST', url: '/other', payload: 'a', headers });
  expect(answer.json()).toEqual({ body: 'A' });
  expect(await inject(app, path, good, { ...(await signed()), ...headers })).toBe(200);
  expect(await inject(app, '/other', 'a', { 'Content-Type': 'text/lower' })).toBe(415);
});

it('leaves it to Fastify to refuse a type that is no media type', async () => {
  const headers = { ...(await signed()), 'Content-Type': 'garbage' };
  expect(await inject(withPlugin(path), path, good, headers)).toBe(415);
  expect(written(parts)).toEqual({ ...handledOnce, handled: [] });
});

it('hands what the handler throws to the error handler of the app', async () => {
  const app = fastify();
  app.setErrorHandler(async (error, _request, reply) => reply.code(503).send(String(error)));
  const handle = () => {
    throw new Error('the test says so');
  };
  app.register(mews.fastifyPlugin(parts.receive, handle), { prefix: path });
  atEnd(() => app.close());
  const answer = await app.inject({
    method: 'POST',
    url: path,
    payload: good,
    headers: await signed(),
  });
  expect([answer.statusCode, answer.body]).toEqual([503, 'Error: the test says so']);
});
