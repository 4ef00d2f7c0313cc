/** Random documents in pairs: nobody is said to be safe whom a delivery breaks, and every break is confirmed by Ajv. */
import { expect, test } from 'vitest';
import { fuzzDiff } from './support/fuzz-diff.js';

test.each([
  { seed: 10_000, areSplit: false },
  { seed: 20_000, areSplit: false },
  { seed: 30_000, areSplit: false },
  { seed: 40_000, areSplit: false },
  { seed: 50_000, areSplit: true },
])(
  'pairs from seed $seed, with several messages: $areSplit',
  { timeout: 300_000 },
  async ({ seed, areSplit }) => {
    const { missed, unconfirmed, unjudged, broken, changes } = await fuzzDiff({
      seed,
      pairs: areSplit ? 800 : 550,
      areSplit,
    });
    expect(missed).toEqual([]);
    expect(unconfirmed).toEqual([]);
    // What breaks is nearly always shown; these figures say that the test can fail.
    expect(broken).toBeGreaterThan(400);
    expect(changes['breaks consumers'] + changes['breaks producers']).toBeGreaterThan(500);
    expect(changes['breaks neither']).toBeGreaterThan(50);
    expect(unjudged.length).toBeLessThan(broken / 50);
  },
);
