/** The two sides that the broker stands between, each verified by its real code. */
import { credentials, startFreshHub } from '../../contracts/consumers/reservation-hub/fresh-hub.js';
import { productAvailabilityUpdated } from '../../contracts/producers/mews/deliveries.js';
import {
  type Broker,
  type Producing,
  verifyConsumer,
  verifyProducer,
} from '../../scripts/pact/index.js';
import { wordsOf } from '../support/words-of.js';

/** What Mews makes of a product. */
export const mewsMessages = (isAvailable: boolean): Readonly<Record<string, Producing>> => ({
  'product.availability.updated': () =>
    productAvailabilityUpdated({
      id: '2f1e0d9c-8b7a-4695-8473-625140fedcba',
      isAvailable,
      updatedAt: new Date('2026-11-05T20:15:30.007Z'),
    }),
});

/** Lets Mews verify what the broker has: it keeps its pact where the product is available. */
export function verifyMews(broker: Broker, isAvailable = true): Promise<string> {
  const messages = mewsMessages(isAvailable);
  return wordsOf(verifyProducer({ spec: 'mews', producer: 'mews', messages, broker }));
}

/** Lets the running hub verify what the broker has: it keeps its pact where it is sent the right secret. */
export async function verifyHub(broker: Broker, secret: string = credentials.mews.secret) {
  const hub = await startFreshHub();
  const url = `${hub.url}/mews`;
  const consumer = 'reservation-hub';
  try {
    return await wordsOf(verifyConsumer({ spec: 'mews', consumer, url, secret, broker }));
  } finally {
    await hub.close();
  }
}
