import {
  type BookingStatus,
  type CheckProblem,
  check,
  isBookingStatusUpdated,
  isOrderTotalUpdated,
  type MessageName,
  messages,
  type OrderTotalUpdatedPayload,
} from '../../../generated/mews/index.js';
import type { Equal } from './equal.js';

export const names: Equal<
  MessageName,
  | 'booking.status.updated'
  | 'order.state.updated'
  | 'order.status.updated'
  | 'product.availability.updated'
  | 'order.total.updated'
  | 'orders.payments.added'
> = true;

/** Narrowing by the message's name gives its payload, for every message. */
export function describe(body: unknown): string {
  const result = check(body);
  if (!result.ok) {
    const first: CheckProblem = result.problems[0];
    const second: CheckProblem | undefined = result.problems[1];
    // @ts-expect-error There is a first problem, but there need not be a second.
    const sure: CheckProblem = result.problems[1];
    // @ts-expect-error What was refused has no payload.
    result.payload;
    return [first, second, sure].map((one) => one?.expected ?? one?.text).join();
  }
  // @ts-expect-error Which message it is must be asked first.
  result.payload.data.attributes.total;
  switch (result.message) {
    case 'booking.status.updated': {
      const status: BookingStatus = result.payload.data.attributes.status;
      return status;
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
    // @ts-expect-error There is no such message.
    case 'order.deleted':
      return '';
    default: {
      const none: never = result;
      return none;
    }
  }
}

/** Required, nullable and absent are three different things. */
export function amounts(payload: OrderTotalUpdatedPayload): string {
  const { tipAmount, total } = payload.data.attributes;
  const tip: Equal<typeof tipAmount, string | null | undefined> = true;
  // @ts-expect-error It may be null, and it may be absent.
  tipAmount.length;
  return `${total.length}${tip}`;
}

export const attributes: OrderTotalUpdatedPayload['data']['attributes'] = {
  total: '1.00',
  updatedAt: '',
  tipAmount: null,
};
// @ts-expect-error What is absent is left out, not undefined.
export const wrong: OrderTotalUpdatedPayload['data']['attributes'] = {
  total: '1.00',
  updatedAt: '',
  tipAmount: undefined,
};
// @ts-expect-error A required member is missing.
export const missing: OrderTotalUpdatedPayload['data']['attributes'] = { total: '1.00' };

/** Guards narrow what is unknown. */
export function guarded(body: unknown): string {
  if (isBookingStatusUpdated(body)) return body.data.attributes.status;
  if (isOrderTotalUpdated(body)) {
    const type: 'orders' = body.data.type;
    return type;
  }
  // @ts-expect-error Nothing is known of what passed no guard.
  return body.data;
}

/** The catalogue knows its messages by their places. */
export const first: 'booking.status.updated' = messages[0].name;
// @ts-expect-error There is no seventh message.
export const seventh = messages[6];
// @ts-expect-error It can't be changed.
messages[0].name = 'booking.status.updated';
export const summaries: (string | undefined)[] = messages.map(({ summary }) => summary);
export const sample = messages[4].examples[0]?.payload?.data.attributes.tipAmount;
