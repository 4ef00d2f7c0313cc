import { serve } from '@hono/node-server';
import { type Handler, Hono } from 'hono';
import { fetchHandler, receiver } from '../../../generated/mews/index.js';

const receive = receiver({ secrets: ['a secret of Mews'] });
const webhook = fetchHandler(receive, () => {});

/** It answers for a handler of Hono. */
export const handler: Handler = (context) => webhook(context.req.raw);
const app = new Hono();
app.post('/webhooks/mews', (context) => webhook(context.req.raw));
app.post('/webhooks/:venue', (context) =>
  fetchHandler(receive, ({ message }) => [message, context.req.param('venue')])(context.req.raw),
);
app.mount('/mounted', webhook);
serve(app);
serve({ fetch: webhook });

// @ts-expect-error Hono's request is no request of Fetch.
app.post('/wrong', (context) => webhook(context.req));
// @ts-expect-error Nor is its context.
app.post('/wrong', webhook);
