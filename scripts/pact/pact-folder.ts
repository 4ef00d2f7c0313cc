import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../spec/model.js';

/** Where pacts lie unless the options say otherwise, from the working directory. */
export const PACTS = 'contracts/pacts';

/** A pact as it lies in its file. */
export interface PactFile extends JsonObject {
  consumer: { name: string };
  provider: { name: string };
  interactions: JsonObject[];
}

/** Lets `write` fill a fresh folder, removed afterwards, and returns the only pact in it. */
export async function pactWrittenBy(write: (folder: string) => Promise<void>): Promise<PactFile> {
  return inFreshFolder(async (folder) => {
    await write(folder);
    const [file] = readdirSync(folder);
    if (file === undefined) throw new Error('Pact wrote no file');
    return JSON.parse(readFileSync(join(folder, file), 'utf8')) as PactFile;
  });
}

/** Calls `work` with a fresh folder, which is removed when it has ended. */
export async function inFreshFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-contracts-pact-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns a pact's text: the same for the same interactions, in whichever order they came. */
export function pactText(pact: PactFile): string {
  const key = ({ description, providerStates = [] }: JsonObject) =>
    JSON.stringify([description, providerStates]);
  const interactions = pact.interactions.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
  return `${JSON.stringify({ ...pact, interactions }, null, 2)}\n`;
}
