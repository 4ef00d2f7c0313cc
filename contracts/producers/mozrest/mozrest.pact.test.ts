/** What reservation software sends to Mozrest, by its own code; the expected bodies are written by hand. */
import { afterAll, describe, it } from 'vitest';
import type * as mozrestModule from 'webhook-contracts/mozrest';
import { httpPact } from '../../../scripts/pact/index.js';
import { arrived } from '../arrived.js';
import type { Booking } from './domain.js';
import { reservationSoftware } from './producer.js';

const token = 'a-token-that-does-not-expire';

const pact = httpPact<typeof mozrestModule.messages>({
  spec: 'mozrest',
  consumer: 'reservation-hub',
  producer: 'mozrest',
  tokens: [token],
});

const unused = 'http://127.0.0.1:9';

/** The hub stands for the host of bookings; nothing may go to the other one. */
const forBookings = (url: string) =>
  reservationSoftware({ hosts: { bookings: url, availability: unused }, token });

/** The hub stands for the host of availability; nothing may go to the other one. */
const forAvailability = (url: string) =>
  reservationSoftware({ hosts: { bookings: unused, availability: url }, token });

const booking: Booking = {
  id: 'BK-2026-00417',
  venueId: '2b1f7a90-60c4-4a2b-8f35-91d7c3e0a6b8',
  startsAt: new Date('2026-09-12T18:45:00Z'),
  partySize: 6,
  status: 'arrived',
  areaId: 'terrace',
  guest: {
    firstName: 'Amélie',
    lastName: 'Durand',
    email: 'amelie@example.com',
    telephone: '33612345678',
    language: 'fr',
  },
};

const contact = {
  firstname: 'Amélie',
  lastname: 'Durand',
  email: 'amelie@example.com',
  telephone: '33612345678',
  locale: 'fr',
};

describe('reservation software delivers', () => {
  it('a booking that was moved', () =>
    pact.deliver(
      'booking.update',
      {
        description: 'a booking was moved and enlarged',
        payload: {
          entity: 'booking',
          entityId: 'BK-2026-00417',
          action: 'update',
          data: { partySize: 6, date: 1_789_238_700 },
        },
      },
      (url) =>
        arrived(
          forBookings(url).bookingChanged(booking, {
            partySize: 6,
            startsAt: new Date('2026-09-12T18:45:00Z'),
          }),
        ),
    ));

  it('a party that was seated', () =>
    pact.deliver(
      'booking.update.status',
      {
        description: 'a party was seated',
        payload: {
          entity: 'booking',
          entityId: 'BK-2026-00417',
          action: 'update',
          data: { status: 'seated' },
        },
      },
      (url) => arrived(forBookings(url).statusChanged(booking)),
    ));

  it('a cancelled booking', () =>
    pact.deliver(
      'booking.cancel',
      {
        description: 'a booking was cancelled',
        payload: { entity: 'booking', entityId: 'BK-2026-00417', action: 'cancel' },
      },
      (url) => arrived(forBookings(url).bookingCancelled(booking)),
    ));

  it('a new booking at a venue', () =>
    pact.deliver(
      'venue.booking_creation',
      {
        description: 'a booking was made at a venue',
        payload: {
          entity: 'venue',
          entityId: '2b1f7a90-60c4-4a2b-8f35-91d7c3e0a6b8',
          action: 'booking_creation',
          data: { mealDate: 1_789_238_700, partySize: 6, areaId: 'terrace', contact },
        },
      },
      (url) => arrived(forAvailability(url).venueBooked(booking)),
    ));

  it('a changed booking at a venue', () =>
    pact.deliver(
      'venue.booking_update',
      {
        description: 'a booking was changed at a venue',
        payload: {
          entity: 'venue',
          entityId: '2b1f7a90-60c4-4a2b-8f35-91d7c3e0a6b8',
          action: 'booking_update',
          data: { mealDate: 1_789_238_700, partySize: 6, areaId: 'terrace', contact },
        },
      },
      (url) => arrived(forAvailability(url).venueBookingChanged(booking)),
    ));

  it('a cancelled booking at a venue', () =>
    pact.deliver(
      'venue.booking_cancellation',
      {
        description: 'a booking was cancelled at a venue',
        payload: {
          entity: 'venue',
          entityId: '2b1f7a90-60c4-4a2b-8f35-91d7c3e0a6b8',
          action: 'booking_cancellation',
          data: { mealDate: 1_789_238_700, partySize: 6, areaId: 'terrace', contact },
        },
      },
      (url) => arrived(forAvailability(url).venueBookingCancelled(booking)),
    ));
});

afterAll(() => pact.finish());
