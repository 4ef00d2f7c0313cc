import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { messages } from '../../generated/mews/index.js';
import { messagePact, needed } from '../../scripts/pact/index.js';
import { inRepository } from '../support/repository.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** What the message pact is about. */
export const DESCRIPTION = 'a product in stock';

/** Writes the pacts of a repository with both sides: a small one of a message, and the committed one of requests. */
export async function writePacts(folder: string): Promise<void> {
  await writeMessagePact(folder, true);
  const name = 'contracts/pacts/mews-reservation-hub.json';
  copyFileSync(inRepository(name), join(folder, name));
}

/** Writes what `reservation-hub` needs of `mews`: the availability of a product, with this very value. */
export async function writeMessagePact(folder: string, isAvailable: boolean): Promise<void> {
  const pact = messagePact<typeof messages>({
    spec: 'mews',
    consumer: 'reservation-hub',
    producer: 'mews',
    pacts: join(folder, 'contracts', 'pacts'),
  });
  await pact.expect(
    'product.availability.updated',
    { description: DESCRIPTION, payload: { data: { id: needed, attributes: { isAvailable } } } },
    () => {},
  );
  await pact.finish();
}

/** Reads the message pact, for a test that publishes without pact-cli. */
export async function readSample(isAvailable: boolean): Promise<Record<string, unknown>> {
  const folder = temporaryFolder();
  await writeMessagePact(folder, isAvailable);
  return JSON.parse(
    readFileSync(join(folder, 'contracts/pacts/reservation-hub-mews.json'), 'utf8'),
  );
}
