/** The running hub takes what reservation software sends, by the pact of the producer. */
import { expect, it } from 'vitest';
import { credentials } from './fresh-hub.js';
import { verifyHub } from './verify-hub.js';

it('takes and stores what reservation software sends', async () => {
  const { interactions, stored } = await verifyHub('mozrest', credentials.mozrest);
  expect(stored).toBe(interactions);
});
