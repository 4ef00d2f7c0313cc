import type { BookingStatus, MessageName, OrderState, OrderStatus } from 'webhook-contracts/mews';

/** A table booking of a point of sale. */
export interface Booking {
  readonly id: string;
  readonly status: BookingStatus;
  readonly updatedAt: Date;
}

/** An order; amounts are in the minor unit of its currency. */
export interface Order {
  readonly id: string;
  /** What can be done with it. */
  readonly state: OrderState;
  /** How far the kitchen or the courier has got. */
  readonly status: OrderStatus;
  /** Null: there was a tip, and it was taken back. Undefined: there never was one. */
  readonly tip?: number | null;
  /** A correction of the total, positive or negative; null and undefined as with the tip. */
  readonly correction?: number | null;
  /** With tip and correction. */
  readonly total: number;
  readonly updatedAt: Date;
}

/** A payment of an order. */
export interface Payment {
  readonly id: string;
  readonly orderId: string;
  readonly addedAt: Date;
}

/** A product of the menu. */
export interface Product {
  readonly id: string;
  readonly isAvailable: boolean;
  readonly updatedAt: Date;
}

/** What a partner registered by the API operation "Create webhook endpoint". */
export interface WebhookEndpoint {
  readonly targetUrl: string;
  /** Made by Mews, known to the partner. */
  readonly secret: string;
  /** The messages it gets. */
  readonly events: readonly MessageName[];
}
