/** What GUEST API tells: a reservation of rooms and, it may be, its previous version. */
import type { ReceivedMessage, ReservationsUpdateDTO } from 'webhook-contracts/guest';
import { type BookingNews, findBooking, saveBooking } from './bookings.js';
import type { HubDatabase } from './database.js';
import { setAside } from './deliveries.js';
import { unixSeconds } from './moments.js';

/** Keeps a reservation of GUEST API, and the move where its room is another one. */
export function storeGuest(database: HubDatabase, { payload, headers }: ReceivedMessage): void {
  const [reservation, previous] = payload;
  if (reservation?.reservation_id === undefined) {
    setAside(database, 'guest', payload, 'No reservation_id');
    return;
  }
  const id = String(reservation.reservation_id);
  const news = newsOf(reservation);
  const known = findBooking(database, 'guest', id);
  // What the hub knows comes first: a delivery that comes again holds the previous version again, but is no move.
  const from = known === undefined ? roomOf(previous) : known.room;
  saveBooking(database, 'guest', id, {
    ...news,
    // What a Delete holds is not stated, but the reservation is gone. No other status has a documented meaning.
    status: headers.UpdateType === 'Delete' ? 'cancelled' : null,
  });
  if (from && news.room && from !== news.room) addRoomMove(database, id, from, news.room);
}

/** Null is "none", a member that is absent is not said. */
function newsOf(reservation: ReservationsUpdateDTO): BookingNews {
  const { arrivalDate, exitDate, rsvStatus } = reservation;
  return {
    providerStatus: textOf(rsvStatus),
    partySize: partySizeOf(reservation),
    startsAt: momentOf(arrivalDate),
    endsAt: momentOf(exitDate),
    room: roomOf(reservation),
    guestName: reservation.responsible,
  };
}

/** The size of a party is known only where all of its parts are. */
function partySizeOf({ ad, jr, ch, bb }: ReservationsUpdateDTO): number | undefined {
  if (ad === undefined || jr === undefined || ch === undefined || bb === undefined) return;
  return ad + jr + ch + bb;
}

function roomOf(reservation: ReservationsUpdateDTO | undefined): string | null | undefined {
  return textOf(reservation?.roomId);
}

function momentOf(date: string | null | undefined): number | null | undefined {
  return typeof date === 'string' ? unixSeconds(date) : date;
}

function textOf(id: number | null | undefined): string | null | undefined {
  return typeof id === 'number' ? String(id) : id;
}

function addRoomMove(database: HubDatabase, id: string, from: string, to: string): void {
  database.run(
    `INSERT INTO room_moves (provider, booking_id, from_room, to_room) VALUES ('guest', ?, ?, ?)`,
    [id, from, to],
  );
}
