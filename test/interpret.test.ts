/** Verdicts in memory come from schemas that are interpreted, generated ones from what Ajv compiles: they are the same. */
import { expect, it } from 'vitest';
import { explain } from '../scripts/generate/runtime/explain.js';
import { ajvFor, validatorOf } from '../scripts/judge/compile.js';
import { interpreterOf } from '../scripts/judge/interpret.js';
import type { JsonObject } from '../scripts/spec/model.js';
import { randomFrom } from './support/random.js';
import { wildSchema, wildValue } from './support/wild-schemas.js';

it('judges and explains as the validators that Ajv compiles', () => {
  const random = randomFrom(1);
  let accepted = 0;
  let rejected = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    // A definition refers to earlier ones only: one that leads to itself in place has no verdict.
    const definitions: JsonObject = {};
    for (let index = 0; index < 4; index += 1) definitions[`s${index}`] = wildSchema(random, index);
    const ajv = ajvFor({ ...NOTHING, root: { $id: 'spec', definitions } });
    const compiled = validatorOf(ajv, 'spec#/definitions/s3');
    const interpreted = interpreterOf(definitions)({ $ref: 'spec#/definitions/s3' });
    for (let count = 0; count < VALUES; count += 1) {
      const value = wildValue(random);
      const isValid = compiled(value);
      const about = JSON.stringify({ definitions, value });
      expect(interpreted(value), about).toBe(isValid);
      if (isValid) accepted += 1;
      else {
        rejected += 1;
        const faults = compiled.errors ?? [];
        // Where a reference fails in the branch of an "if", Ajv says no more than that.
        if (faults.at(-1)?.keyword === 'if') continue;
        expect(explain(interpreted.errors ?? [], value), about).toEqual(explain(faults, value));
      }
    }
  }
  expect(accepted).toBeGreaterThan(ROUNDS);
  expect(rejected).toBeGreaterThan(ROUNDS);
});

const ROUNDS = Number(process.env.ROUNDS ?? 300);
const VALUES = 10;
const NOTHING = {
  keyOf: () => '',
  copyOf: () => true,
  namesInherited: true,
  isDeep: false,
};
