/**
 * A reservation of a hotel. Null: the reservation has none of it. Undefined: nothing is known of it, and nothing is
 * sent.
 */
export interface Reservation {
  readonly id?: number;
  readonly appCustomerId?: number;
  readonly centerId?: number | null;
  readonly arrival?: Date | null;
  readonly departure?: Date | null;
  readonly status?: number | null;
  readonly invoiceStatus?: number | null;
  readonly roomTypeUsed?: number | null;
  readonly roomTypeBilled?: number | null;
  readonly boardTypeUsed?: number | null;
  readonly boardTypeBilled?: number | null;
  readonly roomId?: number | null;
  readonly reference?: string | null;
  /** The person responsible for the reservation. */
  readonly responsible?: string | null;
  readonly adults?: number;
  readonly juniors?: number;
  readonly children?: number;
  readonly babies?: number;
}

/** What became of a reservation, in the words of the header. */
export type UpdateType = 'Delete' | 'Insert' | 'Update';

/** A subscription of the type `reservations`. */
export interface Subscription {
  readonly webhookUrl: string;
  readonly fallbackUrl?: string;
  /**
   * Whether the reservation as it was before goes along. The guide's general rule allows it, its section on
   * reservations says one object only.
   */
  readonly withPrevious?: boolean;
}
