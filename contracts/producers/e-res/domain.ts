/** A reservation in e-Res; what is undefined is not sent. */
export interface Reservation {
  readonly id: string;
  readonly startsAt: Date;
  readonly adults: number;
  readonly status: string;
  readonly customer?: Customer;
  /** The number of the reservation for people. */
  readonly number?: number;
  readonly room?: Named;
  readonly meal?: Named;
  readonly minutes?: number;
  readonly children?: number;
  readonly type?: string;
  readonly tables?: string;
  readonly takenBy?: string;
  readonly flags?: ReservationFlags;
  readonly notes?: string;
  readonly created?: Date;
  readonly updated?: Date;
  readonly highChairs?: number;
  readonly wheelchairs?: number;
  readonly allergies?: string;
  readonly extras?: string;
  readonly promotion?: Promotion;
  readonly money?: Money;
  /** The telephone call by which it was made. */
  readonly call?: Call;
}

/** A room or a meal. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** What is or isn't so with a reservation. */
export interface ReservationFlags {
  readonly isCancelled: boolean;
  readonly isDeleted: boolean;
  readonly isRequested: boolean;
  readonly isFromWeb: boolean;
  readonly isWalkIn: boolean;
  readonly hasArrived: boolean;
  readonly hasDeparted: boolean;
}

/** What a reservation is advertised and tagged with, each in a syntax of its own. */
export interface Promotion {
  readonly name: string;
  readonly codes: string;
  readonly vouchers: string;
  readonly nameValues: string;
}

/** Amounts of money of a reservation. */
export interface Money {
  readonly spent: number;
  readonly depositDue: number;
  readonly depositPaid: number;
  /** A token of the payment service; empty where there is none. */
  readonly stripeToken: string;
}

/** The customer who made a reservation. */
export interface Customer {
  readonly id: string;
  readonly title?: string;
  readonly firstName?: string;
  readonly surname?: string;
  readonly company?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly mobile?: string;
  readonly workPhone?: string;
  readonly visits?: number;
  readonly takesMailings?: boolean;
  readonly isVip?: boolean;
  readonly isRegular?: boolean;
  readonly isInspector?: boolean;
  readonly notes?: string;
  readonly suite?: string;
  readonly extras?: string;
  readonly address?: Address;
  /** Null: nobody agreed. */
  readonly terms?: { readonly agreed: Date | null; readonly ip: string };
  readonly created?: Date;
  readonly updated?: Date;
}

/** A postal address; lines that are not needed are empty. */
export interface Address {
  readonly lines: readonly [string, string, string];
  readonly city: string;
  readonly county: string;
  readonly postcode: string;
}

/** A telephone call. */
export interface Call {
  readonly id?: string;
  readonly restaurantId?: string;
  readonly number?: string;
  readonly externalSid?: string;
  readonly providerSid?: string;
}

/** What is set under Administration, Settings, Web Hooks. */
export interface WebHookSettings {
  readonly endpoint: string;
  /** One header, where the owner of the endpoint wants it. */
  readonly header?: { readonly name: string; readonly value: string };
}
