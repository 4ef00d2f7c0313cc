import type {
  BookingCancelPayload,
  BookingStatus,
  BookingUpdatePayload,
  BookingUpdateStatusPayload,
  Contact,
  VenueBooking,
  VenueBookingCancellationPayload,
  VenueBookingCreationPayload,
  VenueBookingUpdatePayload,
} from 'webhook-contracts/mozrest';
import { present } from '../present.js';
import type { Message } from '../webhook-request.js';
import type { Booking, BookingChange, BookingState, Guest } from './domain.js';

const statuses: Readonly<Record<BookingState, BookingStatus>> = {
  accepted: 'confirmed',
  declined: 'rejected',
  arrived: 'seated',
  paid: 'completed',
  'did-not-come': 'no-show',
};

/** Writes the message of a booking that has another party size, another time, or both: only what changed. */
export function bookingUpdate(
  { id }: Pick<Booking, 'id'>,
  change: BookingChange,
): Message<BookingUpdatePayload> {
  return {
    payload: { entity: 'booking', entityId: id, action: 'update', data: changedData(change) },
  };
}

/** Writes the message of a booking whose status changed. */
export function bookingUpdateStatus(
  booking: Pick<Booking, 'id' | 'status'>,
): Message<BookingUpdateStatusPayload> {
  const data = { status: statuses[booking.status] };
  return { payload: { entity: 'booking', entityId: booking.id, action: 'update', data } };
}

/** Writes the message of a booking that was cancelled. */
export function bookingCancel({ id }: Pick<Booking, 'id'>): Message<BookingCancelPayload> {
  return { payload: { entity: 'booking', entityId: id, action: 'cancel' } };
}

/** Writes the message of a new booking at a venue. */
export function venueBookingCreation(booking: Booking): Message<VenueBookingCreationPayload> {
  const { venueId: entityId } = booking;
  const data = venueBooking(booking);
  return { payload: { entity: 'venue', entityId, action: 'booking_creation', data } };
}

/** Writes the message of a booking at a venue as it is after a change. */
export function venueBookingUpdate(booking: Booking): Message<VenueBookingUpdatePayload> {
  const { venueId: entityId } = booking;
  const data = venueBooking(booking);
  return { payload: { entity: 'venue', entityId, action: 'booking_update', data } };
}

/** Writes the message of a booking at a venue that was cancelled. */
export function venueBookingCancellation(
  booking: Booking,
): Message<VenueBookingCancellationPayload> {
  const { venueId: entityId } = booking;
  const data = venueBooking(booking);
  return { payload: { entity: 'venue', entityId, action: 'booking_cancellation', data } };
}

function changedData({ partySize, startsAt }: BookingChange): BookingUpdatePayload['data'] {
  if (startsAt === undefined) return { partySize };
  const date = unixSeconds(startsAt);
  return partySize === undefined ? { date } : { partySize, date };
}

function venueBooking({ startsAt, partySize, areaId, guest }: Booking): VenueBooking {
  const contact = guest && contactOf(guest);
  return present({ mealDate: unixSeconds(startsAt), partySize, areaId, contact });
}

function contactOf({ firstName, lastName, email, telephone, language }: Guest): Contact {
  return present({
    firstname: firstName,
    lastname: lastName,
    email,
    telephone,
    locale: language,
  });
}

function unixSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
