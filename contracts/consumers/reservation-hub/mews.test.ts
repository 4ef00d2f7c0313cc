/** Mews POS: every status has a word of the hub, and an older message changes nothing. */

import { expect, it } from 'vitest';
import type { ReceivedMessage } from 'webhook-contracts/mews';
import { storedBy } from './contents.js';
import { storeMews } from './mews.js';

/** Returns what the hub keeps of these messages, in this order. */
function stored(...messages: [message: string, attributes: object][]) {
  return storedBy((database) => {
    for (const [message, attributes] of messages) {
      const payload = { data: { id: 'a', attributes }, meta: { eventType: message } };
      storeMews(database, { message, payload } as ReceivedMessage);
    }
  });
}

const early = '2025-02-06T09:41:30.465Z';
const late = '2025-02-06T10:41:30.466+01:00';

it.each([
  ['confirmed', 'confirmed'],
  ['seated', 'seated'],
  ['completed', 'completed'],
  ['cancelled', 'cancelled'],
  ['no_show', 'no-show'],
])('calls %s %s', (status, word) => {
  const { bookings } = stored(['booking.status.updated', { status, updatedAt: early }]);
  expect(bookings).toMatchObject([{ id: 'a', status: word }]);
});

it.each([
  ['booking.status.updated', 'bookings', { status: 'seated' }, { status: 'confirmed' }],
  ['order.state.updated', 'orders', { state: 'paid' }, { state: 'open' }],
  ['order.status.updated', 'orders', { status: 'delivered' }, { status: 'received' }],
  ['order.total.updated', 'orders', { total: '2.00' }, { total: '1.00' }],
])('%s: keeps what is later, whatever comes first', (message, table, newer, older) => {
  const last = { ...newer, updatedAt: late };
  const first = { ...older, updatedAt: early };
  for (const order of [
    [first, last],
    [last, first],
  ]) {
    const messages = order.map((attributes): [string, object] => [message, attributes]);
    expect(stored(...messages)[table]).toMatchObject([newer]);
  }
});

it('keeps the later availability, whichever comes first', () => {
  const message = 'product.availability.updated';
  const gone = { isAvailable: false, updatedAt: early };
  const back = { isAvailable: true, updatedAt: late };
  expect(stored([message, gone], [message, back]).products).toMatchObject([{ is_available: 1 }]);
  expect(stored([message, back], [message, gone]).products).toMatchObject([{ is_available: 1 }]);
});

it('keeps what is older of another kind', () => {
  const { orders } = stored(
    ['order.state.updated', { state: 'paid', updatedAt: late }],
    ['order.total.updated', { total: '10.00', updatedAt: early }],
  );
  expect(orders).toMatchObject([{ state: 'paid', total: '10.00' }]);
});

it('never keeps a total with the tip of another one', () => {
  const { orders } = stored(
    ['order.total.updated', { total: '115.00', tipAmount: '15.00', updatedAt: early }],
    ['order.total.updated', { total: '100.00', updatedAt: late }],
  );
  expect(orders).toMatchObject([{ total: '100.00', tip: null }]);
});

it('keeps all payments of an order, each once', () => {
  const payment = (paymentId: string): [string, object] => [
    'orders.payments.added',
    { orderId: 'a', paymentId, updatedAt: early },
  ];
  const { payments } = stored(payment('x'), payment('y'), payment('x'));
  expect(payments).toMatchObject([{ id: 'x' }, { id: 'y' }]);
});
