/** Whether the code of GUEST API makes what consumers need. */
import { it } from 'vitest';
import { verifyProducer } from '../../../scripts/pact/index.js';
import { stage } from '../stage.js';
import { reservations } from './deliveries.js';
import type { Reservation, UpdateType } from './domain.js';

const whole: Reservation = {
  id: 1_204_551,
  appCustomerId: 880,
  centerId: 2,
  arrival: new Date('2027-02-10T15:00:00Z'),
  departure: new Date('2027-02-17T11:00:00Z'),
  status: 3,
  invoiceStatus: 0,
  roomTypeUsed: 21,
  roomTypeBilled: 20,
  boardTypeUsed: 2,
  boardTypeBilled: 1,
  roomId: 1107,
  reference: 'AG-40012',
  responsible: 'Joana Prat',
  adults: 2,
  juniors: 1,
  children: 0,
  babies: 1,
};

type Told = readonly [type: UpdateType, updated: Reservation, previous?: Reservation];

const told = stage<Told>(['Update', whole]);

it('makes what consumers need', async () => {
  await verifyProducer({
    spec: 'guest',
    producer: 'guest',
    messages: { reservations: () => reservations(...told.take()) },
    states: {
      'a reservation with all its fields': () => told.put(['Update', whole]),
      'a reservation of which the id alone is known': () => told.put(['Update', { id: 1_204_551 }]),
      'a reservation whose nullable fields are null': () =>
        told.put([
          'Update',
          {
            ...whole,
            centerId: null,
            arrival: null,
            departure: null,
            status: null,
            invoiceStatus: null,
            roomTypeUsed: null,
            roomTypeBilled: null,
            boardTypeUsed: null,
            boardTypeBilled: null,
            roomId: null,
            reference: null,
            responsible: null,
          },
        ]),
      'a reservation without an id': () => {
        const { id: _, ...others } = whole;
        told.put(['Update', others]);
      },
      'a reservation was moved': ({ from, to }: { readonly from: number; readonly to: number }) =>
        told.put(['Update', { ...whole, roomId: to }, { ...whole, roomId: from }]),
      'a reservation was changed': ({ updateType }: { readonly updateType: UpdateType }) =>
        told.put([updateType, whole]),
    },
  });
});
