/** Small faults in the documents and in what producers send are caught; `npm run mutations` tries many more. */
import { expect, it } from 'vitest';
import { mutateDocuments } from '../bench/mutations/documents.js';
import type { Mutant } from '../bench/mutations/mutant.js';
import { mutateMessages } from '../bench/mutations/producers/messages.js';
import { isMissed } from '../bench/mutations/report.js';

const seed = 20_251_122;

/** Every fault that breaks the contract is caught, and there are some; nothing is refused for nothing. */
function expectCaught(mutants: readonly Mutant[], atLeast: number): void {
  expect(mutants.filter(isMissed)).toEqual([]);
  const breaking = mutants.filter(({ broken }) => broken !== undefined);
  expect(breaking.length).toBeGreaterThanOrEqual(atLeast);
  expect(
    mutants.filter(({ broken, caught }) => broken === undefined && caught !== undefined),
  ).toEqual([]);
}

it('verify catches what breaks the contract in a document', () => {
  const mutants = mutateDocuments(seed, 44, ['guest', 'mews']);
  expect(mutants).toHaveLength(44);
  expectCaught(mutants, 20);
});

it('verifyProducer catches what breaks the contract in a message', async () => {
  const mutants = await mutateMessages(seed, 16, ['guest', 'mews']);
  expect(mutants).toHaveLength(16);
  expectCaught(mutants, 8);
});
