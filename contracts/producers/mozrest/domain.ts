/** A booking in the reservation software. */
export interface Booking {
  /** The reservation software's own id. */
  readonly id: string;
  readonly venueId: string;
  readonly startsAt: Date;
  /** Undefined where it is not known yet. */
  readonly partySize?: number;
  readonly status: BookingState;
  /** The area in the venue, where the venue has areas. */
  readonly areaId?: string;
  readonly guest?: Guest;
}

/** How a booking stands, in the words of the reservation software. */
export type BookingState = 'accepted' | 'declined' | 'arrived' | 'paid' | 'did-not-come';

/** The person who made a booking, as far as known. */
export interface Guest {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly telephone?: string;
  /** A language code such as `en`. */
  readonly language?: string;
}

/** Which side of a booking was changed: one at least. */
export type BookingChange =
  | { readonly partySize: number; readonly startsAt?: undefined }
  | { readonly partySize?: number; readonly startsAt: Date };

/** Where Mozrest listens. */
export interface MozrestHosts {
  /** Takes booking updates, status updates and cancellations. */
  readonly bookings: string;
  /** Takes notices that a booking touches the availability of a venue. */
  readonly availability: string;
}
