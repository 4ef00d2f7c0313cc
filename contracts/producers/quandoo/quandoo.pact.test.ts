/** What Quandoo sends, by its own code; the expected bodies are written by hand. */
import { afterAll, describe, it } from 'vitest';
import type * as quandooModule from 'webhook-contracts/quandoo';
import { httpPact } from '../../../scripts/pact/index.js';
import { arrived } from '../arrived.js';
import { quandoo } from './producer.js';

const token = 'a token both sides know';

const pact = httpPact<typeof quandooModule.messages>({
  spec: 'quandoo',
  consumer: 'reservation-hub',
  producer: 'quandoo',
  headers: { 'X-Hub-Token': [token] },
});

const unused = 'http://127.0.0.1:9/unused';

type Producer = ReturnType<typeof quandoo>;
type Endpoint = 'onlineReservations' | 'offlineReservations' | 'enquiries';

/** Registers the URL as one endpoint, and a closed port as the others: nothing may go there. */
function producerFor(endpoint: Endpoint, url: string): Producer {
  const others = { onlineReservations: unused, offlineReservations: unused, enquiries: unused };
  return quandoo({ urls: { ...others, [endpoint]: url }, headers: { 'X-Hub-Token': token } });
}

const parties = { customerId: '7f0e9c1a-5b7d-11f0-9a44-0242ac120002', merchantId: 48_211 };
const online = {
  ...parties,
  id: 'e5c1b2d4-5b7c-11f0-9a44-0242ac120002',
  madeBy: 'customer',
} as const;
const offline = { ...parties, id: 'DESK-000318', madeBy: 'merchant' } as const;
const enquiry = { ...parties, id: 'ENQ-77' };

const customer = { id: '7f0e9c1a-5b7d-11f0-9a44-0242ac120002' };
const merchant = { id: 48_211 };
const ofOnline = {
  reservation: { id: 'e5c1b2d4-5b7c-11f0-9a44-0242ac120002' },
  customer,
  merchant,
};
const ofOffline = { reservation: { id: 'DESK-000318' }, customer, merchant };
const ofEnquiry = { reservationEnquiry: { id: 'ENQ-77' }, customer, merchant };

const sendOnline = 'sendOnlineReservationNotification';
const sendOffline = 'sendOfflineReservationNotification';

describe('quandoo delivers', () => {
  it('a new reservation', () =>
    pact.deliver(
      'RESERVATION_CREATED',
      {
        description: 'a customer reserved a table',
        operation: sendOnline,
        payload: { ...ofOnline, notificationType: 'RESERVATION_CREATED' },
      },
      (url) => arrived(producerFor('onlineReservations', url).reservationCreated(online)),
    ));

  it('a confirmed reservation', () =>
    pact.deliver(
      'RESERVATION_CONFIRMED',
      {
        description: 'a reservation was confirmed',
        operation: sendOnline,
        payload: { ...ofOnline, notificationType: 'RESERVATION_CONFIRMED' },
      },
      (url) => arrived(producerFor('onlineReservations', url).reservationConfirmed(online)),
    ));

  it('a rejected reservation', () =>
    pact.deliver(
      'RESERVATION_REJECTED',
      {
        description: 'a reservation was rejected by the merchant',
        operation: sendOnline,
        payload: { ...ofOnline, notificationType: 'RESERVATION_REJECTED' },
      },
      (url) => arrived(producerFor('onlineReservations', url).reservationRejected(online)),
    ));

  it('an edited reservation', () =>
    pact.deliver(
      'RESERVATION_EDITED',
      {
        description: 'a reservation was edited',
        operation: sendOnline,
        payload: { ...ofOnline, notificationType: 'RESERVATION_EDITED' },
      },
      (url) => arrived(producerFor('onlineReservations', url).reservationEdited(online)),
    ));

  it('a reservation cancelled by the customer', () =>
    pact.deliver(
      'RESERVATION_CUSTOMER_CANCELED',
      {
        description: 'a reservation was cancelled by the customer',
        operation: sendOnline,
        payload: { ...ofOnline, notificationType: 'RESERVATION_CUSTOMER_CANCELED' },
      },
      (url) =>
        arrived(producerFor('onlineReservations', url).reservationCancelledByCustomer(online)),
    ));

  it('a reservation cancelled by the merchant', () =>
    pact.deliver(
      'RESERVATION_MERCHANT_CANCELED',
      {
        description: 'a reservation made at the desk was cancelled by the merchant',
        operation: sendOffline,
        payload: { ...ofOffline, notificationType: 'RESERVATION_MERCHANT_CANCELED' },
      },
      (url) =>
        arrived(producerFor('offlineReservations', url).reservationCancelledByMerchant(offline)),
    ));

  it('a requested reconfirmation', () =>
    pact.deliver(
      'RESERVATION_NOTIFICATION_REQUESTED',
      {
        description: 'a restaurant asks for a reconfirmation',
        operation: sendOffline,
        payload: { ...ofOffline, notificationType: 'RESERVATION_NOTIFICATION_REQUESTED' },
      },
      (url) => arrived(producerFor('offlineReservations', url).reconfirmationRequested(offline)),
    ));

  it('a customer who was asked', () =>
    pact.deliver(
      'RESERVATION_NOTIFIED',
      {
        description: 'a customer was asked to reconfirm',
        operation: sendOffline,
        payload: { ...ofOffline, notificationType: 'RESERVATION_NOTIFIED' },
      },
      (url) => arrived(producerFor('offlineReservations', url).customerNotified(offline)),
    ));

  it('a reconfirmed reservation', () =>
    pact.deliver(
      'RESERVATION_RECONFIRMED',
      {
        description: 'a customer reconfirmed',
        operation: sendOffline,
        payload: { ...ofOffline, notificationType: 'RESERVATION_RECONFIRMED' },
      },
      (url) => arrived(producerFor('offlineReservations', url).reservationReconfirmed(offline)),
    ));

  it('a customer who left', () =>
    pact.deliver(
      'RESERVATION_CHECKED_OUT',
      {
        description: 'a customer left and was checked out',
        operation: sendOffline,
        payload: { ...ofOffline, notificationType: 'RESERVATION_CHECKED_OUT' },
      },
      (url) => arrived(producerFor('offlineReservations', url).customerLeft(offline)),
    ));

  it('a new enquiry', () =>
    pact.deliver(
      'RESERVATION_ENQUIRY_CREATED',
      {
        description: 'a customer made an enquiry',
        payload: { ...ofEnquiry, notificationType: 'RESERVATION_ENQUIRY_CREATED' },
      },
      (url) => arrived(producerFor('enquiries', url).enquiryCreated(enquiry)),
    ));

  it('a confirmed enquiry', () =>
    pact.deliver(
      'RESERVATION_ENQUIRY_CONFIRMED',
      {
        description: 'an enquiry was confirmed by the merchant',
        payload: { ...ofEnquiry, notificationType: 'RESERVATION_ENQUIRY_CONFIRMED' },
      },
      (url) => arrived(producerFor('enquiries', url).enquiryConfirmed(enquiry)),
    ));

  it('a rejected enquiry', () =>
    pact.deliver(
      'RESERVATION_ENQUIRY_REJECTED',
      {
        description: 'an enquiry was rejected by the merchant',
        payload: { ...ofEnquiry, notificationType: 'RESERVATION_ENQUIRY_REJECTED' },
      },
      (url) => arrived(producerFor('enquiries', url).enquiryRejected(enquiry)),
    ));
});

afterAll(() => pact.finish());
