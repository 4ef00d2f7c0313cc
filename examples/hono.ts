/** Receives webhooks of Mews POS with Hono, on Node.js. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { fetchHandler, type ReceivedMessage, receiver } from 'webhook-contracts/mews';

const receive = receiver({ secrets: [process.env.MEWS_SECRET] });

function handle({ message, payload }: ReceivedMessage) {
  if (message === 'booking.status.updated') console.log('booking', payload.data.attributes.status);
  if (message === 'order.total.updated') console.log('order', payload.data.attributes.total);
}

const webhook = fetchHandler(receive, handle, { onUnknown: console.warn });

const app = new Hono();
app.post('/webhooks/mews', (context) => webhook(context.req.raw));
serve(
  { fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1' },
  (address) => console.log(address),
);
