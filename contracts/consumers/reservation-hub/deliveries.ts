/** Keeps which deliveries came, and what could not be placed. */
import type { Provider } from './bookings.js';
import type { HubDatabase } from './database.js';

/** Notes a delivery by its fingerprint, and tells whether the same one has come before. */
export function noteDelivery(
  database: HubDatabase,
  provider: Provider,
  fingerprint: string,
  message: string,
): boolean {
  const [row] = database.all(
    `INSERT INTO deliveries (provider, fingerprint, message) VALUES (?, ?, ?)
     ON CONFLICT (provider, fingerprint) DO UPDATE SET times = times + 1 RETURNING times`,
    [provider, fingerprint, message],
  );
  return row?.times !== 1;
}

/** Sets a message aside that says nothing the hub can place, for a person to look at. */
export function setAside(
  database: HubDatabase,
  provider: Provider,
  payload: unknown,
  reason: string,
): void {
  database.run(
    `INSERT INTO set_aside (provider, payload, reason) VALUES (?, ?, ?)
     ON CONFLICT (provider, payload) DO NOTHING`,
    [provider, JSON.stringify(payload), reason],
  );
}
