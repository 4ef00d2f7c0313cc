/** The running hub takes what e-Res sends, by the pact of the producer. */
import { expect, it } from 'vitest';
import { credentials } from './fresh-hub.js';
import { verifyHub } from './verify-hub.js';

it('takes and stores what e-Res sends', async () => {
  const { interactions, stored } = await verifyHub('e-res', credentials.eRes);
  expect(stored).toBe(interactions);
});
