/** What Quandoo tells: ids only, so that the hub notes what is to be fetched from Quandoo's API. */
import type { ReceivedMessage } from 'webhook-contracts/quandoo';
import type { HubDatabase } from './database.js';

/** Something at Quandoo that has changed since the hub last fetched it. */
export interface ToFetch {
  readonly kind: 'reservation' | 'enquiry';
  readonly id: string;
  readonly merchantId: number;
  /** The last `notificationType`. */
  readonly reason: string;
  /** How many notices have come since it was fetched, those that were sent again included. */
  readonly notices: number;
}

/** Notes the reservation or the enquiry of a message as to be fetched, once, however often it is told. */
export function storeQuandoo(database: HubDatabase, { payload }: ReceivedMessage): void {
  const [kind, { id }] =
    'reservation' in payload
      ? ['reservation', payload.reservation]
      : ['enquiry', payload.reservationEnquiry];
  database.run(
    `INSERT INTO to_fetch (provider, kind, id, merchant_id, reason) VALUES ('quandoo', ?, ?, ?, ?)
     ON CONFLICT (provider, kind, id) DO UPDATE
     SET merchant_id = excluded.merchant_id, reason = excluded.reason, notices = notices + 1`,
    [kind, id, payload.merchant.id, payload.notificationType],
  );
}

/** Lists what is to be fetched from Quandoo. */
export function listToFetch(database: HubDatabase): ToFetch[] {
  const rows = database.all(
    `SELECT kind, id, merchant_id AS "merchantId", reason, notices FROM to_fetch
     WHERE provider = 'quandoo' ORDER BY kind, id`,
  );
  return rows as unknown as ToFetch[];
}

/** Strikes off what was fetched, unless another notice came meanwhile. */
export function noteFetched(database: HubDatabase, { kind, id, notices }: ToFetch): void {
  database.run(
    `DELETE FROM to_fetch WHERE provider = 'quandoo' AND kind = ? AND id = ? AND notices = ?`,
    [kind, id, notices],
  );
}
