/** The running hub takes what Mews POS sends, by the pact of the producer. */
import { expect, it } from 'vitest';
import { credentials } from './fresh-hub.js';
import { verifyHub } from './verify-hub.js';

it('takes and stores what Mews POS sends', async () => {
  const { interactions, stored } = await verifyHub('mews', credentials.mews);
  expect(stored).toBe(interactions);
});
