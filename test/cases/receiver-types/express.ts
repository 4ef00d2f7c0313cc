import express, { type Request, type RequestHandler } from 'express';
import { nodeHandler, receiver } from '../../../generated/mews/index.js';
import * as mozrest from '../../../generated/mozrest/index.js';

const receive = receiver({ secrets: [process.env['MEWS_SECRET'], 'an older secret'] });

/** It is a handler of Express, for routes with and without parameters. */
export const handler: RequestHandler = nodeHandler(receive, () => {});
const app = express();
app.post('/webhooks/mews', nodeHandler(receive, () => {}));
app.post('/webhooks/:venue', nodeHandler(receive, async () => {}));
app.post('/raw', express.raw({ type: '*/*' }), nodeHandler(receive, () => {}));
app.use('/all', nodeHandler(receive, () => {}));
app.route('/route').post(nodeHandler(receive, () => {}));
express.Router().post('/router', nodeHandler(receive, () => {}));

/** The handler may name the request's type. */
app.post(
  '/named',
  nodeHandler(receive, ({ message, payload }, request: Request) => {
    if (message === 'booking.status.updated') return `${request.ip} ${payload.data.attributes.status}`;
    // @ts-expect-error The status of a booking is no part of other messages.
    return payload.data.attributes.status === 'seated';
  }),
);

/** Another provider's messages are others. */
const other = mozrest.receiver({ tokens: [process.env['TOKEN']] });
app.post('/webhooks/mozrest', mozrest.nodeHandler(other, ({ payload }) => payload));
app.post(
  '/wrong',
  // @ts-expect-error The receiver is of another provider than the handler.
  mozrest.nodeHandler(receive, () => {}),
);
