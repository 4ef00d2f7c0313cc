import {
  type CheckResult,
  check,
  isReservationEnquiryCreated,
  type MessageName,
  type ReservationCreatedPayload,
} from '../../../generated/quandoo/index.js';

type Accepted = Extract<CheckResult, { ok: true }>;

/** The provider's own discriminator narrows the payload as the message's name does. */
export function identify(body: unknown): string {
  const result = check(body);
  if (!result.ok) return result.problems[0].path;
  const { payload } = result;
  // @ts-expect-error Notifications of enquiries have no reservation.
  payload.reservation;
  switch (payload.notificationType) {
    case 'RESERVATION_ENQUIRY_CREATED':
    case 'RESERVATION_ENQUIRY_CONFIRMED':
    case 'RESERVATION_ENQUIRY_REJECTED':
      return payload.reservationEnquiry.id;
    // @ts-expect-error The provider writes this with one l.
    case 'RESERVATION_CUSTOMER_CANCELLED':
      return '';
    default:
      return payload.reservation.id;
  }
}

/** Every message has a branch, or the compiler says which has none. */
export const titles: Readonly<Record<MessageName, string>> = {
  RESERVATION_CREATED: '',
  RESERVATION_CONFIRMED: '',
  RESERVATION_REJECTED: '',
  RESERVATION_EDITED: '',
  RESERVATION_CUSTOMER_CANCELED: '',
  RESERVATION_MERCHANT_CANCELED: '',
  RESERVATION_NOTIFICATION_REQUESTED: '',
  RESERVATION_NOTIFIED: '',
  RESERVATION_RECONFIRMED: '',
  RESERVATION_CHECKED_OUT: '',
  RESERVATION_ENQUIRY_CREATED: '',
  RESERVATION_ENQUIRY_CONFIRMED: '',
  RESERVATION_ENQUIRY_REJECTED: '',
};

export function created(result: Accepted): ReservationCreatedPayload | undefined {
  if (result.message === 'RESERVATION_CREATED') {
    const type: 'RESERVATION_CREATED' = result.payload.notificationType;
    return type === 'RESERVATION_CREATED' ? result.payload : undefined;
  }
  // @ts-expect-error It is one of the other messages.
  return result.payload;
}

export function enquiry(body: unknown): number {
  // @ts-expect-error Merchants are known by a number.
  const merchant: string = isReservationEnquiryCreated(body) ? body.merchant.id : 0;
  return merchant.length;
}
