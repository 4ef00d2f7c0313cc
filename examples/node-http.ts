/** Receives webhooks of Mews POS with Node.js alone. */
import { createServer } from 'node:http';
import { nodeHandler, type ReceivedMessage, receiver } from 'webhook-contracts/mews';

const receive = receiver({ secrets: [process.env.MEWS_SECRET] });

function handle({ message, payload }: ReceivedMessage) {
  if (message === 'booking.status.updated') console.log('booking', payload.data.attributes.status);
  if (message === 'order.total.updated') console.log('order', payload.data.attributes.total);
}

const webhook = nodeHandler(receive, handle, { onUnknown: console.warn });

const server = createServer((request, response) => {
  if (request.method === 'POST' && request.url === '/webhooks/mews') {
    void webhook(request, response);
  } else {
    response.writeHead(404).end();
  }
});
server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => console.log(server.address()));
