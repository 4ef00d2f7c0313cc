import fastify, { type FastifyPluginAsync, type FastifyRequest } from 'fastify';
import { fastifyPlugin, receiver } from '../../../generated/mews/index.js';

const receive = receiver({ secrets: ['a secret of Mews'] });

/** It is a plugin of Fastify, and is registered with or without a prefix. */
export const plugin: FastifyPluginAsync = fastifyPlugin(receive, () => {});
const app = fastify({ logger: true });
app.register(fastifyPlugin(receive, () => {}));
app.register(fastifyPlugin(receive, () => {}), { prefix: '/webhooks/mews' });
await app.register(fastifyPlugin(receive, async () => {}, { onUnknown: console.warn }), {
  prefix: '/webhooks/mews',
});
fastify({ http2: true }).register(fastifyPlugin(receive, () => {}), { prefix: '/webhooks' });

/** The handler gets the request; its type is for the handler to say. */
app.register(
  fastifyPlugin(receive, ({ message, payload }, request) => {
    (request as FastifyRequest).log.info(message);
    // @ts-expect-error Nothing is known of the request.
    request.log;
    return message === 'order.total.updated' ? payload.data.attributes.total : '';
  }),
);

// @ts-expect-error A plugin has no errors of its own to observe: they go to Fastify.
fastifyPlugin(receive, () => {}, { onError: () => {} });
