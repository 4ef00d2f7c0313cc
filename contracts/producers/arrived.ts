import type { Outcome } from './deliver.js';

/** Waits for a delivery; throws where the producer itself does not count it as delivered, or sent nothing. */
export async function arrived(delivery: Promise<Outcome | undefined>): Promise<void> {
  const outcome = await delivery;
  if (outcome?.verdict !== 'delivered') {
    throw new Error(`not delivered: ${JSON.stringify(outcome?.attempts ?? 'nothing was sent')}`);
  }
}
