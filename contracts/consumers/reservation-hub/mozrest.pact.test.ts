/**
 * What the hub, in the place of Mozrest, needs of reservation software.
 *
 * States:
 * - `a booking changed` {partySize?, date?}: the message holds those that are among the parameters
 * - `the status of a booking changed` {status}: the booking now has this status
 * - `a booking in an area of a venue`: its party size is known, too
 * - `a booking of which the meal date alone is known`: neither area nor party size is
 */

import { afterAll, describe, expect, it } from 'vitest';
import type { messages, ReceivedMessage } from 'webhook-contracts/mozrest';
import { messagePact, needed } from '../../../scripts/pact/index.js';
import { storedBy } from './contents.js';
import { storeMozrest } from './mozrest.js';

const pact = messagePact<typeof messages>({
  spec: 'mozrest',
  consumer: 'reservation-hub',
  producer: 'mozrest',
});
afterAll(() => pact.finish());

/** Returns what the hub keeps of a delivery that holds what the hub needs and nothing else. */
const stored = (delivery: object) =>
  storedBy((database) => storeMozrest(database, delivery as ReceivedMessage));

const id = 'your-booking-id';

it('needs what has changed of a booking', () =>
  pact.expect(
    'booking.update',
    {
      description: 'a new party size and a new date',
      given: { name: 'a booking changed', params: { partySize: 2, date: 1719599400 } },
      payload: {
        entity: 'booking',
        entityId: needed,
        action: 'update',
        data: { partySize: needed, date: needed },
      },
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({
        bookings: [{ id, party_size: 2, starts_at: 1719599400, status: null }],
      }),
  ));

it('takes a new party size alone', () =>
  pact.expect(
    'booking.update',
    {
      description: 'a new party size',
      given: { name: 'a booking changed', params: { partySize: 2 } },
      payload: {
        entity: 'booking',
        entityId: needed,
        action: 'update',
        data: { partySize: needed },
      },
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({
        bookings: [{ id, party_size: 2, starts_at: null }],
      }),
  ));

it('takes a new date alone', () =>
  pact.expect(
    'booking.update',
    {
      description: 'a new date',
      given: { name: 'a booking changed', params: { date: 1719599400 } },
      payload: {
        entity: 'booking',
        entityId: needed,
        action: 'update',
        data: { date: needed },
      },
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({
        bookings: [{ id, party_size: null, starts_at: 1719599400 }],
      }),
  ));

it('needs the new status of a booking', () =>
  pact.expect(
    'booking.update.status',
    {
      description: 'the new status of a booking',
      payload: {
        entity: 'booking',
        entityId: needed,
        action: 'update',
        data: { status: needed },
      },
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({
        bookings: [{ id, status: 'no-show', party_size: null, starts_at: null }],
      }),
  ));

it('needs to be told of a booking that was seated, in the word of Mozrest', () =>
  pact.expect(
    'booking.update.status',
    {
      description: 'a booking that was seated',
      given: { name: 'the status of a booking changed', params: { status: 'seated' } },
      payload: {
        entity: 'booking',
        entityId: needed,
        action: 'update',
        data: { status: 'seated' },
      },
    },
    (delivery) => expect(stored(delivery)).toMatchObject({ bookings: [{ id, status: 'seated' }] }),
  ));

it('needs to be told of a cancellation', () =>
  pact.expect(
    'booking.cancel',
    {
      description: 'a booking that was cancelled',
      payload: { entity: 'booking', entityId: needed, action: 'cancel' },
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({ bookings: [{ id, status: 'cancelled' }] }),
  ));

const actions = [
  ['venue.booking_creation', 'booking_creation', 'made'],
  ['venue.booking_update', 'booking_update', 'changed'],
  ['venue.booking_cancellation', 'booking_cancellation', 'cancelled'],
] as const;

describe.each(actions)('of a venue where a booking was touched: %s', (message, action, done) => {
  const venue = 'c0fa91e9-ed60-4d22-bd96-1545fb98936d';
  // The three messages differ in this constant alone, which TypeScript can't follow from one to the other.
  const envelope = { entity: 'venue', entityId: needed, action } as object;

  it('takes the slot, the area and the party size', () =>
    pact.expect(
      message,
      {
        description: `a booking in an area that was ${done}`,
        given: 'a booking in an area of a venue',
        payload: { ...envelope, data: { mealDate: needed, areaId: needed, partySize: needed } },
      },
      (delivery) =>
        expect(stored(delivery)).toMatchObject({
          touched_slots: [
            {
              venue_id: venue,
              area_id: '8123477f-4630-404f-a7fb-eec13fe4cd37',
              meal_at: 1742043600,
              touched_by: action,
              party_size: 2,
            },
          ],
        }),
    ));

  it('needs the slot, and no more', () =>
    pact.expect(
      message,
      {
        description: `a booking of which the meal date alone is known, that was ${done}`,
        given: 'a booking of which the meal date alone is known',
        payload: { ...envelope, data: { mealDate: needed } },
      },
      (delivery) =>
        expect(stored(delivery)).toMatchObject({
          touched_slots: [{ venue_id: venue, area_id: '', meal_at: 1742043600, party_size: null }],
        }),
    ));
});
