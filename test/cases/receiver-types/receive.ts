import type { IncomingMessage } from 'node:http';
import * as eRes from '../../../generated/e-res/index.js';
import * as guest from '../../../generated/guest/index.js';
import {
  type BookingStatusUpdatedPayload,
  fingerprint,
  type ReceivedMessage,
  receiver,
  sign,
} from '../../../generated/mews/index.js';
import * as mozrest from '../../../generated/mozrest/index.js';
import * as quandoo from '../../../generated/quandoo/index.js';
import type { Equal } from '../types/equal.js';

const secrets = ['a secret of Mews'];
const receive = receiver({ secrets, maxBytes: 1_000, maxDepth: 9, now: () => 0 });

/** Narrowing by `kind`, then by `message`, gives the payload of that message, for every message. */
export async function received(request: Request): Promise<string> {
  const result = await receive(request);
  // @ts-expect-error Which kind it is must be asked first.
  result.payload;
  if (result.kind !== 'message') return result.problems[0].text;
  // @ts-expect-error A message has no problems.
  result.problems;
  switch (result.message) {
    case 'booking.status.updated': {
      const same: Equal<typeof result.payload, BookingStatusUpdatedPayload> = true;
      return `${same} ${result.payload.data.attributes.status}`;
    }
    case 'order.state.updated':
      return result.payload.data.attributes.state;
    case 'order.status.updated':
      return result.payload.data.attributes.status;
    case 'product.availability.updated':
      return result.payload.data.attributes.isAvailable ? 'yes' : 'no';
    case 'order.total.updated':
      return result.payload.data.attributes.total;
    case 'orders.payments.added':
      return result.payload.data.attributes.paymentId;
    default: {
      const none: never = result;
      return none;
    }
  }
}

/** A handler may take the message apart, and narrow the parts. */
export function apart({ message, payload }: ReceivedMessage): string {
  if (message === 'order.total.updated') return payload.data.attributes.total;
  // @ts-expect-error The total is part of that message only.
  return payload.data.attributes.total;
}

/** Bodies are bytes, or streams of them. */
export const bodies = (
  request: IncomingMessage,
  bytes: Uint8Array,
  buffer: Buffer,
  stream: AsyncIterable<Buffer>,
) => [
  receive({ headers: request.headers, body: request }),
  receive({ headers: request.headers, body: bytes }),
  receive({ headers: new Headers(), body: buffer }),
  receive({ headers: [['X-Signature', '']], body: new ArrayBuffer(0) }),
  receive({ headers: {}, body: stream }),
];
// @ts-expect-error A body that was parsed is no body.
receive({ headers: {}, body: { data: {} } });
// @ts-expect-error Nor is one that is text.
receive({ headers: {}, body: '{}' });
// @ts-expect-error The body must be given,
receive({ headers: {} });
// @ts-expect-error and the headers, too.
receive({ body: new Uint8Array() });
// @ts-expect-error What JSON.parse returned, or a framework, is no request.
receive([{}]);
// @ts-expect-error A parsed body may not hide in a request of Express.
export const hidden = (request: { headers: {}; body: { data: string } }) => receive(request);

// @ts-expect-error The secrets are missing.
receiver();
// @ts-expect-error They are missing here, too.
receiver({});
// @ts-expect-error The limits do not stand in for them.
receiver({ maxBytes: 1_000 });
// @ts-expect-error They are a list.
receiver({ secrets: 'a secret of Mews' });
// @ts-expect-error Mews signs with secrets, not with tokens.
receiver({ tokens: secrets });
// @ts-expect-error There is no such option.
receiver({ secrets, maxSize: 1 });
// What is given beside it is still asked for.
receiver({ secrets, dangerouslyAcceptUnauthenticated: true });
// @ts-expect-error It is given up by `true` only.
receiver({ dangerouslyAcceptUnauthenticated: false });
receiver({ dangerouslyAcceptUnauthenticated: true, maxBytes: 1 });

mozrest.receiver({ tokens: [process.env['TOKEN']] });
// @ts-expect-error Mozrest's tokens are missing.
mozrest.receiver({});
quandoo.receiver({ headers: { 'X-Any-Name': ['a value', undefined] } });
eRes.receiver({ headers: { 'X-Any-Name': ['a value'] } });
// @ts-expect-error The values of a header are a list.
quandoo.receiver({ headers: { 'X-Any-Name': 'a value' } });
quandoo.receiver();
eRes.receiver();
guest.receiver();
guest.receiver({ maxDepth: 2 });
// @ts-expect-error GUEST API states no credentials.
guest.receiver({ secrets });

/** Headers are made to send, and deliveries are recognised. */
export async function made(delivery: ReceivedMessage, body: Uint8Array): Promise<string[]> {
  const headers: Record<string, string> = await sign(body, { secret: 'a secret of Mews' });
  await sign('{}', { secret: body });
  await mozrest.sign('{}', { token: 'a-token-of-mozrest' });
  await quandoo.sign('{}', { headers: { 'X-Any-Name': 'a value' } });
  // @ts-expect-error Mews does not sign with tokens.
  await sign('{}', { token: 'a-token' });
  // @ts-expect-error A parsed body can't be signed.
  await sign({ data: {} }, { secret: 'a secret of Mews' });
  // @ts-expect-error There is nothing to sign with.
  await sign('{}');
  // @ts-expect-error There is no such message.
  await fingerprint({ message: 'order.deleted', payload: {}, headers });
  return [await fingerprint(delivery)];
}
// @ts-expect-error GUEST API signs nothing.
guest.sign;
