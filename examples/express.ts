/** Receives webhooks of Mews POS with Express 5. */
// README
import express from 'express';
import { nodeHandler, type ReceivedMessage, receiver } from 'webhook-contracts/mews';

const receive = receiver({ secrets: [process.env.MEWS_SECRET] });

function handle({ message, payload }: ReceivedMessage) {
  if (message === 'booking.status.updated') console.log('booking', payload.data.attributes.status);
  if (message === 'order.total.updated') console.log('order', payload.data.attributes.total);
}

const app = express();
app.post('/webhooks/mews', nodeHandler(receive, handle, { onUnknown: console.warn }));
const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
// /README
server.on('listening', () => console.log(server.address()));

// Handlers of other routes get parsed bodies. Before the webhook, this would take its bytes away.
app.use(express.json());
