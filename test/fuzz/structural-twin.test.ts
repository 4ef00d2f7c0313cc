/** The property of test/structural-twin.test.ts, on 10,000 random documents. */
import { expect, it } from 'vitest';
import { randomFrom } from '../support/random.js';
import { twinShapes } from '../support/structural-twin.js';

const first = Number(process.env.FUZZ_SEED ?? 1_000);

it.each(Array.from({ length: 100 }, (_, index) => first + index))(
  'holds from seed %i',
  async (seed) => {
    const random = randomFrom(seed);
    for (let count = 0; count < 100; count += 1) {
      const [hostile, harmless] = await twinShapes(random);
      expect(hostile).toEqual(harmless);
    }
  },
);
