/** The comparison of test/verify-soundness.test.ts with thousands of rounds, and of its matching with Pact's own. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageProviderPact } from '@pact-foundation/pact';
import { expect, it } from 'vitest';
import { deliveriesOf, fuzzVerify } from '../support/fuzz-verify.js';
import { type Any, mismatches, type TestContents } from '../support/pact-matching.js';
import { randomFrom } from '../support/random.js';
import { pactOf, randomContents } from '../support/random-pacts.js';
import { randomSchema } from '../support/random-schemas.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const seed = Number(process.env.FUZZ_SEED ?? 1);

it('passes no pact that a delivery breaks, and blames few without a witness', () => {
  const rounds = Number(process.env.FUZZ_ROUNDS ?? 3_000);
  const found = fuzzVerify({ seed, rounds });
  const { falsePasses, unwitnessed, ...figures } = found;
  console.log(JSON.stringify({ ...figures, unwitnessed: unwitnessed.length }));
  if (process.env.FUZZ_OUT !== undefined) {
    writeFileSync(process.env.FUZZ_OUT, JSON.stringify({ falsePasses, unwitnessed }));
  }
  // The few that remain are of unions that nothing tells apart but an item of a list, which may be empty.
  expect(falsePasses.length).toBeLessThanOrEqual(found.interactions / 1_000);
  // What random deliveries don't show: the rare text, the long list, values of free-form objects.
  expect(unwitnessed.length / (unwitnessed.length + found.witnessed)).toBeLessThan(0.15);
});

it('matches as Pact does', async () => {
  process.env.PACT_DO_NOT_TRACK = 'true';
  const random = randomFrom(seed);
  const pairs: { contents: TestContents; delivery: Any }[] = [];
  while (pairs.length < 4_000) {
    const schema = randomSchema(random);
    const deliveries = deliveriesOf(schema, random, 12);
    if (deliveries.length < 3) continue;
    const contents = randomContents(random.pick(deliveries), random);
    const isEmpty = JSON.stringify(contents.content).length < 5;
    if (!isEmpty) pairs.push(...deliveries.slice(0, 6).map((delivery) => ({ contents, delivery })));
  }
  const folder = temporaryFolder();
  const differing: Any[] = [];
  for (let start = 0; start < pairs.length; start += 500) {
    const batch = pairs.slice(start, start + 500);
    const file = join(folder, `${start}.json`);
    writeFileSync(
      file,
      JSON.stringify(
        pactOf(
          batch.map(({ contents }) => contents),
          false,
        ),
      ),
    );
    const broken = await brokenBy(
      file,
      batch.map(({ delivery }) => delivery),
    );
    for (const [at, { contents, delivery }] of batch.entries()) {
      const isBroken = mismatches(contents, delivery, 'equal').length > 0;
      if (isBroken !== broken.has(at)) differing.push({ contents, delivery, isBroken });
    }
  }
  if (process.env.FUZZ_OUT !== undefined) {
    writeFileSync(`${process.env.FUZZ_OUT}.pact`, JSON.stringify(differing));
  }
  console.log(`${pairs.length} pairs, ${differing.length} differ`);
  // Where an example breaks its own rule, Pact's own answer varies with the type of the example.
  expect(differing.length).toBeLessThanOrEqual(pairs.length / 500);
});

/** Asks Pact's verifier which interactions of a pact are broken by the deliveries in the same places. */
async function brokenBy(file: string, deliveries: readonly Any[]): Promise<Set<number>> {
  const messageProviders = Object.fromEntries(
    deliveries.map((delivery, at) => [`interaction ${at}`, async () => delivery]),
  );
  const verifier = new MessageProviderPact({
    messageProviders,
    provider: 'writer',
    pactUrls: [file],
    logLevel: 'error',
  });
  const report = await verifier.verify().then(String, (error: Error) => error.message);
  const errors: { interaction: string }[] = JSON.parse(report).errors ?? [];
  return new Set(errors.map(({ interaction }) => Number(/(\d+)$/.exec(interaction)?.[1])));
}
