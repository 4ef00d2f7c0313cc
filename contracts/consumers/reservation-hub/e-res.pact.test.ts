/**
 * What the hub needs of e-Res. Of nearly seventy fields it reads fourteen, and relies on the four that are required.
 *
 * States:
 * - `a reservation with all its fields`
 * - `a reservation with the required fields alone`
 * - `a reservation with a flag set` {flag}: this flag is "T"
 * - `a customer with one detail` {detail}: `surname` or `mobile`, the other one is left out
 */

import { afterAll, expect, it } from 'vitest';
import type { messages, ReceivedMessage } from 'webhook-contracts/e-res';
import { messagePact, needed } from '../../../scripts/pact/index.js';
import { storedBy } from './contents.js';
import { storeERes } from './e-res.js';

const pact = messagePact<typeof messages>({
  spec: 'e-res',
  consumer: 'reservation-hub',
  producer: 'e-res',
});
afterAll(() => pact.finish());

/** Returns the booking that the hub keeps of a delivery with what the hub needs and nothing else. */
const storedBooking = (delivery: object) =>
  storedBy((database) => storeERes(database, delivery as ReceivedMessage)).bookings?.[0];

const required = { id: needed, datetime: needed, adults: needed, status: needed } as const;
const id = '43B39683AB734A038ADA1B27345E9C90';
const startsAt = Date.UTC(2021, 1, 22, 22, 30) / 1000;

it('needs which reservation, when, for how many, and how it stands', () =>
  pact.expect(
    'reservation.saved',
    {
      description: 'a reservation with the required fields alone',
      given: 'a reservation with the required fields alone',
      payload: required,
    },
    (delivery) =>
      expect(storedBooking(delivery)).toEqual({
        provider: 'e-res',
        id,
        status: 'confirmed',
        provider_status: 'Confirmed',
        party_size: 2,
        starts_at: startsAt,
        ends_at: null,
        room: null,
        guest_name: null,
        guest_phone: null,
        changed: null,
      }),
  ));

it('takes all that it reads', () =>
  pact.expect(
    'reservation.saved',
    {
      description: 'a reservation with all that the hub reads',
      given: 'a reservation with all its fields',
      payload: {
        ...required,
        children: needed,
        duration: needed,
        room_name: needed,
        cancelled: needed,
        deleted: needed,
        departed: needed,
        arrived: needed,
        updated: needed,
        customer: { surname: needed, mobile: needed },
      },
    },
    (delivery) =>
      expect(storedBooking(delivery)).toEqual({
        provider: 'e-res',
        id,
        status: 'confirmed',
        provider_status: 'Confirmed',
        party_size: 2,
        starts_at: startsAt,
        ends_at: startsAt + 120 * 60,
        room: 'Restaurant',
        guest_name: 'Murt',
        guest_phone: '07000000123',
        changed: Date.UTC(2021, 1, 22, 13, 34, 32),
      }),
  ));

const details = [
  ['surname', { guest_name: 'Murt', guest_phone: null }],
  ['mobile', { guest_name: null, guest_phone: '07000000123' }],
] as const;

it.each(details)('takes a customer whose %s alone is known', (detail, expected) =>
  pact.expect(
    'reservation.saved',
    {
      description: `a reservation of a customer whose ${detail} alone is known`,
      given: { name: 'a customer with one detail', params: { detail } },
      payload: { ...required, customer: { [detail]: needed } },
    },
    (delivery) => expect(storedBooking(delivery)).toMatchObject(expected),
  ),
);

// That "T" is the opposite of "F" is inferred by the document.
const flags = [
  ['cancelled', 'cancelled'],
  ['deleted', 'cancelled'],
  ['departed', 'completed'],
  ['arrived', 'seated'],
] as const;

it.each(flags)('needs to be told by the flag %s', (flag, status) =>
  pact.expect(
    'reservation.saved',
    {
      description: `a reservation with the flag ${flag} set`,
      given: { name: 'a reservation with a flag set', params: { flag } },
      payload: { ...required, [flag]: 'T' },
    },
    (delivery) => expect(storedBooking(delivery)).toMatchObject({ id, status }),
  ),
);
