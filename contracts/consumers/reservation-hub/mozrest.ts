/** What reservation software tells Mozrest, whose side the hub plays here. */
import type { ReceivedMessage, VenueBooking } from 'webhook-contracts/mozrest';
import { saveBooking } from './bookings.js';
import type { HubDatabase } from './database.js';

/** Keeps what a message of reservation software says of a booking or of a venue's availability. */
export function storeMozrest(database: HubDatabase, { message, payload }: ReceivedMessage): void {
  const { entityId } = payload;
  switch (message) {
    case 'booking.update':
      // One of the two may be missing: the booking keeps what it had.
      saveBooking(database, 'mozrest', entityId, {
        partySize: payload.data.partySize,
        startsAt: payload.data.date,
      });
      break;
    case 'booking.update.status':
      saveBooking(database, 'mozrest', entityId, { status: payload.data.status });
      break;
    case 'booking.cancel':
      saveBooking(database, 'mozrest', entityId, { status: 'cancelled' });
      break;
    case 'venue.booking_creation':
    case 'venue.booking_update':
    case 'venue.booking_cancellation':
      touchSlot(database, entityId, payload.action, payload.data);
  }
}

/**
 * Notes that the availability of a slot is to be asked for again. The message has neither a slot's id nor a number of
 * places, and an equal one may be of another booking, so nothing is counted. No area stands for the whole venue. The
 * contact of the guest is not needed, and not kept.
 */
function touchSlot(
  database: HubDatabase,
  venueId: string,
  touchedBy: string,
  { mealDate, partySize, areaId }: VenueBooking,
): void {
  database.run(
    `INSERT INTO touched_slots (provider, venue_id, area_id, meal_at, touched_by, party_size)
     VALUES ('mozrest', ?, ?, ?, ?, ?)
     ON CONFLICT (provider, venue_id, area_id, meal_at)
     DO UPDATE SET touched_by = excluded.touched_by, party_size = excluded.party_size`,
    [venueId, areaId ?? '', mealDate, touchedBy, partySize ?? null],
  );
}
