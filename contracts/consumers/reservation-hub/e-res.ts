/** What e-Res tells: one message for everything that happens to a reservation, with all that e-Res knows of it. */
import type { ReceivedMessage, ReservationSavedPayload } from 'webhook-contracts/e-res';
import { type BookingNews, type BookingStatus, saveBooking } from './bookings.js';
import type { HubDatabase } from './database.js';
import { unixMilliseconds, unixSeconds } from './moments.js';

/** Keeps a reservation of e-Res. Of the guest only a name and a number are kept, and never the payment token. */
export function storeERes(database: HubDatabase, { payload }: ReceivedMessage): void {
  saveBooking(database, 'e-res', payload.id, newsOf(payload));
}

function newsOf(reservation: ReservationSavedPayload): BookingNews {
  const { datetime, adults, children = 0, duration, customer, updated } = reservation;
  const startsAt = unixSeconds(datetime);
  return {
    status: statusOf(reservation),
    providerStatus: reservation.status,
    partySize: adults + children,
    startsAt,
    endsAt: duration === undefined ? undefined : startsAt + duration * 60,
    room: textOf(reservation.room_name),
    guestName: textOf(customer?.surname),
    guestPhone: textOf(customer?.mobile),
    changed: updated === undefined ? undefined : unixMilliseconds(updated),
  };
}

/** Only "Confirmed" is documented of the status; the flags say the rest, the last thing that happened first. */
function statusOf(reservation: ReservationSavedPayload): BookingStatus | null {
  if (isSet(reservation.cancelled) || isSet(reservation.deleted)) return 'cancelled';
  if (isSet(reservation.departed)) return 'completed';
  if (isSet(reservation.arrived)) return 'seated';
  return reservation.status === 'Confirmed' ? 'confirmed' : null;
}

/** Only "F" is documented of a flag; that "T" is its opposite is inferred. */
function isSet(flag: string | undefined): boolean {
  return flag !== undefined && flag !== '' && flag !== 'F';
}

/** Text that is absent is the empty string; a field that is absent is not said. */
function textOf(text: string | undefined): string | null | undefined {
  return text === '' ? null : text;
}
