/** The running hub takes what GUEST API sends, by the pact of the producer. */
import { expect, it } from 'vitest';
import { verifyHub } from './verify-hub.js';

it('takes and stores what GUEST API sends', async () => {
  const { interactions, stored } = await verifyHub('guest', {});
  expect(stored).toBe(interactions);
});
