import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { exit } from '../commands/io.js';
import { PACTS } from '../contract/find-pacts.js';

/**
 * Runs the code of both sides: consumers and producers write their pacts, and each verifies what the other wrote.
 * Returns the exit code; what the tests print is shown where they fail only.
 */
export function runContracts(cwd: string): number {
  const before = readPacts(cwd);
  process.stdout.write('\nRunning the contract tests of both sides, for about a minute ...\n');
  const vitest = join(
    dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
    'vitest.mjs',
  );
  const projects = ['--project', 'contracts', '--project', 'verification'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, 'run', ...projects], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PACT_DO_NOT_TRACK: 'true' },
    maxBuffer: 100_000_000,
  });
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}`);
    return exit.problems;
  }
  const after = readPacts(cwd);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  );
  process.stdout.write(
    changed.length === 0
      ? `${PACTS}/ was up to date already.\n`
      : `${PACTS}/: ${changed.length} files changed; commit them with the code.\n`,
  );
  return exit.ok;
}

function readPacts(cwd: string): Map<string, string> {
  const folder = join(cwd, PACTS);
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}
