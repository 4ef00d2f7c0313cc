/** Keeps bookings: what a message says replaces what was known, what it does not say stays. */
import type { HubDatabase } from './database.js';

export type Provider = 'mozrest' | 'quandoo' | 'mews' | 'e-res' | 'guest';

/** The hub's own words; every provider's are brought to these. */
export type BookingStatus =
  | 'confirmed'
  | 'rejected'
  | 'seated'
  | 'completed'
  | 'cancelled'
  | 'no-show';

/** A booking as the hub knows it: null is "not known, or none". */
export interface Booking {
  readonly status: BookingStatus | null;
  /** The provider's word where it has no meaning that is documented. */
  readonly providerStatus: string | null;
  readonly partySize: number | null;
  /** Unix seconds. */
  readonly startsAt: number | null;
  /** Unix seconds. */
  readonly endsAt: number | null;
  readonly room: string | null;
  readonly guestName: string | null;
  readonly guestPhone: string | null;
  /** When the provider changed it, in Unix milliseconds. */
  readonly changed: number | null;
}

/** What a message says of a booking; undefined is "not said". */
export type BookingNews = { readonly [Field in keyof Booking]?: Booking[Field] | undefined };

const COLUMNS: Readonly<Record<keyof Booking, string>> = {
  status: 'status',
  providerStatus: 'provider_status',
  partySize: 'party_size',
  startsAt: 'starts_at',
  endsAt: 'ends_at',
  room: 'room',
  guestName: 'guest_name',
  guestPhone: 'guest_phone',
  changed: 'changed',
};
const FIELDS = Object.keys(COLUMNS) as (keyof Booking)[];

/** In SQL: what a message says was overtaken by what is known. */
const OLDER = 'excluded.changed < bookings.changed';

/** Keeps what a message says of a booking, unless a later change is known already. */
export function saveBooking(
  database: HubDatabase,
  provider: Provider,
  id: string,
  news: BookingNews,
): void {
  const said = FIELDS.filter((field) => news[field] !== undefined);
  const columns = said.map((field) => COLUMNS[field]);
  const changes = columns.map((column) => `${column} = excluded.${column}`).join(', ');
  // Deliveries may overtake one another. Where a time is not known, the last one to arrive is right.
  const action = changes && `UPDATE SET ${changes} WHERE ${OLDER} IS NOT TRUE`;
  database.run(
    `INSERT INTO bookings (${['provider', 'id', ...columns].join(', ')})
     VALUES (${['?', '?', ...columns.map(() => '?')].join(', ')})
     ON CONFLICT (provider, id) DO ${action || 'NOTHING'}`,
    [provider, id, ...said.map((field) => news[field] ?? null)],
  );
}

/** Returns a booking, or nothing where the hub has not heard of it. */
export function findBooking(
  database: HubDatabase,
  provider: Provider,
  id: string,
): Booking | undefined {
  const names = Object.entries(COLUMNS).map(([field, column]) => `${column} AS "${field}"`);
  const sql = `SELECT ${names.join(', ')} FROM bookings WHERE provider = ? AND id = ?`;
  return database.all(sql, [provider, id])[0] as Booking | undefined;
}
