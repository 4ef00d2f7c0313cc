import type {
  BookingStatusUpdatedPayload,
  OrderStateUpdatedPayload,
  OrderStatusUpdatedPayload,
  OrdersPaymentsAddedPayload,
  OrderTotalUpdatedPayload,
  ProductAvailabilityUpdatedPayload,
} from 'webhook-contracts/mews';
import { present } from '../present.js';
import type { Message } from '../webhook-request.js';
import type { Booking, Order, Payment, Product } from './domain.js';

/** Writes the message of a booking whose status changed. */
export function bookingStatusUpdated(booking: Booking): Message<BookingStatusUpdatedPayload> {
  const { id, status } = booking;
  const attributes = { status, updatedAt: booking.updatedAt.toISOString() };
  return {
    payload: {
      data: { id, type: 'bookings', attributes },
      meta: { eventType: 'booking.status.updated' },
    },
  };
}

/** Writes the message of an order whose state changed. */
export function orderStateUpdated(order: Order): Message<OrderStateUpdatedPayload> {
  const { id, state } = order;
  const attributes = { state, updatedAt: order.updatedAt.toISOString() };
  return {
    payload: {
      data: { id, type: 'orders', attributes },
      meta: { eventType: 'order.state.updated' },
    },
  };
}

/** Writes the message of an order whose fulfilment status changed. */
export function orderStatusUpdated(order: Order): Message<OrderStatusUpdatedPayload> {
  const { id, status } = order;
  const attributes = { status, updatedAt: order.updatedAt.toISOString() };
  return {
    payload: {
      data: { id, type: 'orders', attributes },
      meta: { eventType: 'order.status.updated' },
    },
  };
}

/** Writes the message of a product that became available or unavailable. */
export function productAvailabilityUpdated(
  product: Product,
): Message<ProductAvailabilityUpdatedPayload> {
  const { id, isAvailable } = product;
  const attributes = { isAvailable, updatedAt: product.updatedAt.toISOString() };
  return {
    payload: {
      data: { id, type: 'products', attributes },
      meta: { eventType: 'product.availability.updated' },
    },
  };
}

/** Writes the message of an order whose total changed; a tip or a correction that never was is left out. */
export function orderTotalUpdated(order: Order): Message<OrderTotalUpdatedPayload> {
  const { id, tip, correction, total } = order;
  const attributes = present({
    tipAmount: optionalAmount(tip),
    correctionAmount: optionalAmount(correction),
    total: amount(total),
    updatedAt: order.updatedAt.toISOString(),
  });
  return {
    payload: {
      data: { id, type: 'orders', attributes },
      meta: { eventType: 'order.total.updated' },
    },
  };
}

/** Writes the message of a payment that was added to an order. */
export function ordersPaymentsAdded(payment: Payment): Message<OrdersPaymentsAddedPayload> {
  const { orderId, id: paymentId } = payment;
  const attributes = { orderId, paymentId, updatedAt: payment.addedAt.toISOString() };
  return {
    payload: {
      data: { id: orderId, type: 'orders', attributes },
      meta: { eventType: 'orders.payments.added' },
    },
  };
}

function optionalAmount(minor: number | null | undefined): string | null | undefined {
  return typeof minor === 'number' ? amount(minor) : minor;
}

/** Writes an amount with two decimal places, by whole numbers: 1999 becomes "19.99". */
function amount(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
