import { afterAll, expect, it } from 'vitest';
import { each, messagePact, needed } from 'webhook-contracts/pact';
import type { messages, ReceivedMessage } from '../generated/parcels/index.js';
import { type Parcels, storeParcel } from './parcels.js';

const pact = messagePact<typeof messages>({
  spec: 'parcels',
  consumer: 'storefront',
  producer: 'parcels',
});
afterAll(() => pact.finish());

it('needs the weight of what was shipped', () =>
  pact.expect(
    'parcel.shipped',
    {
      description: 'a parcel is under way',
      payload: { type: 'parcel.shipped', id: needed, pieces: each({ grams: needed }) },
    },
    (delivery) => expect(stored(delivery)).toEqual([{ grams: 1200, state: 'under way' }]),
  ));

it('needs who signed, and takes a note', () =>
  pact.expect(
    'parcel.delivered',
    {
      description: 'a parcel was handed over',
      given: 'the parcel was handed over, with a note',
      payload: { type: 'parcel.delivered', id: needed, signedBy: needed, note: needed },
    },
    (delivery) =>
      expect(stored(delivery)).toMatchObject([
        { state: 'delivered', signedBy: 'A. Jansen', note: 'Left with the neighbour.' },
      ]),
  ));

it('does without a signature and a note', () =>
  pact.expect(
    'parcel.delivered',
    {
      description: 'a parcel was left at the door',
      given: 'the parcel was left at the door',
      payload: { type: 'parcel.delivered', id: needed, signedBy: null },
    },
    (delivery) => expect(stored(delivery)).toEqual([{ grams: 0, state: 'delivered' }]),
  ));

function stored(delivery: ReceivedMessage) {
  const parcels: Parcels = new Map();
  storeParcel(parcels, delivery);
  return [...parcels.values()];
}
