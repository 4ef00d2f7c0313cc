/** Whether the code of Mews POS makes what consumers need. */
import { it } from 'vitest';
import { verifyProducer } from '../../../scripts/pact/index.js';
import { stage } from '../stage.js';
import * as deliveries from './deliveries.js';
import type { Booking, Order } from './domain.js';

const updatedAt = new Date('2026-11-05T20:15:30.007Z');

const usualBooking: Booking = {
  id: 'd2c9a3c0-4b8e-4d6f-9a51-7e0b1c2d3e4f',
  status: 'confirmed',
  updatedAt,
};

const usualOrder: Order = {
  id: '8a7b6c5d-4e3f-4a2b-9c1d-0e9f8a7b6c5d',
  state: 'sent',
  status: 'preparing',
  total: 6450,
  updatedAt,
};

const booking = stage(usualBooking);
const order = stage(usualOrder);

/** Amounts as consumers name them in a state: null for none, absent where there never was one. */
interface Amounts {
  readonly tipAmount?: string | null;
  readonly correctionAmount?: string | null;
}

const minor = (amount: string | null) =>
  amount === null ? null : Math.round(Number(amount) * 100);

it('makes what consumers need', async () => {
  await verifyProducer({
    spec: 'mews',
    producer: 'mews',
    messages: {
      'booking.status.updated': () => deliveries.bookingStatusUpdated(booking.take()),
      'order.state.updated': () => deliveries.orderStateUpdated(order.take()),
      'order.status.updated': () => deliveries.orderStatusUpdated(order.take()),
      'order.total.updated': () => deliveries.orderTotalUpdated(order.take()),
      'product.availability.updated': () =>
        deliveries.productAvailabilityUpdated({
          id: '2f1e0d9c-8b7a-4695-8473-625140fedcba',
          isAvailable: true,
          updatedAt,
        }),
      'orders.payments.added': () =>
        deliveries.ordersPaymentsAdded({
          id: '77e6d5c4-b3a2-4190-8f7e-6d5c4b3a2910',
          orderId: usualOrder.id,
          addedAt: updatedAt,
        }),
    },
    states: {
      'the status of a booking changed': ({ status }: Pick<Booking, 'status'>) =>
        booking.put({ ...usualBooking, status }),
      'the total of an order changed': ({
        tipAmount: tip,
        correctionAmount: correction,
      }: Amounts) =>
        order.put({
          ...usualOrder,
          ...(tip === undefined ? {} : { tip: minor(tip) }),
          ...(correction === undefined ? {} : { correction: minor(correction) }),
        }),
    },
  });
});
