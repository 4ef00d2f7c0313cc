/** How Mews POS delivers: signed, once, and only what the endpoint is subscribed to. */
import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { recordingServer } from '../recording-server.js';
import { orderTotalUpdated } from './deliveries.js';
import type { Booking, Order } from './domain.js';
import { mews } from './producer.js';

const secret = 'an endpoint’s secret';

const booking: Booking = {
  id: '3b0fdb2c-12d5-4d8e-8f7c-2f8a1f1f7a10',
  status: 'no_show',
  updatedAt: new Date('2026-03-01T19:45:00.120Z'),
};

const order: Order = {
  id: '0f2a6f0e-55a1-4a4f-9a39-5f7d0e7a9f01',
  state: 'paid',
  status: 'delivered',
  total: 5,
  updatedAt: new Date('2026-03-01T20:00:00Z'),
};

it('signs the bytes that are sent', async () => {
  const server = await recordingServer(200);
  const producer = mews({ targetUrl: server.url, secret, events: ['booking.status.updated'] });
  expect(await producer.bookingStatusChanged(booking)).toMatchObject({ verdict: 'delivered' });
  const [{ body, headers } = { body: '', headers: {} }] = server.requests;
  expect(headers['x-signature' as keyof typeof headers]).toBe(
    createHmac('sha256', secret).update(body).digest('base64'),
  );
  expect(String(body)).toBe(
    '{"data":{"id":"3b0fdb2c-12d5-4d8e-8f7c-2f8a1f1f7a10","type":"bookings","attributes":' +
      '{"status":"no_show","updatedAt":"2026-03-01T19:45:00.120Z"}},' +
      '"meta":{"eventType":"booking.status.updated"}}',
  );
});

it('signs text that is not ASCII', async () => {
  const server = await recordingServer(200);
  const producer = mews({ targetUrl: server.url, secret, events: ['order.state.updated'] });
  await producer.orderStateChanged({ ...order, id: 'Bestellung 5 für Zoë 🍜' });
  const [{ body, headers } = { body: '', headers: {} }] = server.requests;
  expect(headers['x-signature' as keyof typeof headers]).toBe(
    createHmac('sha256', secret).update(body).digest('base64'),
  );
});

it('sends nothing that the endpoint is not subscribed to', async () => {
  const server = await recordingServer(200);
  const producer = mews({ targetUrl: server.url, secret, events: ['order.status.updated'] });
  expect(await producer.orderStateChanged(order)).toBeUndefined();
  expect(await producer.orderStatusChanged(order)).toMatchObject({ verdict: 'delivered' });
  expect(server.requests).toHaveLength(1);
});

it.each([500, 307, 404])(
  'does not send again after %i, since no attempts are stated',
  async (status) => {
    const server = await recordingServer([status, { Location: '/other' }], 200);
    const producer = mews({ targetUrl: server.url, secret, events: ['order.status.updated'] });
    expect(await producer.orderStatusChanged(order)).toMatchObject({ verdict: 'failed' });
    expect(server.requests).toHaveLength(1);
  },
);

it.each<[order: Partial<Order>, attributes: Record<string, string | null>]>([
  [{ total: 0 }, { total: '0.00' }],
  [{ total: 5 }, { total: '0.05' }],
  [
    { total: 1999, tip: 150 },
    { total: '19.99', tipAmount: '1.50' },
  ],
  [
    { total: 123_456_78, tip: null },
    { total: '123456.78', tipAmount: null },
  ],
  [
    { total: 10, correction: -1 },
    { total: '0.10', correctionAmount: '-0.01' },
  ],
  [
    { total: 900, correction: -1100 },
    { total: '9.00', correctionAmount: '-11.00' },
  ],
])('writes amounts with two decimal places: %j', (amounts, attributes) => {
  const { payload } = orderTotalUpdated({ ...order, ...amounts });
  expect(payload.data.attributes).toEqual({
    ...attributes,
    updatedAt: '2026-03-01T20:00:00.000Z',
  });
});
