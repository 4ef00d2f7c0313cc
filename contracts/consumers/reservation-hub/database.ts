/** The hub's database: one SQLite file, or none at all in tests. The only file that imports SQLite. */
import sqlite from 'node-sqlite3-wasm';

export type Value = string | number | boolean | null;
export type Row = Record<string, unknown>;

/** What the rest of the hub knows of the database. */
export interface HubDatabase {
  /** Runs a statement that changes something; `?` stands for each of the values. */
  run(sql: string, values: readonly Value[]): void;
  /** Returns all rows of a query. */
  all(sql: string, values?: readonly Value[]): Row[];
  /** Runs `work` as one transaction: all of it is kept or, where it throws, nothing. `work` must not wait. */
  atomically<Result>(work: () => Result): Result;
  /** Closes the file and frees its memory. */
  close(): void;
}

/**
 * Opens the database with its tables; in memory where no file is named. A file is for one process. One that is killed
 * amid a transaction leaves the folder `<file>.lock` behind, which is to be removed before the next start.
 */
export function openDatabase(file = ':memory:'): HubDatabase {
  const database = new sqlite.Database(file);
  database.exec(TABLES);
  return {
    run(sql, values) {
      database.run(sql, bindable(values));
    },
    all(sql, values = []) {
      return database.all(sql, bindable(values)) as Row[];
    },
    atomically(work) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        if (database.inTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    close() {
      database.close();
    },
  };
}

/** Refuses text that SQLite's C strings would cut or change, so that two ids never become one. */
function bindable(values: readonly Value[]): Value[] {
  for (const value of values) {
    if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) {
      throw new Error('Text with U+0000 or a lone surrogate is not kept');
    }
  }
  return [...values];
}

/*
 * `provider` is part of every key: ids of two providers may be equal. A null says "not known, or none". Moments are
 * integers: *_at in Unix seconds, changed_* in Unix milliseconds.
 */
const TABLES = `
CREATE TABLE IF NOT EXISTS deliveries (
  provider TEXT NOT NULL, fingerprint TEXT NOT NULL, message TEXT NOT NULL,
  times INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (provider, fingerprint)
) STRICT;
CREATE TABLE IF NOT EXISTS bookings (
  provider TEXT NOT NULL, id TEXT NOT NULL,
  status TEXT, provider_status TEXT,
  party_size INTEGER, starts_at INTEGER, ends_at INTEGER, room TEXT,
  guest_name TEXT, guest_phone TEXT, changed INTEGER, PRIMARY KEY (provider, id)
) STRICT;
CREATE TABLE IF NOT EXISTS room_moves (
  provider TEXT NOT NULL, booking_id TEXT NOT NULL, from_room TEXT NOT NULL, to_room TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS orders (
  provider TEXT NOT NULL, id TEXT NOT NULL,
  state TEXT, changed_state INTEGER,
  status TEXT, changed_status INTEGER,
  total TEXT, tip TEXT, correction TEXT, changed_total INTEGER, PRIMARY KEY (provider, id)
) STRICT;
CREATE TABLE IF NOT EXISTS payments (
  provider TEXT NOT NULL, id TEXT NOT NULL, order_id TEXT NOT NULL, changed INTEGER NOT NULL,
  PRIMARY KEY (provider, id)
) STRICT;
CREATE TABLE IF NOT EXISTS products (
  provider TEXT NOT NULL, id TEXT NOT NULL, is_available INTEGER NOT NULL, changed INTEGER NOT NULL,
  PRIMARY KEY (provider, id)
) STRICT;
CREATE TABLE IF NOT EXISTS touched_slots (
  provider TEXT NOT NULL, venue_id TEXT NOT NULL, area_id TEXT NOT NULL, meal_at INTEGER NOT NULL,
  touched_by TEXT NOT NULL, party_size INTEGER, PRIMARY KEY (provider, venue_id, area_id, meal_at)
) STRICT;
CREATE TABLE IF NOT EXISTS to_fetch (
  provider TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, merchant_id INTEGER NOT NULL,
  reason TEXT NOT NULL, notices INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (provider, kind, id)
) STRICT;
CREATE TABLE IF NOT EXISTS set_aside (
  provider TEXT NOT NULL, payload TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (provider, payload)
) STRICT;
`;
