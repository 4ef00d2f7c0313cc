import type {
  ReservationsHeaders,
  ReservationsPayload,
  ReservationsUpdateDTO,
} from 'webhook-contracts/guest';
import { present } from '../present.js';
import type { Message } from '../webhook-request.js';
import type { Reservation, UpdateType } from './domain.js';

/** The message `reservations` has a header that says what became of the reservation. */
export type ReservationsMessage = Message<ReservationsPayload> & {
  readonly headers: Readonly<Record<keyof ReservationsHeaders, UpdateType>>;
};

/** Writes the message of a reservation: as it is now and, where that is given, as it was before. */
export function reservations(
  updateType: UpdateType,
  updated: Reservation,
  previous?: Reservation,
): ReservationsMessage {
  const sent = previous === undefined ? [updated] : [updated, previous];
  return { payload: sent.map(updateOf), headers: { UpdateType: updateType } };
}

function updateOf(reservation: Reservation): ReservationsUpdateDTO {
  return present({
    reservation_id: reservation.id,
    appCustomer_id: reservation.appCustomerId,
    center_id: reservation.centerId,
    arrivalDate: dateTime(reservation.arrival),
    exitDate: dateTime(reservation.departure),
    rsvStatus: reservation.status,
    rsvInvoiceStatus: reservation.invoiceStatus,
    roomTypeUse_id_fk: reservation.roomTypeUsed,
    roomTypeFra_id_fk: reservation.roomTypeBilled,
    boardTypeUse_id_fk: reservation.boardTypeUsed,
    boardTypeFra_id_fk: reservation.boardTypeBilled,
    roomId: reservation.roomId,
    reference: reservation.reference,
    responsible: reservation.responsible,
    ad: reservation.adults,
    jr: reservation.juniors,
    ch: reservation.children,
    bb: reservation.babies,
  });
}

function dateTime(time: Date | null | undefined): string | null | undefined {
  // The guide's sample has no fractions of seconds.
  return time?.toISOString().replace('.000Z', 'Z') ?? (time === null ? null : undefined);
}
