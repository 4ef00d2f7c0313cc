/** The comparison of test/second-implementation.test.ts: 50 schemas of each dialect, 10,000 payloads for each. */
import { expect, it } from 'vitest';
import { compareWithHyperjump, type Dialect } from '../support/second-implementation.js';

it.each<Dialect>(['draft-07', '2020-12'])('agrees about schemas of %s', async (dialect) => {
  const seed = Number(process.env.FUZZ_SEED ?? 2);
  const found = await compareWithHyperjump(dialect, { schemas: 50, payloads: 10_000, seed });
  expect(found.differences).toEqual([]);
  expect(found.accepted + found.rejected).toBe(500_000);
});
