/**
 * Documents that nobody wrote, through the whole command line: every run ends, with 0, 1 or 2, and what is wrong has a
 * place. `npm run fuzz` does the same with 20,000.
 */
import { expect, it } from 'vitest';
import { fuzzDocuments } from './support/fuzz-documents.js';

it('ends with 0, 1 or 2, whatever the document', async () => {
  const { faults, exits, codes } = await fuzzDocuments({ seed: 1, count: 300 });
  expect(faults).toEqual([]);
  expect(exits['generate 0']).toBeGreaterThan(30);
  expect(exits['lint 1']).toBeGreaterThan(100);
  expect(exits['validate 1']).toBeGreaterThan(5);
  expect(Object.keys(codes).length).toBeGreaterThan(25);
}, 180_000);
