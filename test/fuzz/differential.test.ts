/** The comparison of test/differential.test.ts with ten other seeds; `FUZZ_SEED` begins elsewhere. */
import { describe, expect, it } from 'vitest';
import { compareWithAjv } from '../support/compare-with-ajv.js';
import { providers } from '../support/repository.js';

const first = Number(process.env.FUZZ_SEED ?? 2);
const seeds = Array.from({ length: 10 }, (_, index) => first + index);

describe.each(providers)('%s', (provider) => {
  it.each(seeds)('judges 10,000 payloads as Ajv does, seed %i', async (seed) => {
    const { accepted, rejected, differences } = await compareWithAjv(provider, {
      count: 10_000,
      seed,
    });
    expect(differences).toEqual([]);
    expect(Math.min(accepted, rejected)).toBeGreaterThan(1_000);
  });
});
