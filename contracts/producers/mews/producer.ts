import { type MessageName, sign } from 'webhook-contracts/mews';
import { deliver, type Outcome } from '../deliver.js';
import { type DeliveryRules, readRules } from '../delivery-rules.js';
import { type Message, writeRequest } from '../webhook-request.js';
import * as deliveries from './deliveries.js';
import type { WebhookEndpoint } from './domain.js';

/** Every payload says which message it is. */
type MewsMessage = Message<{ readonly meta: { readonly eventType: MessageName } }>;

/**
 * Makes the side of Mews POS for an endpoint: each function tells it what happened, and resolves to what became of
 * the delivery, or to undefined where the endpoint is not subscribed to the message.
 */
export function mews(
  { targetUrl, secret, events }: WebhookEndpoint,
  rules: DeliveryRules = readRules('mews'),
) {
  const sending =
    <About>(write: (about: About) => MewsMessage) =>
    async (about: About): Promise<Outcome | undefined> => {
      const message = write(about);
      if (!events.includes(message.payload.meta.eventType)) return undefined;
      const request = await writeRequest(targetUrl, message, (body) => sign(body, { secret }));
      return deliver(request, rules);
    };

  return {
    bookingStatusChanged: sending(deliveries.bookingStatusUpdated),
    orderStateChanged: sending(deliveries.orderStateUpdated),
    orderStatusChanged: sending(deliveries.orderStatusUpdated),
    productAvailabilityChanged: sending(deliveries.productAvailabilityUpdated),
    orderTotalChanged: sending(deliveries.orderTotalUpdated),
    paymentAdded: sending(deliveries.ordersPaymentsAdded),
  };
}
