import type {
  ReservationCheckedOutPayload,
  ReservationConfirmedPayload,
  ReservationCreatedPayload,
  ReservationCustomerCanceledPayload,
  ReservationEditedPayload,
  ReservationEnquiryConfirmedPayload,
  ReservationEnquiryCreatedPayload,
  ReservationEnquiryRejectedPayload,
  ReservationMerchantCanceledPayload,
  ReservationNotificationRequestedPayload,
  ReservationNotifiedPayload,
  ReservationReconfirmedPayload,
  ReservationRejectedPayload,
} from 'webhook-contracts/quandoo';
import type { Message } from '../webhook-request.js';
import type { Enquiry, Reservation } from './domain.js';

/** Writes the message of: a new reservation. */
export function reservationCreated(reservation: Reservation): Message<ReservationCreatedPayload> {
  return { payload: { ...reservationIds(reservation), notificationType: 'RESERVATION_CREATED' } };
}

/** Writes the message of: the merchant, or Quandoo automatically, confirmed a reservation. */
export function reservationConfirmed(
  reservation: Reservation,
): Message<ReservationConfirmedPayload> {
  return { payload: { ...reservationIds(reservation), notificationType: 'RESERVATION_CONFIRMED' } };
}

/** Writes the message of: the merchant rejected a reservation. */
export function reservationRejected(reservation: Reservation): Message<ReservationRejectedPayload> {
  return { payload: { ...reservationIds(reservation), notificationType: 'RESERVATION_REJECTED' } };
}

/** Writes the message of: the customer edited a reservation. */
export function reservationEdited(reservation: Reservation): Message<ReservationEditedPayload> {
  return { payload: { ...reservationIds(reservation), notificationType: 'RESERVATION_EDITED' } };
}

/** Writes the message of: the customer cancelled a reservation. */
export function reservationCustomerCanceled(
  reservation: Reservation,
): Message<ReservationCustomerCanceledPayload> {
  return {
    payload: { ...reservationIds(reservation), notificationType: 'RESERVATION_CUSTOMER_CANCELED' },
  };
}

/** Writes the message of: the merchant cancelled a reservation. */
export function reservationMerchantCanceled(
  reservation: Reservation,
): Message<ReservationMerchantCanceledPayload> {
  return {
    payload: { ...reservationIds(reservation), notificationType: 'RESERVATION_MERCHANT_CANCELED' },
  };
}

/** Writes the message of: the restaurant chose to ask the customer to reconfirm. */
export function reservationNotificationRequested(
  reservation: Reservation,
): Message<ReservationNotificationRequestedPayload> {
  return {
    payload: {
      ...reservationIds(reservation),
      notificationType: 'RESERVATION_NOTIFICATION_REQUESTED',
    },
  };
}

/** Writes the message of: the customer was asked to reconfirm. */
export function reservationNotified(reservation: Reservation): Message<ReservationNotifiedPayload> {
  return { payload: { ...reservationIds(reservation), notificationType: 'RESERVATION_NOTIFIED' } };
}

/** Writes the message of: the customer reconfirmed. */
export function reservationReconfirmed(
  reservation: Reservation,
): Message<ReservationReconfirmedPayload> {
  return {
    payload: { ...reservationIds(reservation), notificationType: 'RESERVATION_RECONFIRMED' },
  };
}

/** Writes the message of: the customer left. */
export function reservationCheckedOut(
  reservation: Reservation,
): Message<ReservationCheckedOutPayload> {
  return {
    payload: { ...reservationIds(reservation), notificationType: 'RESERVATION_CHECKED_OUT' },
  };
}

/** Writes the message of: a new enquiry. */
export function enquiryCreated(enquiry: Enquiry): Message<ReservationEnquiryCreatedPayload> {
  return { payload: { ...enquiryIds(enquiry), notificationType: 'RESERVATION_ENQUIRY_CREATED' } };
}

/** Writes the message of: the merchant confirmed an enquiry. */
export function enquiryConfirmed(enquiry: Enquiry): Message<ReservationEnquiryConfirmedPayload> {
  return { payload: { ...enquiryIds(enquiry), notificationType: 'RESERVATION_ENQUIRY_CONFIRMED' } };
}

/** Writes the message of: the merchant rejected an enquiry. */
export function enquiryRejected(enquiry: Enquiry): Message<ReservationEnquiryRejectedPayload> {
  return { payload: { ...enquiryIds(enquiry), notificationType: 'RESERVATION_ENQUIRY_REJECTED' } };
}

function reservationIds({ id, ...parties }: Reservation) {
  return { reservation: { id }, ...partyIds(parties) };
}

function enquiryIds({ id, ...parties }: Enquiry) {
  return { reservationEnquiry: { id }, ...partyIds(parties) };
}

function partyIds({ customerId, merchantId }: Pick<Reservation, 'customerId' | 'merchantId'>) {
  return { customer: { id: customerId }, merchant: { id: merchantId } };
}
