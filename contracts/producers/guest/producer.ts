import { deliver, type Outcome } from '../deliver.js';
import { type DeliveryRules, readRules } from '../delivery-rules.js';
import { writeRequest } from '../webhook-request.js';
import { type ReservationsMessage, reservations } from './deliveries.js';
import type { Reservation, Subscription } from './domain.js';

/** What a change has to touch to be told: the eleven properties of the guide, four numbers of guests among them. */
const triggers: readonly (keyof Reservation)[] = [
  'arrival',
  'departure',
  'roomId',
  'status',
  'invoiceStatus',
  'roomTypeBilled',
  'roomTypeUsed',
  'boardTypeBilled',
  'boardTypeUsed',
  'adults',
  'juniors',
  'children',
  'babies',
  'responsible',
];

/**
 * Makes the side of GUEST API for a subscription. The guide says nothing of a response that never comes, so that
 * does not count as a failure, and the fallback URL is left alone.
 */
export function guest(
  { webhookUrl, fallbackUrl, withPrevious = false }: Subscription,
  rules: DeliveryRules = readRules('guest', { noResponse: 'unclear' }),
) {
  const send = async (message: ReservationsMessage): Promise<Outcome> =>
    deliver(await writeRequest(webhookUrl, message), rules, fallbackUrl);

  return {
    reservationAdded: (added: Reservation) => send(reservations('Insert', added)),

    /** Resolves to undefined where no property changed that subscribers are told of. */
    reservationChanged: async (
      previous: Reservation,
      updated: Reservation,
    ): Promise<Outcome | undefined> =>
      triggers.some((name) => !isEqual(previous[name], updated[name]))
        ? send(reservations('Update', updated, withPrevious ? previous : undefined))
        : undefined,

    reservationDeleted: (deleted: Reservation) => send(reservations('Delete', deleted)),
  };
}

function isEqual(one: Reservation[keyof Reservation], other: typeof one): boolean {
  return one instanceof Date && other instanceof Date
    ? one.getTime() === other.getTime()
    : one === other;
}
