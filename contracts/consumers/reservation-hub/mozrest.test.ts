/** Mozrest: news of a booking add up, and slots are kept apart by venue, area and date. */

import { expect, it } from 'vitest';
import type { ReceivedMessage } from 'webhook-contracts/mozrest';
import { storedBy } from './contents.js';
import { storeMozrest } from './mozrest.js';

/** Returns what the hub keeps of these messages, in this order. */
function stored(...messages: [message: string, payload: object][]) {
  return storedBy((database) => {
    for (const [message, payload] of messages) {
      storeMozrest(database, { message, payload } as ReceivedMessage);
    }
  });
}

it('keeps the rest of a booking that was cancelled', () => {
  const { bookings } = stored(
    ['booking.update', { entityId: 'a', data: { partySize: 2, date: 1719599400 } }],
    ['booking.update.status', { entityId: 'a', data: { status: 'confirmed' } }],
    ['booking.cancel', { entityId: 'a' }],
  );
  expect(bookings).toMatchObject([
    { id: 'a', status: 'cancelled', party_size: 2, starts_at: 1719599400 },
  ]);
});

const touched = (areaId: string | undefined, mealDate: number, action: string) =>
  [
    `venue.${action}`,
    { entityId: 'v', action, data: { mealDate, ...(areaId && { areaId }) } },
  ] satisfies [string, object];

it('keeps slots apart by area and date, and the last thing that touched each', () => {
  const { touched_slots } = stored(
    touched('x', 1, 'booking_creation'),
    touched('x', 2, 'booking_creation'),
    touched(undefined, 1, 'booking_creation'),
    touched('x', 1, 'booking_cancellation'),
    touched(undefined, 1, 'booking_update'),
  );
  expect(touched_slots).toMatchObject([
    { area_id: 'x', meal_at: 1, touched_by: 'booking_cancellation' },
    { area_id: 'x', meal_at: 2, touched_by: 'booking_creation' },
    { area_id: '', meal_at: 1, touched_by: 'booking_update' },
  ]);
});

it('does not keep the contact of a guest', () => {
  const contact = { lastname: 'Doe', email: 'john.doe@gmail.com' };
  const data = { mealDate: 1, contact };
  const kept = stored(['venue.booking_creation', { entityId: 'v', action: 'x', data }]);
  expect(JSON.stringify(kept)).not.toContain('oe');
});
