import {
  type Customer,
  check,
  isReservationSaved,
  type ReservationSavedPayload,
} from '../../../generated/e-res/index.js';
import type { Equal } from './equal.js';

/** A document with one message needs no narrowing by its name. */
export function read(body: unknown): string {
  const result = check(body);
  if (!result.ok) return '';
  const name: 'reservation.saved' = result.message;
  const customer: Equal<ReservationSavedPayload['customer'], Customer | undefined> = true;
  // @ts-expect-error The customer may be absent.
  result.payload.customer.email;
  // @ts-expect-error Members that the document does not know are not typed.
  result.payload.nickname;
  return `${name}${customer}${result.payload.datetime}`;
}

export function adults(body: unknown): number {
  return isReservationSaved(body) ? body.adults : 0;
}

// @ts-expect-error The flag is a text, not a boolean.
export const customer: Customer = { vip: true };
