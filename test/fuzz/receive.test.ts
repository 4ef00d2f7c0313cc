/**
 * The requests of test/receive-fuzz.test.ts, many more of them; `FUZZ_SEED`, `FUZZ_HEADERS` and `FUZZ_BODIES` say
 * which and how many for each provider.
 */
import { describe, expect, it } from 'vitest';
import { fuzzBodies, fuzzHeaders } from '../support/fuzz-receive.js';
import { providers } from '../support/repository.js';

const seed = Number(process.env.FUZZ_SEED ?? 2);
const headers = Number(process.env.FUZZ_HEADERS ?? 1_000_000);
const bodies = Number(process.env.FUZZ_BODIES ?? 100_000);

describe.each(providers)('%s', (provider) => {
  it(`withstands ${headers} header values, seed ${seed}`, async () => {
    const { counts, faults } = await fuzzHeaders(provider, { count: headers, seed });
    expect(faults).toEqual([]);
    expect(counts.message).toBeGreaterThan(headers / 200);
  });

  it(`withstands ${bodies} bodies, seed ${seed}`, async () => {
    const { counts, faults } = await fuzzBodies(provider, { count: bodies, seed });
    expect(faults).toEqual([]);
    expect(counts.message).toBeGreaterThan(bodies / 100);
  });
});
