// @ts-nocheck -- valibot is installed beside this file only (bench/README.md).
/** The messages of Mews as one would write them by hand with Valibot: what bench/import.ts compares with. */
import * as v from 'valibot';

const timestamp = v.pipe(v.string(), v.isoTimestamp());
const uuid = v.pipe(v.string(), v.uuid());

/** Writes the schema of a message. */
const messageOf = (eventType, type, attributes) =>
  v.looseObject({
    data: v.looseObject({
      id: v.string(),
      type: v.literal(type),
      attributes: v.looseObject({ ...attributes, updatedAt: timestamp }),
    }),
    meta: v.looseObject({ eventType: v.literal(eventType) }),
  });

export const bookingStatusUpdated = messageOf('booking.status.updated', 'bookings', {
  status: v.picklist(['confirmed', 'seated', 'completed', 'cancelled', 'no_show']),
});

export const orderStateUpdated = messageOf('order.state.updated', 'orders', {
  state: v.picklist([
    'draft',
    'sent',
    'paid',
    'discarded',
    'cart',
    'pending_payment',
    'open',
    'open_web',
  ]),
});

export const orderStatusUpdated = messageOf('order.status.updated', 'orders', {
  status: v.picklist([
    'received',
    'confirmed',
    'rejected',
    'preparing',
    'ready_for_delivery',
    'dispatched',
    'in_transit',
    'delivered',
  ]),
});

export const productAvailabilityUpdated = messageOf('product.availability.updated', 'products', {
  isAvailable: v.boolean(),
});

export const orderTotalUpdated = messageOf('order.total.updated', 'orders', {
  tipAmount: v.optional(v.nullable(v.string())),
  correctionAmount: v.optional(v.nullable(v.string())),
  total: v.string(),
});

export const ordersPaymentsAdded = messageOf('orders.payments.added', 'orders', {
  orderId: uuid,
  paymentId: uuid,
});

const message = v.union([
  bookingStatusUpdated,
  orderStateUpdated,
  orderStatusUpdated,
  productAvailabilityUpdated,
  orderTotalUpdated,
  ordersPaymentsAdded,
]);

/** Parses the payload of any message. */
export const parse = (payload) => v.safeParse(message, payload);
