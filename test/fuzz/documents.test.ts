/** The property of test/documents-fuzz.test.ts, of 20,000 documents. */
import { expect, it } from 'vitest';
import { fuzzDocuments } from '../support/fuzz-documents.js';

const first = Number(process.env.FUZZ_SEED ?? 10_000);
const count = 2_000;
const seeds = Array.from({ length: 10 }, (_, index) => first + index * count);

it.each(seeds)('ends with 0, 1 or 2, whatever the document, from seed %i', async (seed) => {
  const { faults, ...figures } = await fuzzDocuments({ seed, count });
  console.log(JSON.stringify(figures));
  expect(faults).toEqual([]);
  expect(figures.exits['generate 0']).toBeGreaterThan(count / 5);
  expect(figures.exits['lint 1']).toBeGreaterThan(count / 4);
  expect(figures.processes).toBe(count / 200);
  expect(figures.imports).toBeGreaterThan(4);
  expect(Object.keys(figures.codes).length).toBeGreaterThan(40);
});
