/** Generated validators against an implementation of JSON Schema that shares nothing with ours; more of it in fuzz/. */
import { expect, it } from 'vitest';
import { compareWithHyperjump, type Dialect } from './support/second-implementation.js';

it.each<Dialect>(['draft-07', '2020-12'])('agrees about schemas of %s', async (dialect) => {
  const found = await compareWithHyperjump(dialect, { schemas: 25, payloads: 200, seed: 1 });
  expect(found.differences).toEqual([]);
  expect(found.accepted).toBeGreaterThan(500);
  expect(found.rejected).toBeGreaterThan(500);
});
