/** What GUEST API sends, by its own code; the expected body is written by hand. */
import { afterAll, describe, it } from 'vitest';
import type * as guestModule from 'webhook-contracts/guest';
import { httpPact } from '../../../scripts/pact/index.js';
import { arrived } from '../arrived.js';
import type { Reservation } from './domain.js';
import { guest } from './producer.js';

const pact = httpPact<typeof guestModule.messages>({
  spec: 'guest',
  consumer: 'reservation-hub',
  producer: 'guest',
});

const before: Reservation = {
  id: 90_417,
  appCustomerId: 5_120,
  centerId: 3,
  arrival: new Date('2026-08-01T14:00:00Z'),
  departure: new Date('2026-08-08T10:00:00Z'),
  status: 2,
  invoiceStatus: 1,
  roomTypeUsed: 14,
  roomTypeBilled: 12,
  boardTypeUsed: 4,
  boardTypeBilled: 4,
  roomId: null,
  reference: 'WEB-7731',
  responsible: 'Inés Cabrera',
  adults: 2,
  juniors: 0,
  children: 1,
  babies: 0,
};

describe('guest delivers', () => {
  it('a reservation that got a room', () =>
    pact.deliver(
      'reservations',
      {
        description: 'a reservation got a room',
        headers: { UpdateType: 'Update' },
        payload: [
          {
            reservation_id: 90417,
            appCustomer_id: 5120,
            center_id: 3,
            arrivalDate: '2026-08-01T14:00:00Z',
            exitDate: '2026-08-08T10:00:00Z',
            rsvStatus: 2,
            rsvInvoiceStatus: 1,
            roomTypeUse_id_fk: 14,
            roomTypeFra_id_fk: 12,
            boardTypeUse_id_fk: 4,
            boardTypeFra_id_fk: 4,
            roomId: 208,
            reference: 'WEB-7731',
            responsible: 'Inés Cabrera',
            ad: 2,
            jr: 0,
            ch: 1,
            bb: 0,
          },
        ],
      },
      (url) =>
        arrived(guest({ webhookUrl: url }).reservationChanged(before, { ...before, roomId: 208 })),
    ));
});

afterAll(() => pact.finish());
