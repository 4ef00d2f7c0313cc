import { expect, test } from 'vitest';
import { both, contradict, shapeOf } from '../scripts/judge/shape.js';
import type { Json } from '../scripts/spec/model.js';
import { mutateSchema } from './support/mutate-schema.js';
import { randomFrom } from './support/random.js';
import { randomSchema } from './support/random-schemas.js';

test('shapes contradict each other where what both say is of no value', () => {
  const random = randomFrom(3);
  const counts = { contradicting: 0, agreeing: 0 };
  for (let run = 0; run < 3_000; run += 1) {
    const schema = randomSchema(random);
    const others = [mutateSchema(schema, 3, random), randomSchema(random)];
    const [one, ...rest] = [schema, ...others].map(({ payload, schemas }) =>
      shapeOf({ components: { schemas: schemas as Record<string, Json> } }, payload),
    );
    for (const other of rest) {
      if (one === undefined) throw new Error('no shape');
      const { never } = both(one, other);
      expect(contradict(one, other)).toBe(never);
      expect(contradict(other, one)).toBe(never);
      counts[never ? 'contradicting' : 'agreeing'] += 1;
    }
  }
  expect(counts.contradicting).toBeGreaterThan(300);
  expect(counts.agreeing).toBeGreaterThan(300);
});
