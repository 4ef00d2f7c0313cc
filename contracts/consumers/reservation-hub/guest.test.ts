/** GUEST API: lists of one and of two, null and not said, rooms that change. */

import { expect, it } from 'vitest';
import type { ReceivedMessage } from 'webhook-contracts/guest';
import { storedBy } from './contents.js';
import { storeGuest } from './guest.js';

/** Returns what the hub keeps of these lists, in this order. */
function stored(...lists: object[][]) {
  return storedBy((database) => {
    for (const payload of lists) {
      const headers = { UpdateType: 'Update' };
      storeGuest(database, { message: 'reservations', payload, headers } as ReceivedMessage);
    }
  });
}

const inRoom = (roomId: number | null) => ({ reservation_id: 1, roomId });

it('keeps the reservation and not its previous version', () => {
  const { bookings } = stored([
    { reservation_id: 1, responsible: 'Ann' },
    { reservation_id: 1, responsible: 'Bob' },
  ]);
  expect(bookings).toMatchObject([{ id: '1', guest_name: 'Ann' }]);
});

it('tells null, which is none, from a member that is not said', () => {
  const all = { reservation_id: 1, roomId: 3, responsible: 'Ann', rsvStatus: 4 };
  const { bookings } = stored([all], [{ reservation_id: 1, roomId: null, rsvStatus: null }]);
  expect(bookings).toMatchObject([{ room: null, provider_status: null, guest_name: 'Ann' }]);
});

it('knows the size of a party only where it knows all its parts', () => {
  const parts = { ad: 8, jr: 4, ch: 2, bb: 1 };
  expect(stored([{ reservation_id: 1, ...parts }]).bookings).toMatchObject([{ party_size: 15 }]);
  expect(stored([{ reservation_id: 1, ad: 2 }]).bookings).toMatchObject([{ party_size: null }]);
});

it.each([
  ['from the previous version, of a reservation that is new to it', [[inRoom(2), inRoom(1)]]],
  ['from what it knows', [[inRoom(1)], [inRoom(2)]]],
  [
    'once, where the delivery comes again',
    [
      [inRoom(2), inRoom(1)],
      [inRoom(2), inRoom(1)],
    ],
  ],
])('notes a move %s', (_, lists) => {
  expect(stored(...lists).room_moves).toMatchObject([{ from_room: '1', to_room: '2' }]);
});

it.each([
  ['the room is the same', [[inRoom(1), inRoom(1)]]],
  ['there was no room', [[inRoom(1), inRoom(null)]]],
  ['there is no room any more', [[inRoom(null), inRoom(1)]]],
  ['the room is not said', [[inRoom(1)], [{ reservation_id: 1 }]]],
  ['it is another reservation', [[inRoom(1)], [{ reservation_id: 2, roomId: 2 }]]],
])('notes no move where %s', (_, lists) => {
  expect(stored(...lists).room_moves).toBeUndefined();
});

it('sets aside, once, what does not say which reservation it is', () => {
  const { set_aside, bookings } = stored([{ roomId: 1 }], [{ roomId: 1 }], [{ roomId: 2 }]);
  expect(set_aside).toHaveLength(2);
  expect(bookings).toBeUndefined();
});

it('keeps when a stay begins and when it ends', () => {
  const stay = { arrivalDate: '2026-08-01T14:00:00Z', exitDate: '2026-08-08T10:00:00Z' };
  const { bookings } = stored([{ reservation_id: 1, ...stay }]);
  expect(bookings).toMatchObject([
    {
      starts_at: Date.UTC(2026, 7, 1, 14) / 1000,
      ends_at: Date.UTC(2026, 7, 8, 10) / 1000,
    },
  ]);
});
