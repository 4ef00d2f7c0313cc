/**
 * What the hub needs of GUEST API: the header UpdateType, and a list of one reservation or of two. No member of a
 * reservation is required, not even its id.
 *
 * States:
 * - `a reservation with all its fields`
 * - `a reservation of which the id alone is known`
 * - `a reservation whose nullable fields are null`
 * - `a reservation without an id`
 * - `a reservation was moved` {from, to}: from one room to another, and its previous version is sent as well
 * - `a reservation was changed` {updateType}: with this UpdateType
 */

import { afterAll, expect, it } from 'vitest';
import type { messages, ReceivedMessage } from 'webhook-contracts/guest';
import { each, messagePact, needed } from '../../../scripts/pact/index.js';
import { storedBy } from './contents.js';
import { storeGuest } from './guest.js';

const pact = messagePact<typeof messages>({
  spec: 'guest',
  consumer: 'reservation-hub',
  producer: 'guest',
});
afterAll(() => pact.finish());

/** Returns what the hub keeps of a delivery that holds what the hub needs and nothing else. */
const stored = (delivery: object) =>
  storedBy((database) => storeGuest(database, delivery as ReceivedMessage));

const headers = { UpdateType: needed } as const;
const nothingKnown = {
  status: null,
  provider_status: null,
  party_size: null,
  starts_at: null,
  ends_at: null,
  room: null,
  guest_name: null,
};

it('takes all that it reads', () =>
  pact.expect(
    'reservations',
    {
      description: 'a reservation with all that the hub reads',
      given: 'a reservation with all its fields',
      headers,
      payload: each({
        reservation_id: needed,
        arrivalDate: needed,
        exitDate: needed,
        rsvStatus: needed,
        roomId: needed,
        responsible: needed,
        ad: needed,
        jr: needed,
        ch: needed,
        bb: needed,
      }),
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({
        bookings: [
          {
            id: '0',
            status: null,
            provider_status: '0',
            party_size: 0,
            starts_at: Date.UTC(2019, 7, 24, 14, 15, 22) / 1000,
            ends_at: Date.UTC(2019, 7, 24, 14, 15, 22) / 1000,
            room: '0',
            guest_name: 'string',
          },
        ],
      }),
  ));

it('needs the id of a reservation, and no more', () =>
  pact.expect(
    'reservations',
    {
      description: 'a reservation of which the id alone is known',
      given: 'a reservation of which the id alone is known',
      headers,
      payload: each({ reservation_id: needed }),
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({ bookings: [{ id: '0', ...nothingKnown }] }),
  ));

it('takes null where there is none', () =>
  pact.expect(
    'reservations',
    {
      description: 'a reservation whose nullable fields are null',
      given: 'a reservation whose nullable fields are null',
      headers,
      payload: each({
        reservation_id: needed,
        arrivalDate: null,
        exitDate: null,
        rsvStatus: null,
        roomId: null,
        responsible: null,
      }),
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({ bookings: [{ id: '0', ...nothingKnown }] }),
  ));

it('sets a reservation aside that does not say which it is', () =>
  pact.expect(
    'reservations',
    {
      description: 'a reservation without an id',
      given: 'a reservation without an id',
      headers,
      payload: each({}),
    },
    (delivery) =>
      expect(stored(delivery)).toEqual({
        set_aside: [{ provider: 'guest', payload: '[{}]', reason: 'No reservation_id' }],
      }),
  ));

it('takes the previous version where it is sent', () =>
  pact.expect(
    'reservations',
    {
      description: 'a reservation in another room, with its previous version',
      given: { name: 'a reservation was moved', params: { from: 1, to: 2 } },
      headers,
      payload: [{ reservation_id: needed, roomId: 2 }, { roomId: 1 }],
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({
        bookings: [{ id: '0', room: '2' }],
        room_moves: [{ booking_id: '0', from_room: '1', to_room: '2' }],
      }),
  ));

const updateTypes = [
  ['Insert', null],
  ['Update', null],
  ['Delete', 'cancelled'],
] as const;

it.each(updateTypes)('needs the header UpdateType: %s', (updateType, status) =>
  pact.expect(
    'reservations',
    {
      description: `a reservation with the UpdateType ${updateType}`,
      given: { name: 'a reservation was changed', params: { updateType } },
      headers: { UpdateType: updateType },
      payload: each({ reservation_id: needed }),
    },
    (delivery) => expect(stored(delivery)).toMatchObject({ bookings: [{ id: '0', status }] }),
  ),
);
