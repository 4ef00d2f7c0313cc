/** The running hub takes what Quandoo sends, by the pact of the producer. */
import { expect, it } from 'vitest';
import { credentials } from './fresh-hub.js';
import { verifyHub } from './verify-hub.js';

it('takes and stores what Quandoo sends', async () => {
  const { interactions, stored } = await verifyHub('quandoo', credentials.quandoo);
  expect(stored).toBe(interactions);
});
