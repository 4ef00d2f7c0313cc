import { it } from 'vitest';
import { verifyProducer } from 'webhook-contracts/pact';
import { delivered, type Shipment, shipped } from './messages.js';

const usual: Shipment = {
  id: '7c2f9b16-3a84-4d50-b1e7-6f0d8c5a9e42',
  pieces: [{ barcode: 'JD0300', grams: 750 }],
};
const at = new Date('2026-03-04T14:40:00Z');

it('makes what consumers need', async () => {
  let shipment = usual;
  await verifyProducer({
    spec: 'parcels',
    producer: 'parcels',
    messages: {
      'parcel.shipped': () => ({ payload: shipped(shipment, at) }),
      'parcel.delivered': () => ({ payload: delivered(shipment, at) }),
    },
    states: {
      'the parcel was handed over, with a note': () => {
        shipment = { ...usual, signedBy: 'B. Yilmaz', note: 'Rang twice.' };
      },
      'the parcel was left at the door': () => {
        shipment = usual;
      },
    },
  });
});
