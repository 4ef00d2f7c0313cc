import { sign } from 'webhook-contracts/mozrest';
import { deliver, type Outcome } from '../deliver.js';
import { type DeliveryRules, readRules } from '../delivery-rules.js';
import { type Message, writeRequest } from '../webhook-request.js';
import * as deliveries from './deliveries.js';
import type { Booking, BookingChange, MozrestHosts } from './domain.js';

/** The hosts of the production environment. */
export const production: MozrestHosts = {
  bookings: 'https://api.mozrest.com',
  availability: 'https://webhooks.mozrest.com',
};

/** The hosts of the sandbox. */
export const sandbox: MozrestHosts = {
  bookings: 'https://api-sandbox.mozrest.com',
  availability: 'https://webhooks.sandbox.mozrest.com',
};

/**
 * Makes the reservation software's side of an integration: each function tells Mozrest what happened, and resolves to
 * what became of the delivery.
 */
export function reservationSoftware(
  { hosts, token }: { readonly hosts: MozrestHosts; readonly token: string },
  rules: DeliveryRules = readRules('mozrest'),
) {
  const send = async (url: URL, message: Message): Promise<Outcome> =>
    deliver(await writeRequest(url.href, message, (body) => sign(body, { token })), rules);
  const toBookings = (message: Message) =>
    send(new URL('/v1/rms/webhook', hosts.bookings), message);
  const toAvailability = (message: Message) => send(new URL('/', hosts.availability), message);

  return {
    bookingChanged: (booking: Booking, change: BookingChange) =>
      toBookings(deliveries.bookingUpdate(booking, change)),
    statusChanged: (booking: Booking) => toBookings(deliveries.bookingUpdateStatus(booking)),
    bookingCancelled: (booking: Booking) => toBookings(deliveries.bookingCancel(booking)),
    venueBooked: (booking: Booking) => toAvailability(deliveries.venueBookingCreation(booking)),
    venueBookingChanged: (booking: Booking) =>
      toAvailability(deliveries.venueBookingUpdate(booking)),
    venueBookingCancelled: (booking: Booking) =>
      toAvailability(deliveries.venueBookingCancellation(booking)),
  };
}
