/** For tests: what a database holds. */
import { type HubDatabase, openDatabase, type Row } from './database.js';

/** Returns the rows of every table that has some. */
export function contentsOf(database: HubDatabase): Record<string, Row[]> {
  const tables = database.all(`SELECT name FROM sqlite_schema WHERE type = 'table'`);
  const rows = tables.map(
    ({ name }) => [`${name}`, database.all(`SELECT * FROM ${name}`)] as const,
  );
  return Object.fromEntries(rows.filter(([, { length }]) => length > 0));
}

/** Returns what `store` leaves in an empty database. */
export function storedBy(store: (database: HubDatabase) => void): Record<string, Row[]> {
  const database = openDatabase();
  try {
    store(database);
    return contentsOf(database);
  } finally {
    database.close();
  }
}
