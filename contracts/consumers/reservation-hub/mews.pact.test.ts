/**
 * What the hub needs of Mews POS. The hub's real code stores each message as it stands in the pact: with what is needed
 * and nothing else.
 *
 * States:
 * - `the status of a booking changed` {status}: the booking now has this status
 * - `the total of an order changed` {tipAmount, correctionAmount}: to a total with these amounts, null for none; an
 *   amount that is not among the parameters is left out of the message
 */

import { afterAll, expect, it } from 'vitest';
import type { messages, ReceivedMessage } from 'webhook-contracts/mews';
import { messagePact, needed } from '../../../scripts/pact/index.js';
import { storedBy } from './contents.js';
import { storeMews } from './mews.js';

const pact = messagePact<typeof messages>({
  spec: 'mews',
  consumer: 'reservation-hub',
  producer: 'mews',
});
afterAll(() => pact.finish());

/** Returns what the hub keeps of a delivery that holds what the hub needs and nothing else. */
const stored = (delivery: object) =>
  storedBy((database) => storeMews(database, delivery as ReceivedMessage));

const id = '98656c4a-950d-4b19-b7ef-ad1744e92b53';
const changed = Date.parse('2025-02-06T09:41:30.465Z');

it('needs the new status of a booking', () =>
  pact.expect(
    'booking.status.updated',
    {
      description: 'the new status of a booking',
      payload: {
        data: { id: needed, attributes: { status: needed, updatedAt: needed } },
        meta: { eventType: 'booking.status.updated' },
      },
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({ bookings: [{ id, status: 'seated', changed }] }),
  ));

it('needs to be told of a guest who did not come, in the word of Mews', () =>
  pact.expect(
    'booking.status.updated',
    {
      description: 'a booking whose guest did not come',
      given: { name: 'the status of a booking changed', params: { status: 'no_show' } },
      payload: {
        data: { id: needed, attributes: { status: 'no_show', updatedAt: needed } },
        meta: { eventType: 'booking.status.updated' },
      },
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({ bookings: [{ id, status: 'no-show', changed }] }),
  ));

it('needs the new state of an order', () =>
  pact.expect(
    'order.state.updated',
    {
      description: 'the new state of an order',
      payload: {
        data: { id: needed, attributes: { state: needed, updatedAt: needed } },
        meta: { eventType: 'order.state.updated' },
      },
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({
        orders: [{ id, state: 'open', changed_state: changed, status: null, total: null }],
      }),
  ));

it('needs the new fulfilment status of an order', () =>
  pact.expect(
    'order.status.updated',
    {
      description: 'the new fulfilment status of an order',
      payload: {
        data: { id: needed, attributes: { status: needed, updatedAt: needed } },
        meta: { eventType: 'order.status.updated' },
      },
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({
        orders: [{ id, status: 'received', changed_status: changed, state: null, total: null }],
      }),
  ));

it('needs whether a product is available', () =>
  pact.expect(
    'product.availability.updated',
    {
      description: 'whether a product is available',
      payload: {
        data: { id: needed, attributes: { isAvailable: needed, updatedAt: needed } },
        meta: { eventType: 'product.availability.updated' },
      },
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({ products: [{ id, is_available: 0, changed }] }),
  ));

it('needs the new total of an order, and no more', () =>
  pact.expect(
    'order.total.updated',
    {
      description: 'the new total of an order, without tip and correction',
      given: { name: 'the total of an order changed', params: {} },
      payload: {
        data: { id: needed, attributes: { total: needed, updatedAt: needed } },
        meta: { eventType: 'order.total.updated' },
      },
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({
        orders: [{ id, total: '100.00', tip: null, correction: null, changed_total: changed }],
      }),
  ));

it('takes the tip and the correction where there are some', () =>
  pact.expect(
    'order.total.updated',
    {
      description: 'the new total of an order, with a tip and a correction',
      given: {
        name: 'the total of an order changed',
        params: { tipAmount: '15.00', correctionAmount: '-5.00' },
      },
      payload: {
        data: {
          id: needed,
          attributes: {
            total: needed,
            tipAmount: needed,
            correctionAmount: '-5.00',
            updatedAt: needed,
          },
        },
        meta: { eventType: 'order.total.updated' },
      },
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({
        orders: [{ id, total: '100.00', tip: '15.00', correction: '-5.00' }],
      }),
  ));

it('takes a tip and a correction that were removed', () =>
  pact.expect(
    'order.total.updated',
    {
      description: 'the new total of an order whose tip and correction are null',
      given: {
        name: 'the total of an order changed',
        params: { tipAmount: null, correctionAmount: null },
      },
      payload: {
        data: {
          id: needed,
          attributes: {
            total: needed,
            tipAmount: null,
            correctionAmount: null,
            updatedAt: needed,
          },
        },
        meta: { eventType: 'order.total.updated' },
      },
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject({
        orders: [{ id, total: '100.00', tip: null, correction: null }],
      }),
  ));

it('needs the ids of a payment and of its order', () =>
  pact.expect(
    'orders.payments.added',
    {
      description: 'a payment of an order',
      payload: {
        data: { attributes: { orderId: needed, paymentId: needed, updatedAt: needed } },
        meta: { eventType: 'orders.payments.added' },
      },
    },
    (delivery) =>
      expect(stored(delivery).payments).toEqual([
        { provider: 'mews', id: '5624013b-5293-48b1-a07a-e7ee01cbde6a', order_id: id, changed },
      ]),
  ));
