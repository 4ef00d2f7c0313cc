import { afterAll, it } from 'vitest';
import { httpPact } from 'webhook-contracts/pact';
import type { messages } from '../generated/parcels/index.js';
import { delivered, shipped } from './messages.js';
import { send } from './send.js';

const secret = 'a secret for tests';
const pact = httpPact<typeof messages>({
  spec: 'parcels',
  consumer: 'storefront',
  producer: 'parcels',
  secrets: [secret],
});
afterAll(() => pact.finish());

const id = '0b7d4e9a-52c1-4f38-8e6d-91a3c5f7b204';
const shipment = { id, pieces: [{ barcode: 'JD0200', grams: 2000 }] };
const at = new Date('2026-03-02T08:15:00Z');

it('tells that a parcel is under way', () =>
  pact.deliver(
    'parcel.shipped',
    {
      description: 'a parcel of one piece',
      payload: {
        type: 'parcel.shipped',
        id,
        shippedAt: '2026-03-02T08:15:00.000Z',
        pieces: [{ barcode: 'JD0200', grams: 2000 }],
      },
    },
    (url) => send(url, shipped(shipment, at), secret),
  ));

it('tells that a parcel was left at the door', () =>
  pact.deliver(
    'parcel.delivered',
    {
      description: 'a parcel that nobody signed for',
      payload: {
        type: 'parcel.delivered',
        id,
        deliveredAt: '2026-03-02T08:15:00.000Z',
        signedBy: null,
      },
    },
    (url) => send(url, delivered(shipment, at), secret),
  ));
