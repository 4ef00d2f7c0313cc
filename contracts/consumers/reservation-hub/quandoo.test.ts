/** Quandoo: what is to be fetched, once, and again after another notice. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ReceivedMessage } from 'webhook-contracts/quandoo';
import { type HubDatabase, openDatabase } from './database.js';
import { listToFetch, noteFetched, storeQuandoo } from './quandoo.js';

let database: HubDatabase;
beforeEach(() => {
  database = openDatabase();
});
afterEach(() => database.close());

function tell(notificationType: string, id = 'a', entity = 'reservation') {
  const payload = { [entity]: { id }, merchant: { id: 123 }, notificationType };
  storeQuandoo(database, { message: notificationType, payload } as unknown as ReceivedMessage);
}

const edited = {
  kind: 'reservation',
  id: 'a',
  merchantId: 123,
  reason: 'RESERVATION_EDITED',
  notices: 1,
} as const;

it('lists a reservation once, with the last reason', () => {
  tell('RESERVATION_CREATED');
  tell('RESERVATION_EDITED');
  expect(listToFetch(database)).toEqual([{ ...edited, notices: 2 }]);
});

it('tells an enquiry from a reservation with the same id', () => {
  tell('RESERVATION_EDITED');
  tell('RESERVATION_ENQUIRY_CREATED', 'a', 'reservationEnquiry');
  expect(listToFetch(database)).toMatchObject([{ kind: 'enquiry' }, { kind: 'reservation' }]);
});

it('lists it again after the same notice', () => {
  tell('RESERVATION_EDITED');
  noteFetched(database, edited);
  expect(listToFetch(database)).toEqual([]);
  tell('RESERVATION_EDITED');
  expect(listToFetch(database)).toEqual([edited]);
});

it('keeps a notice that came while it was fetched', () => {
  tell('RESERVATION_EDITED');
  const [fetched = edited] = listToFetch(database);
  tell('RESERVATION_EDITED');
  noteFetched(database, fetched);
  expect(listToFetch(database)).toEqual([{ ...edited, notices: 2 }]);
});
