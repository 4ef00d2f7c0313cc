/**
 * What the hub needs of Quandoo: which reservation or enquiry, at which restaurant, and what happened. The rest is
 * fetched. Each message comes to one address for online and another one for offline reservations, so both are told
 * apart by their operations.
 *
 * States: none, since the messages hold ids only.
 */

import { afterAll, expect, it } from 'vitest';
import type { messages, ReceivedMessage } from 'webhook-contracts/quandoo';
import { messagePact, needed } from '../../../scripts/pact/index.js';
import { storedBy } from './contents.js';
import { storeQuandoo } from './quandoo.js';

const pact = messagePact<typeof messages>({
  spec: 'quandoo',
  consumer: 'reservation-hub',
  producer: 'quandoo',
});
afterAll(() => pact.finish());

/** Returns what the hub keeps of a delivery that holds what the hub needs and nothing else. */
const stored = (delivery: object) =>
  storedBy((database) => storeQuandoo(database, delivery as ReceivedMessage));

const id = '170135f0-3282-11e8-b467-0ed5f89f718b';

const reservations = [
  ['RESERVATION_CREATED', 'was created'],
  ['RESERVATION_CONFIRMED', 'was confirmed'],
  ['RESERVATION_REJECTED', 'was rejected'],
  ['RESERVATION_EDITED', 'was edited'],
  ['RESERVATION_CUSTOMER_CANCELED', 'was cancelled by the customer'],
  ['RESERVATION_MERCHANT_CANCELED', 'was cancelled by the merchant'],
  ['RESERVATION_NOTIFICATION_REQUESTED', 'is to be reconfirmed'],
  ['RESERVATION_NOTIFIED', 'has been asked to be reconfirmed'],
  ['RESERVATION_RECONFIRMED', 'was reconfirmed'],
  ['RESERVATION_CHECKED_OUT', 'was checked out'],
] as const;

const origins = [
  ['online', 'sendOnlineReservationNotification'],
  ['offline', 'sendOfflineReservationNotification'],
] as const;

for (const [origin, operation] of origins) {
  it.each(reservations)(`needs the ids of an ${origin} reservation with %s`, (message, what) =>
    pact.expect(
      message,
      {
        description: `an ${origin} reservation that ${what}`,
        operation,
        payload: {
          reservation: { id: needed },
          merchant: { id: needed },
          notificationType: message,
        },
      },
      (delivery) =>
        expect(stored(delivery).to_fetch).toEqual([
          {
            provider: 'quandoo',
            kind: 'reservation',
            id,
            merchant_id: 123,
            reason: message,
            notices: 1,
          },
        ]),
    ),
  );
}

const enquiries = [
  ['RESERVATION_ENQUIRY_CREATED', 'was created'],
  ['RESERVATION_ENQUIRY_CONFIRMED', 'was confirmed'],
  ['RESERVATION_ENQUIRY_REJECTED', 'was rejected'],
] as const;

it.each(enquiries)('needs the ids of an enquiry with %s', (message, what) =>
  pact.expect(
    message,
    {
      description: `an enquiry that ${what}`,
      payload: {
        reservationEnquiry: { id: needed },
        merchant: { id: needed },
        notificationType: message,
      },
    },
    (delivery) =>
      expect(stored(delivery).to_fetch).toEqual([
        {
          provider: 'quandoo',
          kind: 'enquiry',
          id,
          merchant_id: 123,
          reason: message,
          notices: 1,
        },
      ]),
  ),
);
