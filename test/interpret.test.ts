/** Verdicts in memory come from schemas that are interpreted, generated ones from code that is written: they are the same. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { explain, type Fault } from '../scripts/generate/runtime/explain.js';
import { runtimeModule } from '../scripts/generate/runtime-module.js';
import { emitJudges } from '../scripts/generate/validators/emit-judges.js';
import { interpreterOf } from '../scripts/judge/interpret.js';
import type { JsonObject } from '../scripts/spec/model.js';
import { randomFrom } from './support/random.js';
import { temporaryFolder, writeFiles } from './support/temporary-folder.js';
import { wildSchema, wildValue } from './support/wild-schemas.js';

type WrittenJudge = ((value: unknown) => boolean) & { errors?: readonly Fault[] };

const ROUNDS = Number(process.env.ROUNDS ?? 200);
const VALUES = 20;
const folder = temporaryFolder();

it('judges and explains as the code that is written', async () => {
  const random = randomFrom(1);
  let accepted = 0;
  let rejected = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    // A definition refers to earlier ones only: one that leads to itself in place has no verdict.
    const definitions: JsonObject = {};
    for (let index = 0; index < 4; index += 1) definitions[`s${index}`] = wildSchema(random, index);
    const written = await writtenJudge(definitions, round);
    const interpreted = interpreterOf(definitions)({ $ref: '#/definitions/s3' });
    for (let count = 0; count < VALUES; count += 1) {
      const value = wildValue(random);
      const isValid = written(value);
      const about = JSON.stringify({ definitions, value });
      expect(interpreted(value), about).toBe(isValid);
      if (isValid) {
        accepted += 1;
        continue;
      }
      rejected += 1;
      const words = explain(written.errors ?? [], value);
      expect(explain(interpreted.errors ?? [], value), about).toEqual(words);
    }
  }
  expect(accepted).toBeGreaterThan(ROUNDS);
  expect(rejected).toBeGreaterThan(ROUNDS);
});

/** Writes the code of the last definition, and loads it. */
async function writtenJudge(definitions: JsonObject, round: number): Promise<WrittenJudge> {
  const { text, runtimeFiles } = emitJudges(definitions, ['s3'], (token) => `judge${token}`);
  const runtime = runtimeModule([...runtimeFiles]);
  writeFiles(join(folder, `${round}`), {
    'package.json': '{"type": "module"}',
    'runtime.js': runtime,
    'validators.js': text,
  });
  const { judges3 } = await import(pathToFileURL(join(folder, `${round}`, 'validators.js')).href);
  return judges3;
}
