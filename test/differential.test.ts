/**
 * Our validators against another implementation: what Ajv and ajv-formats make of the schemas as they stand
 * in the documents. `npm run fuzz` does the same with other seeds.
 */
import { expect, it } from 'vitest';
import { compareWithAjv } from './support/compare-with-ajv.js';
import { providers } from './support/repository.js';

it.each(providers)('judges 10,000 payloads of %s as Ajv does', async (provider) => {
  const { accepted, rejected, differences } = await compareWithAjv(provider, {
    count: 10_000,
    seed: 1,
  });
  expect(differences).toEqual([]);
  expect(accepted).toBeGreaterThan(1_000);
  expect(rejected).toBeGreaterThan(1_000);
});
