/**
 * Puts small faults into the documents, into what producers send and into the consumer's handlers, and counts which of
 * those that break the contract are caught by `verify`, by the Pact runs and by the tests beside them:
 * `npm run mutations [-- SEED]`. How to read what it prints: bench/README.md.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRepository, root } from '../test/support/repository.js';
import type { Mutant } from './mutations/mutant.js';
import { report } from './mutations/report.js';

/** How many mutants each part makes. */
const COUNTS = { documents: 320, messages: 160, requests: 180, handlers: 160 } as const;

/** Runs a part in a process of its own; of what it prints, only the end of its errors is of interest. */
async function run(part: keyof typeof COUNTS, seed: number, folder: string): Promise<Mutant[]> {
  const file = join(folder, `${part}.json`);
  const entry = inRepository('bench', 'mutations', 'part.ts');
  const args = ['--import', 'tsx', entry, part, String(seed), String(COUNTS[part]), file];
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PACT_DO_NOT_TRACK: 'true' },
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors = `${errors}${chunk}`.slice(-4_000);
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${part} could not be run (${code}): ${errors}`);
  return JSON.parse(readFileSync(file, 'utf8')) as Mutant[];
}

const seed = Number(process.argv[2] ?? 20_251_122);
if (!Number.isInteger(seed)) throw new Error('the seed is no integer');
const folder = mkdtempSync(join(tmpdir(), 'webhook-contracts-mutations-'));
const start = Date.now();
try {
  const [documents, messages, requests] = await Promise.all([
    run('documents', seed, folder),
    run('messages', seed, folder),
    run('requests', seed, folder),
  ]);
  // It takes two processes itself.
  const handlers = await run('handlers', seed, folder);
  const seconds = Math.round((Date.now() - start) / 1000);
  process.exitCode = report(
    [...documents, ...messages, ...requests, ...handlers],
    `seed ${seed}, ${seconds} s`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
