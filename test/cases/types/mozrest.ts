import {
  type BookingCancelPayload,
  type BookingUpdatePayload,
  check,
  isVenueBookingCreation,
} from '../../../generated/mozrest/index.js';

/** At least one of two members is there. */
export const partySize: BookingUpdatePayload['data'] = { partySize: 2 };
export const date: BookingUpdatePayload['data'] = { date: 1_600_000_000 };
export const both: BookingUpdatePayload['data'] = { partySize: 2, date: 1_600_000_000 };
// @ts-expect-error One of the two must be there.
export const neither: BookingUpdatePayload['data'] = {};
// @ts-expect-error A delivery with a status is another message.
export const status: BookingUpdatePayload['data'] = { partySize: 2, status: 'seated' };

/** Two messages share entity and action; the message's name tells them apart. */
export function read(body: unknown): number | string | undefined {
  const result = check(body);
  if (!result.ok) return undefined;
  if (result.message === 'booking.update') return result.payload.data.partySize;
  if (result.message === 'booking.update.status') return result.payload.data.status;
  if (result.payload.entity === 'venue') return result.payload.data.mealDate;
  const cancelled: BookingCancelPayload = result.payload;
  // @ts-expect-error A cancellation has no data.
  return cancelled.data;
}

export function locale(body: unknown): string | undefined {
  if (!isVenueBookingCreation(body)) return undefined;
  // @ts-expect-error The contact may be absent.
  body.data.contact.locale;
  return body.data.contact?.locale;
}
