import { sign } from 'webhook-contracts/quandoo';
import { deliver, type Outcome } from '../deliver.js';
import { type DeliveryRules, readRules } from '../delivery-rules.js';
import { type Message, type Sign, writeRequest } from '../webhook-request.js';
import * as deliveries from './deliveries.js';
import type { Enquiry, Registration, Reservation } from './domain.js';

/**
 * Makes Quandoo's side of a registration: each function tells the partner what happened, and resolves to what became
 * of the delivery. What no response means is not stated: it is no status 200, so the
 * notification is sent again.
 */
export function quandoo(
  { urls, headers = {} }: Registration,
  rules: DeliveryRules = readRules('quandoo', { noResponse: 'failed' }),
) {
  const hasHeaders = Object.keys(headers).length > 0;
  const signed: Sign | undefined = hasHeaders ? (body) => sign(body, { headers }) : undefined;

  const send = async (url: string, message: Message): Promise<Outcome> =>
    deliver(await writeRequest(url, message, signed), rules);

  const ofReservation = (write: (reservation: Reservation) => Message) => (about: Reservation) =>
    send(
      about.madeBy === 'customer' ? urls.onlineReservations : urls.offlineReservations,
      write(about),
    );

  const ofEnquiry = (write: (enquiry: Enquiry) => Message) => (about: Enquiry) =>
    send(urls.enquiries, write(about));

  return {
    reservationCreated: ofReservation(deliveries.reservationCreated),
    reservationConfirmed: ofReservation(deliveries.reservationConfirmed),
    reservationRejected: ofReservation(deliveries.reservationRejected),
    reservationEdited: ofReservation(deliveries.reservationEdited),
    reservationCancelledByCustomer: ofReservation(deliveries.reservationCustomerCanceled),
    reservationCancelledByMerchant: ofReservation(deliveries.reservationMerchantCanceled),
    reconfirmationRequested: ofReservation(deliveries.reservationNotificationRequested),
    customerNotified: ofReservation(deliveries.reservationNotified),
    reservationReconfirmed: ofReservation(deliveries.reservationReconfirmed),
    customerLeft: ofReservation(deliveries.reservationCheckedOut),
    enquiryCreated: ofEnquiry(deliveries.enquiryCreated),
    enquiryConfirmed: ofEnquiry(deliveries.enquiryConfirmed),
    enquiryRejected: ofEnquiry(deliveries.enquiryRejected),
  };
}
