/**
 * Receives webhooks of Mews POS wherever requests are Fetch's: as it stands, it is a route handler of Next.js.
 * Elsewhere it is `Deno.serve(POST)`, `Bun.serve({ fetch: POST })` or, on Workers, `export default { fetch: POST }`.
 */
import { fetchHandler, type ReceivedMessage, receiver } from 'webhook-contracts/mews';

const receive = receiver({ secrets: [process.env.MEWS_SECRET] });

function handle({ message, payload }: ReceivedMessage) {
  if (message === 'booking.status.updated') console.log('booking', payload.data.attributes.status);
  if (message === 'order.total.updated') console.log('order', payload.data.attributes.total);
}

export const POST = fetchHandler(receive, handle, { onUnknown: console.warn });
