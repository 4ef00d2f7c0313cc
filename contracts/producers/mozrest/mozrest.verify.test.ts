/** Whether the code of the reservation software makes what Mozrest, as consumers play it, needs. */
import { it } from 'vitest';
import { verifyProducer } from '../../../scripts/pact/index.js';
import { stage } from '../stage.js';
import * as deliveries from './deliveries.js';
import type { Booking, BookingChange, BookingState } from './domain.js';

const usual: Booking = {
  id: 'BK-2026-09001',
  venueId: '5f4e3d2c-1b0a-4998-8776-655443322110',
  startsAt: new Date('2026-12-24T17:00:00Z'),
  partySize: 8,
  status: 'accepted',
  areaId: 'cellar',
};

const booking = stage(usual);
const change = stage<BookingChange>({ partySize: 9, startsAt: new Date('2026-12-24T18:00:00Z') });

/** The reservation software's word for each status that consumers name. */
const states: Readonly<Record<string, BookingState>> = {
  confirmed: 'accepted',
  rejected: 'declined',
  seated: 'arrived',
  completed: 'paid',
  'no-show': 'did-not-come',
};

it('makes what consumers need', async () => {
  await verifyProducer({
    spec: 'mozrest',
    producer: 'mozrest',
    messages: {
      'booking.update': () => deliveries.bookingUpdate(usual, change.take()),
      'booking.update.status': () => deliveries.bookingUpdateStatus(booking.take()),
      'booking.cancel': () => deliveries.bookingCancel(booking.take()),
      'venue.booking_creation': () => deliveries.venueBookingCreation(booking.take()),
      'venue.booking_update': () => deliveries.venueBookingUpdate(booking.take()),
      'venue.booking_cancellation': () => deliveries.venueBookingCancellation(booking.take()),
    },
    states: {
      'a booking changed': (params: { readonly partySize?: number; readonly date?: number }) =>
        change.put(changeOf(params)),
      'the status of a booking changed': ({ status: word }: { readonly status: string }) => {
        const status = states[word];
        if (status === undefined) throw new Error(`no status is called ${word}`);
        booking.put({ ...usual, status });
      },
      'a booking in an area of a venue': () => booking.put({ ...usual, areaId: 'terrace' }),
      'a booking of which the meal date alone is known': () => {
        const { id, venueId, startsAt, status } = usual;
        booking.put({ id, venueId, startsAt, status });
      },
    },
  });
});

function changeOf({ partySize, date }: { partySize?: number; date?: number }): BookingChange {
  if (date !== undefined) {
    const startsAt = new Date(date * 1000);
    return partySize === undefined ? { startsAt } : { partySize, startsAt };
  }
  if (partySize === undefined) throw new Error('nothing changed');
  return { partySize };
}
