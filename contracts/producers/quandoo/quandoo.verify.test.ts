/** Whether the code of Quandoo makes what consumers need. */
import { it } from 'vitest';
import { verifyProducer } from '../../../scripts/pact/index.js';
import * as deliveries from './deliveries.js';
import type { Enquiry, Reservation } from './domain.js';

const reservation: Reservation = {
  id: 'b1f7c2aa-90de-11f0-8f1c-0242ac120003',
  customerId: 'c40be1d6-90de-11f0-8f1c-0242ac120003',
  merchantId: 70_315,
  madeBy: 'customer',
};

const enquiry: Enquiry = { id: 'ENQ-2026-0102', customerId: 'GUEST-55', merchantId: 70_315 };

it('makes what consumers need', async () => {
  await verifyProducer({
    spec: 'quandoo',
    producer: 'quandoo',
    messages: {
      RESERVATION_CREATED: () => deliveries.reservationCreated(reservation),
      RESERVATION_CONFIRMED: () => deliveries.reservationConfirmed(reservation),
      RESERVATION_REJECTED: () => deliveries.reservationRejected(reservation),
      RESERVATION_EDITED: () => deliveries.reservationEdited(reservation),
      RESERVATION_CUSTOMER_CANCELED: () => deliveries.reservationCustomerCanceled(reservation),
      RESERVATION_MERCHANT_CANCELED: () => deliveries.reservationMerchantCanceled(reservation),
      RESERVATION_NOTIFICATION_REQUESTED: () =>
        deliveries.reservationNotificationRequested(reservation),
      RESERVATION_NOTIFIED: () => deliveries.reservationNotified(reservation),
      RESERVATION_RECONFIRMED: () => deliveries.reservationReconfirmed(reservation),
      RESERVATION_CHECKED_OUT: () => deliveries.reservationCheckedOut(reservation),
      RESERVATION_ENQUIRY_CREATED: () => deliveries.enquiryCreated(enquiry),
      RESERVATION_ENQUIRY_CONFIRMED: () => deliveries.enquiryConfirmed(enquiry),
      RESERVATION_ENQUIRY_REJECTED: () => deliveries.enquiryRejected(enquiry),
    },
  });
});
