/** Receives webhooks of Mews POS with Fastify 5. */
import fastify from 'fastify';
import { fastifyPlugin, type ReceivedMessage, receiver } from 'webhook-contracts/mews';

const receive = receiver({ secrets: [process.env.MEWS_SECRET] });

function handle({ message, payload }: ReceivedMessage) {
  if (message === 'booking.status.updated') console.log('booking', payload.data.attributes.status);
  if (message === 'order.total.updated') console.log('order', payload.data.attributes.total);
}

const app = fastify();
// Other routes of the app get parsed bodies, as always.
app.register(fastifyPlugin(receive, handle, { onUnknown: console.warn }), {
  prefix: '/webhooks/mews',
});
console.log(await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' }));
