/** Runs the official clients: what is set for Pact where the tests run is taken out of their environment. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Verifier } from '@pact-foundation/pact';
import { inRepository } from '../support/repository.js';
import type { Outcome } from '../support/run-command-line.js';
import { runProgram } from '../support/run-program.js';
import { temporaryFolder } from '../support/temporary-folder.js';

for (const name of Object.keys(process.env)) if (name.startsWith('PACT_')) delete process.env[name];
process.env.PACT_DO_NOT_TRACK = 'true';

/** Makes a repository in which npx finds what is installed here. */
export function pactRepository(): string {
  const folder = temporaryFolder();
  symlinkSync(inRepository('node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Runs pact-broker in a folder. */
export function pactBroker(
  cwd: string,
  url: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const program = inRepository('node_modules/@pact-foundation/pact-cli/bin/pact-broker.js');
  return runProgram(process.execPath, [program, ...args], {
    cwd,
    env: { PACT_BROKER_BASE_URL: url, ...env },
  });
}

/** Lets Pact's own Verifier read from a broker, verify and publish; gives how it ended. */
export async function verifyByPact(
  options: ConstructorParameters<typeof Verifier>[0],
): Promise<boolean> {
  try {
    await new Verifier({ ...options, logLevel: 'error' }).verifyProvider();
    return true;
  } catch (error) {
    // The Verifier's own verdict is JSON; anything else is a mistake of the test.
    if (JSON.parse((error as Error).message).result === false) return false;
    throw error;
  }
}
