/** What Mews POS tells of bookings, orders, products and payments. */
import type {
  BookingStatus as MewsBookingStatus,
  OrderTotalUpdatedPayload,
  ReceivedMessage,
} from 'webhook-contracts/mews';
import { type BookingStatus, saveBooking } from './bookings.js';
import type { HubDatabase, Value } from './database.js';
import { unixMilliseconds } from './moments.js';

/** Keeps what a message of Mews POS says. Every message has its own time, and an older one changes nothing. */
export function storeMews(database: HubDatabase, { message, payload }: ReceivedMessage): void {
  const { id, attributes } = payload.data;
  const changed = unixMilliseconds(attributes.updatedAt);
  switch (message) {
    case 'booking.status.updated': {
      const status = STATUSES[payload.data.attributes.status];
      saveBooking(database, 'mews', id, { status, changed });
      break;
    }
    case 'order.state.updated': {
      const { state } = payload.data.attributes;
      saveOrder(database, id, 'changed_state', changed, { state });
      break;
    }
    case 'order.status.updated': {
      const { status } = payload.data.attributes;
      saveOrder(database, id, 'changed_status', changed, { status });
      break;
    }
    case 'order.total.updated':
      saveOrder(database, id, 'changed_total', changed, amountsOf(payload.data.attributes));
      break;
    case 'product.availability.updated':
      saveProduct(database, id, payload.data.attributes.isAvailable, changed);
      break;
    case 'orders.payments.added': {
      // data.id is the order's as well, by inference only.
      const { orderId, paymentId } = payload.data.attributes;
      addPayment(database, paymentId, orderId, changed);
      break;
    }
  }
}

/**
 * Amounts stay text: the currency, and with it the minor unit, is not told. What tells a tip that is null from one that
 * is left out is not stated, so both are none: a total is kept with the amounts that came with it, never with older ones.
 */
function amountsOf(attributes: OrderTotalUpdatedPayload['data']['attributes']) {
  const { total, tipAmount, correctionAmount } = attributes;
  return { total, tip: tipAmount ?? null, correction: correctionAmount ?? null };
}

const STATUSES: Readonly<Record<MewsBookingStatus, BookingStatus>> = {
  confirmed: 'confirmed',
  seated: 'seated',
  completed: 'completed',
  cancelled: 'cancelled',
  no_show: 'no-show',
};

/** State, status and total of an order change apart from each other, so each keeps the time of its last change. */
function saveOrder(
  database: HubDatabase,
  id: string,
  clock: 'changed_state' | 'changed_status' | 'changed_total',
  changed: number,
  fields: Readonly<Record<string, Value>>,
): void {
  const columns = [...Object.keys(fields), clock];
  const changes = columns.map((column) => `${column} = excluded.${column}`).join(', ');
  database.run(
    `INSERT INTO orders (provider, id, ${columns.join(', ')})
     VALUES ('mews', ?, ${columns.map(() => '?').join(', ')})
     ON CONFLICT (provider, id) DO UPDATE SET ${changes}
     WHERE orders.${clock} IS NULL OR excluded.${clock} >= orders.${clock}`,
    [id, ...Object.values(fields), changed],
  );
}

function saveProduct(database: HubDatabase, id: string, isAvailable: boolean, changed: number) {
  database.run(
    `INSERT INTO products (provider, id, is_available, changed) VALUES ('mews', ?, ?, ?)
     ON CONFLICT (provider, id) DO UPDATE
     SET is_available = excluded.is_available, changed = excluded.changed
     WHERE excluded.changed >= products.changed`,
    [id, isAvailable, changed],
  );
}

function addPayment(database: HubDatabase, id: string, orderId: string, changed: number) {
  database.run(
    `INSERT INTO payments (provider, id, order_id, changed) VALUES ('mews', ?, ?, ?)
     ON CONFLICT (provider, id) DO NOTHING`,
    [id, orderId, changed],
  );
}
