/**
 * Measures how long a site takes once its documents are read: `npm run bench:docs`, after `npm run build`. `docs` and
 * `lint`, which reads and checks the same documents, take turns, each in a process of its own; the difference counts.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Input, writeInputs } from './peers/inputs.js';
import { median, printTable } from './table.js';

const ROUNDS = 5;
const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'webhook-contracts-bench-'));

/** Runs a command on documents; returns how long that took, in seconds. */
function secondsOf(command: string, files: readonly string[], ...options: string[]): number {
  const start = performance.now();
  const args = [program, command, ...files, '--quiet', ...options];
  const { status } = spawnSync(process.execPath, args, { cwd: folder, stdio: 'ignore' });
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
  return (performance.now() - start) / 1000;
}

/** Returns the size of the largest page of a site, in bytes. */
function largestPage(site: string): number {
  const names = readdirSync(site, { recursive: true, encoding: 'utf8' });
  const pages = names.filter((name) => name.endsWith('.html'));
  return Math.max(...pages.map((name) => statSync(join(site, name)).size));
}

function measure({ name, files }: Input, target: number | undefined): string[] {
  const site = join(folder, 'site');
  const rounds = Array.from({ length: ROUNDS }, () => {
    rmSync(site, { recursive: true, force: true });
    return { lint: secondsOf('lint', files), docs: secondsOf('docs', files, '--out', site) };
  });
  const own = median(rounds.map(({ lint, docs }) => docs - lint));
  return [
    name,
    median(rounds.map(({ lint }) => lint)).toFixed(2),
    median(rounds.map(({ docs }) => docs)).toFixed(2),
    own.toFixed(2),
    target === undefined ? '' : `${target} ${own <= target ? 'met' : 'missed'}`,
    `${Math.round(largestPage(site) / 1000)} kB`,
  ];
}

try {
  const { five, synthetic, github } = writeInputs(folder);
  const rows = [measure(five, 1), measure(synthetic(1000), 15), measure(github, undefined)];
  const header = ['documents', 'lint, s', 'docs, s', 'difference, s', 'target, s', 'largest page'];
  printTable([header, ...rows], `medians of ${ROUNDS} rounds`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
