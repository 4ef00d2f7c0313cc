import { ContractBroken } from '../../scripts/pact/index.js';

/** Gives what is broken, in words; nothing where all is well. */
export async function wordsOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return '';
  } catch (error) {
    if (error instanceof ContractBroken) return error.message;
    throw error;
  }
}
