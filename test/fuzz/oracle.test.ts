/** The comparison of test/oracle.test.ts, with thousands of mutants of every document that is in order. */
import { expect, it } from 'vitest';
import { asyncApiParser } from '../support/asyncapi-parser.js';
import {
  acceptedByLint,
  caseDocuments,
  compareMutants,
  shippedDocuments,
} from '../support/compare-with-parser.js';

const ask = asyncApiParser();

it('rejects every mutant that the parser rejects', async () => {
  const accepts = acceptedByLint();
  const documents = [];
  for (const document of [...shippedDocuments(), ...caseDocuments()]) {
    if (accepts(document.text) && (await ask(document.text)).length === 0) documents.push(document);
  }
  const count = Math.ceil(5_000 / documents.length);
  const seed = Number(process.env.FUZZ_SEED ?? 1);
  const found = await compareMutants(documents, { count, seed, ask });
  expect(found.disagreements).toEqual([]);
  expect(found.mutants).toBeGreaterThan(4_999);
  expect(found.accepted).toBeGreaterThan(500);
});
