/** Bookings: what is said, what is none, what is not said, and what comes too late. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findBooking, saveBooking } from './bookings.js';
import { type HubDatabase, openDatabase } from './database.js';

let database: HubDatabase;
beforeEach(() => {
  database = openDatabase();
});
afterEach(() => database.close());

const NOTHING_KNOWN = {
  status: null,
  providerStatus: null,
  partySize: null,
  startsAt: null,
  endsAt: null,
  room: null,
  guestName: null,
  guestPhone: null,
  changed: null,
};

it('keeps what is said, and what was said before of the rest', () => {
  saveBooking(database, 'guest', '1', {});
  expect(findBooking(database, 'guest', '1')).toEqual(NOTHING_KNOWN);
  saveBooking(database, 'guest', '1', { room: '12', partySize: 2 });
  saveBooking(database, 'guest', '1', { room: undefined, partySize: 3 });
  saveBooking(database, 'guest', '1', {});
  expect(findBooking(database, 'guest', '1')).toEqual({
    ...NOTHING_KNOWN,
    room: '12',
    partySize: 3,
  });
});

it('tells none from not said', () => {
  saveBooking(database, 'guest', '1', { room: '12' });
  saveBooking(database, 'guest', '1', { room: null });
  expect(findBooking(database, 'guest', '1')?.room).toBeNull();
});

it('tells the bookings of two providers apart', () => {
  saveBooking(database, 'guest', '1', { room: '12' });
  expect(findBooking(database, 'mews', '1')).toBeUndefined();
});

it('does not go back in time', () => {
  saveBooking(database, 'mews', '1', { status: 'confirmed', changed: 1000 });
  saveBooking(database, 'mews', '1', { status: 'seated', changed: 2000 });
  saveBooking(database, 'mews', '1', { status: 'rejected', changed: 1500 });
  expect(findBooking(database, 'mews', '1')).toMatchObject({ status: 'seated', changed: 2000 });
  saveBooking(database, 'mews', '1', { status: 'completed', changed: 2000 });
  expect(findBooking(database, 'mews', '1')?.status).toBe('completed');
});

it('takes what comes last where no time is said', () => {
  saveBooking(database, 'e-res', '1', { status: 'confirmed', changed: 1000 });
  saveBooking(database, 'e-res', '1', { status: 'cancelled' });
  expect(findBooking(database, 'e-res', '1')).toMatchObject({ status: 'cancelled', changed: 1000 });
});
