/** How reservation software delivers to Mozrest: two addresses, one token. */
import { expect, it } from 'vitest';
import { recordingServer } from '../recording-server.js';
import type { Booking } from './domain.js';
import { production, reservationSoftware, sandbox } from './producer.js';

const booking: Booking = {
  id: 'BK-1',
  venueId: 'V-1',
  startsAt: new Date('2026-05-02T18:30:00.999Z'),
  partySize: 4,
  status: 'did-not-come',
};

it('sends bookings and availability to their addresses, with the token', async () => {
  const [bookings, availability] = [await recordingServer(200), await recordingServer(200)];
  const hosts = { bookings: bookings.url, availability: availability.url };
  const software = reservationSoftware({ hosts, token: 'token-1234' });
  await software.bookingChanged(booking, { partySize: 5 });
  await software.statusChanged(booking);
  await software.bookingCancelled(booking);
  await software.venueBooked(booking);
  await software.venueBookingChanged(booking);
  await software.venueBookingCancelled(booking);
  const seen = [bookings, availability].map(({ requests }) =>
    requests.map(({ path, headers, body }) => [
      path,
      headers.authorization,
      JSON.parse(body.toString()).action,
    ]),
  );
  expect(seen).toEqual([
    [
      ['/v1/rms/webhook', 'Bearer token-1234', 'update'],
      ['/v1/rms/webhook', 'Bearer token-1234', 'update'],
      ['/v1/rms/webhook', 'Bearer token-1234', 'cancel'],
    ],
    [
      ['/', 'Bearer token-1234', 'booking_creation'],
      ['/', 'Bearer token-1234', 'booking_update'],
      ['/', 'Bearer token-1234', 'booking_cancellation'],
    ],
  ]);
});

it('knows the hosts of both environments', () => {
  expect([production, sandbox]).toEqual([
    { bookings: 'https://api.mozrest.com', availability: 'https://webhooks.mozrest.com' },
    {
      bookings: 'https://api-sandbox.mozrest.com',
      availability: 'https://webhooks.sandbox.mozrest.com',
    },
  ]);
});

it.each<[status: Booking['status'], wire: string]>([
  ['accepted', 'confirmed'],
  ['declined', 'rejected'],
  ['arrived', 'seated'],
  ['paid', 'completed'],
  ['did-not-come', 'no-show'],
])('calls %s %s', async (status, wire) => {
  const server = await recordingServer(200);
  const hosts = { bookings: server.url, availability: server.url };
  await reservationSoftware({ hosts, token: 'token-1234' }).statusChanged({ ...booking, status });
  expect(JSON.parse(String(server.requests[0]?.body)).data).toEqual({ status: wire });
});

it.each([
  [{ partySize: 5 }, { partySize: 5 }],
  [{ startsAt: booking.startsAt }, { date: 1777746600 }],
  [
    { partySize: 5, startsAt: booking.startsAt },
    { partySize: 5, date: 1777746600 },
  ],
])('sends only what changed: %j', async (change, data) => {
  const server = await recordingServer(200);
  const hosts = { bookings: server.url, availability: server.url };
  await reservationSoftware({ hosts, token: 'token-1234' }).bookingChanged(booking, change);
  expect(JSON.parse(String(server.requests[0]?.body)).data).toEqual(data);
});

it('does not send again, since no attempts are stated', async () => {
  const server = await recordingServer(500, 200);
  const hosts = { bookings: server.url, availability: server.url };
  const software = reservationSoftware({ hosts, token: 'token-1234' });
  expect(await software.bookingCancelled(booking)).toMatchObject({ verdict: 'failed' });
  expect(server.requests).toHaveLength(1);
});
