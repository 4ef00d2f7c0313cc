/** In an application of Express, beside middleware that parses bodies, a receiver gets bytes or says what is wrong. */
import { createServer } from 'node:http';
import express, { type RequestHandler } from 'express';
import { beforeEach, expect, it } from 'vitest';
import * as mews from '../generated/mews/index.js';
import * as mozrest from '../generated/mozrest/index.js';
import { good, handledOnce, SECRET, sample, signed } from './support/mews-deliveries.js';
import { type Observed, observed, written } from './support/observed.js';
import { path, postTo } from './support/webhook-servers.js';
import { listenOn } from './support/wire.js';

let parts: Observed;
beforeEach(() => {
  parts = observed(mews, mews.receiver({ secrets: [SECRET] }));
});

/** Starts an app with a middleware before the webhook, which writes down the errors that come to it. */
const withMiddleware = async (...before: RequestHandler[]) => {
  const errors: unknown[] = [];
  const app = express();
  app.use(...before);
  app.post(path, mews.nodeHandler(parts.receive, parts.handle, parts));
  const answerError: express.ErrorRequestHandler = (error, _request, response, _next) => {
    errors.push(error);
    response.status(500).end();
  };
  app.use(answerError);
  const post = postTo(`http://127.0.0.1:${await listenOn(createServer(app))}${path}`);
  return { errors, post };
};

it('takes the bytes that express.raw() has collected', async () => {
  const { post, errors } = await withMiddleware(express.raw({ type: '*/*' }));
  expect(await post(good, await signed())).toBe(200);
  expect(await post(good, await signed(JSON.stringify(sample)))).toBe(401);
  expect(await post('', await signed(''))).toBe(400);
  expect(errors).toEqual([]);
  expect(written(parts)).toEqual({
    ...handledOnce,
    refused: ['credentials.wrong', 'body.empty'],
  });
});

it('reads the body itself where a parser is not for its type', async () => {
  const { post, errors } = await withMiddleware(express.raw(), express.json({ type: 'text/x' }));
  expect(await post(good, await signed())).toBe(200);
  expect(errors).toEqual([]);
  expect(written(parts)).toEqual(handledOnce);
});

it.each([
  ['express.json()', express.json(), 'was parsed already'],
  ['express.urlencoded()', express.urlencoded({ type: '*/*' }), 'was parsed already'],
  ['express.text()', express.text({ type: '*/*' }), 'is a string'],
])('hands a TypeError on where %s was before', async (_, middleware, reason) => {
  const { post, errors } = await withMiddleware(middleware);
  expect(await post(good, await signed())).toBe(500);
  expect(errors).toEqual([expect.any(TypeError)]);
  expect(String(errors)).toContain(`request.body ${reason}; give its bytes, as they arrived`);
  expect(written(parts)).toEqual({ ...handledOnce, handled: [] });
});

it('says what to do where express.json() was before', async () => {
  const { post, errors } = await withMiddleware(express.json());
  await post(good, await signed());
  const hint = 'with Express, put nodeHandler before express.json(), or use express.raw()';
  expect(String(errors)).toContain(hint);
});

it('hands a TypeError on where a middleware has read the body and kept nothing', async () => {
  const { post, errors } = await withMiddleware((request, _response, next) => {
    request.resume().on('end', () => next());
  });
  expect(await post(good, await signed())).toBe(500);
  expect(String(errors)).toContain('TypeError: receive: request.body is missing');
  expect(written(parts)).toEqual({ ...handledOnce, handled: [] });
});

it('accepts nothing that is empty where express.json() was before', async () => {
  const { post } = await withMiddleware(express.json());
  expect([400, 500]).toContain(await post('', await signed('')));
  expect(parts.handled).toEqual([]);
});

it('works in a router, and beside another provider', async () => {
  const router = express.Router();
  router.post('/mews', mews.nodeHandler(parts.receive, parts.handle, parts));
  const seen: string[] = [];
  const receive = mozrest.receiver({ tokens: ['a-token-for-tests'] });
  router.post(
    '/mozrest',
    mozrest.nodeHandler(receive, ({ message }) => seen.push(message)),
  );
  const app = express();
  app.use('/webhooks', router);
  const base = `http://127.0.0.1:${await listenOn(createServer(app))}/webhooks`;
  expect(await postTo(`${base}/mews`)(good, await signed())).toBe(200);
  const [first] = mozrest.messages;
  const body = JSON.stringify(first.examples[0]?.payload);
  const headers = await mozrest.sign(body, { token: 'a-token-for-tests' });
  expect(await postTo(`${base}/mozrest`)(body, headers)).toBe(200);
  expect(await postTo(`${base}/mozrest`)(good, await signed())).toBe(401);
  expect(seen).toEqual([first.name]);
  expect(written(parts)).toEqual(handledOnce);
});
