/** Random pacts against random schemas: what has no problem holds for every delivery that the schema allows. */
import { expect, it } from 'vitest';
import { fuzzVerify } from './support/fuzz-verify.js';

it('passes no pact that a delivery breaks', () => {
  const found = fuzzVerify({ seed: 1, rounds: 200, deliveries: 40, witnesses: 60 });
  expect(found.falsePasses).toEqual([]);
  expect(found.rounds).toBeGreaterThan(150);
  expect(found.clean).toBeGreaterThan(50);
  expect(found.witnessed).toBeGreaterThan(200);
});
