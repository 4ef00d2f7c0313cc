/** For tests: verifies that the hub, as it runs, takes what a producer sends. */
import { type SenderCredentials, verifyConsumer } from '../../../scripts/pact/index.js';
import type { Provider } from './bookings.js';
import { contentsOf } from './contents.js';
import { startFreshHub } from './fresh-hub.js';

/** How many requests there were, and how many of them the hub has stored. */
export interface VerifiedHub {
  readonly interactions: number;
  readonly stored: number;
}

/**
 * Sends a fresh hub what the HTTP pact of a producer says.
 * @throws {ContractBroken} where the hub does not answer as the pact says
 */
export async function verifyHub(
  producer: Provider,
  credentials: SenderCredentials,
): Promise<VerifiedHub> {
  const hub = await startFreshHub();
  try {
    const { interactions } = await verifyConsumer({
      spec: producer,
      consumer: 'reservation-hub',
      producer,
      url: `${hub.url}/${producer}`,
      ...credentials,
    });
    const { deliveries = [] } = contentsOf(hub.database);
    const stored = deliveries.reduce((sum, { times }) => sum + Number(times), 0);
    return { interactions, stored };
  } finally {
    await hub.close();
  }
}
