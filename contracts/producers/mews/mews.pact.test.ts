/** What Mews POS sends, by its own code; the expected bodies are written by hand. */
import { afterAll, describe, it } from 'vitest';
import type * as mewsModule from 'webhook-contracts/mews';
import { httpPact } from '../../../scripts/pact/index.js';
import { arrived } from '../arrived.js';
import { mews } from './producer.js';

const secret = 'the secret of the endpoint';

const pact = httpPact<typeof mewsModule.messages>({
  spec: 'mews',
  consumer: 'reservation-hub',
  producer: 'mews',
  secrets: [secret],
});

function producerFor(targetUrl: string) {
  return mews({
    targetUrl,
    secret,
    events: [
      'booking.status.updated',
      'order.state.updated',
      'order.status.updated',
      'product.availability.updated',
      'order.total.updated',
      'orders.payments.added',
    ],
  });
}

const order = {
  id: 'a4f0c0e6-6a55-4a51-8f3c-0d7f4f7a2b11',
  state: 'pending_payment',
  status: 'ready_for_delivery',
  tip: 350,
  correction: -125,
  total: 4725,
  updatedAt: new Date('2026-04-18T18:05:12.004Z'),
} as const;

describe('mews delivers', () => {
  it('a booking that was cancelled', () =>
    pact.deliver(
      'booking.status.updated',
      {
        description: 'a booking was cancelled by the guest',
        payload: {
          data: {
            id: '6f3d1a52-8c3e-4a0b-9b51-2f0c8d7e6a90',
            type: 'bookings',
            attributes: { status: 'cancelled', updatedAt: '2026-04-18T09:30:00.500Z' },
          },
          meta: { eventType: 'booking.status.updated' },
        },
      },
      (url) =>
        arrived(
          producerFor(url).bookingStatusChanged({
            id: '6f3d1a52-8c3e-4a0b-9b51-2f0c8d7e6a90',
            status: 'cancelled',
            updatedAt: new Date('2026-04-18T09:30:00.500Z'),
          }),
        ),
    ));

  it('an order that waits for its payment', () =>
    pact.deliver(
      'order.state.updated',
      {
        description: 'an order waits for its payment',
        payload: {
          data: {
            id: 'a4f0c0e6-6a55-4a51-8f3c-0d7f4f7a2b11',
            type: 'orders',
            attributes: { state: 'pending_payment', updatedAt: '2026-04-18T18:05:12.004Z' },
          },
          meta: { eventType: 'order.state.updated' },
        },
      },
      (url) => arrived(producerFor(url).orderStateChanged(order)),
    ));

  it('an order that is ready', () =>
    pact.deliver(
      'order.status.updated',
      {
        description: 'an order is ready for delivery',
        payload: {
          data: {
            id: 'a4f0c0e6-6a55-4a51-8f3c-0d7f4f7a2b11',
            type: 'orders',
            attributes: { status: 'ready_for_delivery', updatedAt: '2026-04-18T18:05:12.004Z' },
          },
          meta: { eventType: 'order.status.updated' },
        },
      },
      (url) => arrived(producerFor(url).orderStatusChanged(order)),
    ));

  it('a product that is back', () =>
    pact.deliver(
      'product.availability.updated',
      {
        description: 'a product is available again',
        payload: {
          data: {
            id: 'c0b7a4f2-1d7e-4f6c-8a39-5b2e9d0c7f34',
            type: 'products',
            attributes: { isAvailable: true, updatedAt: '2026-04-19T05:00:00.000Z' },
          },
          meta: { eventType: 'product.availability.updated' },
        },
      },
      (url) =>
        arrived(
          producerFor(url).productAvailabilityChanged({
            id: 'c0b7a4f2-1d7e-4f6c-8a39-5b2e9d0c7f34',
            isAvailable: true,
            updatedAt: new Date('2026-04-19T05:00:00Z'),
          }),
        ),
    ));

  it('an order with a tip and a correction', () =>
    pact.deliver(
      'order.total.updated',
      {
        description: 'an order got a tip and a correction',
        payload: {
          data: {
            id: 'a4f0c0e6-6a55-4a51-8f3c-0d7f4f7a2b11',
            type: 'orders',
            attributes: {
              tipAmount: '3.50',
              correctionAmount: '-1.25',
              total: '47.25',
              updatedAt: '2026-04-18T18:05:12.004Z',
            },
          },
          meta: { eventType: 'order.total.updated' },
        },
      },
      (url) => arrived(producerFor(url).orderTotalChanged(order)),
    ));

  it('a payment', () =>
    pact.deliver(
      'orders.payments.added',
      {
        description: 'a payment was added to an order',
        payload: {
          data: {
            id: 'a4f0c0e6-6a55-4a51-8f3c-0d7f4f7a2b11',
            type: 'orders',
            attributes: {
              orderId: 'a4f0c0e6-6a55-4a51-8f3c-0d7f4f7a2b11',
              paymentId: '1e9b7c44-33f8-4d57-b0f6-0c5f6a1d2e83',
              updatedAt: '2026-04-18T18:06:40.900Z',
            },
          },
          meta: { eventType: 'orders.payments.added' },
        },
      },
      (url) =>
        arrived(
          producerFor(url).paymentAdded({
            id: '1e9b7c44-33f8-4d57-b0f6-0c5f6a1d2e83',
            orderId: 'a4f0c0e6-6a55-4a51-8f3c-0d7f4f7a2b11',
            addedAt: new Date('2026-04-18T18:06:40.900Z'),
          }),
        ),
    ));
});

afterAll(() => pact.finish());
