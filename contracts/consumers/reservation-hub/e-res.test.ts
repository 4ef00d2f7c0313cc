/** e-Res: what the flags say, and what is not said. */

import { expect, it } from 'vitest';
import type { ReceivedMessage } from 'webhook-contracts/e-res';
import { storedBy } from './contents.js';
import { storeERes } from './e-res.js';

/** Returns the booking that the hub keeps of these saves of one reservation, in this order. */
function storedBooking(...saves: object[]) {
  const { bookings } = storedBy((database) => {
    for (const save of saves) {
      const required = { id: 'a', datetime: '2021-02-22T22:30:00.000Z', adults: 2 };
      const payload = { ...required, status: 'Confirmed', ...save };
      storeERes(database, { message: 'reservation.saved', payload } as ReceivedMessage);
    }
  });
  return bookings?.[0];
}

it.each([
  [{}, 'confirmed'],
  [{ cancelled: 'F', deleted: 'F', arrived: 'F', departed: '' }, 'confirmed'],
  [{ arrived: 'T' }, 'seated'],
  [{ arrived: 'T', departed: 'T' }, 'completed'],
  [{ arrived: 'T', departed: 'T', cancelled: 'T' }, 'cancelled'],
  [{ deleted: 'T' }, 'cancelled'],
  [{ status: 'Waiting' }, null],
  [{ status: 'Waiting', arrived: 'T' }, 'seated'],
])('%j is %s', (said, status) => {
  expect(storedBooking(said)).toMatchObject({ status });
});

it('keeps the word of e-Res beside its own', () => {
  expect(storedBooking({ status: 'Waiting' })).toMatchObject({ provider_status: 'Waiting' });
});

it('counts adults and children', () => {
  expect(storedBooking({ children: 3 })).toMatchObject({ party_size: 5 });
});

it('tells empty text, which is none, from a field that is not said', () => {
  const first = { room_name: 'Terrace', customer: { surname: 'Murt', mobile: '07' } };
  expect(storedBooking(first, { customer: { surname: '' } })).toMatchObject({
    room: 'Terrace',
    guest_name: null,
    guest_phone: '07',
  });
});

it('keeps the later save, whichever comes first', () => {
  const older = { adults: 2, updated: '2021-02-22T13:34:32.000Z' };
  const newer = { adults: 3, updated: '2021-02-22T13:34:33.000Z' };
  expect(storedBooking(older, newer)).toMatchObject({ party_size: 3 });
  expect(storedBooking(newer, older)).toMatchObject({ party_size: 3 });
});
