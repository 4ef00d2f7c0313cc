/** The database: whole transactions, whole texts, and files that outlive it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBooking, saveBooking } from './bookings.js';
import { type HubDatabase, openDatabase } from './database.js';

let database: HubDatabase;
beforeEach(() => {
  database = openDatabase();
});
afterEach(() => database.close());

describe('atomically', () => {
  it('keeps nothing of work that throws, and works on', () => {
    const work = () => {
      saveBooking(database, 'mews', 'a', { status: 'seated' });
      throw new Error('afterwards');
    };
    expect(() => database.atomically(work)).toThrow('afterwards');
    expect(findBooking(database, 'mews', 'a')).toBeUndefined();

    const result = database.atomically(() => {
      saveBooking(database, 'mews', 'a', { status: 'seated' });
      return 'kept';
    });
    expect(result).toBe('kept');
    expect(findBooking(database, 'mews', 'a')?.status).toBe('seated');
  });
});

describe('text', () => {
  it.each(['a\0b', 'a\ud800'])('that SQLite would change is refused: %j', (id) => {
    expect(() => saveBooking(database, 'mews', id, {})).toThrow('is not kept');
    expect(() => findBooking(database, 'mews', id)).toThrow('is not kept');
  });

  it('of any other kind comes back as it was', () => {
    const text = `é \u{1f37d} ' " ? -- \n`;
    saveBooking(database, 'mews', text, { room: text });
    expect(findBooking(database, 'mews', text)?.room).toBe(text);
  });
});

it('takes the largest numbers that a message may hold', () => {
  saveBooking(database, 'mozrest', 'a', { startsAt: Number.MAX_SAFE_INTEGER });
  expect(findBooking(database, 'mozrest', 'a')?.startsAt).toBe(Number.MAX_SAFE_INTEGER);
});

it('keeps a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reservation-hub-'));
  try {
    for (const room of ['1', '2']) {
      const first = openDatabase(join(folder, 'hub.sqlite'));
      if (room === '2') expect(findBooking(first, 'guest', 'a')?.room).toBe('1');
      saveBooking(first, 'guest', 'a', { room });
      first.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
