/**
 * Strings of a document shape no code: where each is replaced by a harmless one, the emitted files have the same syntax
 * trees. test/fuzz does the same with thousands of documents.
 */
import { expect, it } from 'vitest';
import { randomFrom } from './support/random.js';
import { twinShapes } from './support/structural-twin.js';

it.each([1, 2, 3, 4])('of random documents, from seed %i', async (seed) => {
  const random = randomFrom(seed);
  for (let count = 0; count < 50; count += 1) {
    const [hostile, harmless] = await twinShapes(random);
    expect(hostile).toEqual(harmless);
  }
});
