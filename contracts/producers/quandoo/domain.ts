/** A reservation in Quandoo's system. */
export interface Reservation {
  readonly id: string;
  readonly customerId: string;
  readonly merchantId: number;
  /** Who made it: the customer (online) or the merchant in Quandoo's own tools (offline). */
  readonly madeBy: 'customer' | 'merchant';
}

/** A request for a booking, often of a large group, which customers make online. */
export interface Enquiry {
  readonly id: string;
  readonly customerId: string;
  readonly merchantId: number;
}

/** What a partner registered through its contact at Quandoo. */
export interface Registration {
  /** The URLs differ, since nothing else tells online from offline. */
  readonly urls: {
    readonly onlineReservations: string;
    readonly offlineReservations: string;
    readonly enquiries: string;
  };
  /** Static custom headers, where the partner wants any. */
  readonly headers?: Readonly<Record<string, string>>;
}
