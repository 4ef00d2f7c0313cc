/**
 * Measures `diff` beside the AsyncAPI CLI's on the Mews document, and beside `lint` of the same documents on 1,000
 * messages and on GitHub's: `npm run bench:diff`, after `npm run build` and `npm install --prefix bench/peers`. CPU
 * seconds of whole processes, which take turns.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Input, writeInputs } from './peers/inputs.js';
import { compare, type Program } from './peers/measure.js';
import { cli, node24, peer, ROUNDS } from './peers/programs.js';
import { printTable } from './table.js';

const folder = mkdtempSync(join(tmpdir(), 'webhook-contracts-diff-'));

/** Writes the next version of a document: with `edit`, beside the first. */
function nextVersion(file: string, edit: (text: string) => string): string {
  const text = readFileSync(file, 'utf8');
  const changed = edit(text);
  if (changed === text) throw new Error('nothing was changed');
  const path = file.replace('.asyncapi', '-next.asyncapi');
  writeFileSync(path, changed);
  return path;
}

const ours = (...args: readonly string[]): Program => ({
  args: [cli, ...args],
  cwd: folder,
  // Where something breaks, that is what was asked for.
  codes: args[0] === 'diff' ? [1] : [0],
});
const rows: string[][] = [];

function row(name: string, one: Program, others: readonly Program[], target: number): void {
  const { ours: own, theirs, ratio } = compare([one], others, ROUNDS);
  rows.push([
    name,
    own.seconds.toFixed(2),
    theirs.seconds.toFixed(2),
    ratio.toFixed(3),
    `${target} ${ratio <= target ? 'met' : 'missed'}`,
    `${own.megabytes.toFixed(0)} MB`,
  ]);
}

const INTEGER = /("?type"?): ("?)integer\2/;
const WIDER = '$1: [$2integer$2, $2string$2]';

/** A change of one place, and one of every message: examples stay valid, so that all is compared. */
const edits: readonly (readonly [name: string, edit: (text: string) => string])[] = [
  ['one place', (text) => text.replace(INTEGER, WIDER)],
  ['every message', (text) => text.replaceAll(new RegExp(INTEGER, 'g'), WIDER)],
];

function measureLarge({ name, files: [file = ''] }: Input): void {
  for (const [what, edit] of edits) {
    const next = nextVersion(file, edit);
    const diff = ours('diff', file, next, '--quiet');
    row(
      `${name}, ${what} changed; beside lint of both`,
      diff,
      [ours('lint', file, next, '--quiet')],
      2,
    );
    row(`${name}, ${what} changed; beside lint of one`, diff, [ours('lint', file, '--quiet')], 2);
  }
}

try {
  const { five, synthetic, github } = writeInputs(folder);
  const mews = five.files.find((file) => file.includes('mews')) ?? '';
  const next = nextVersion(mews, (text) => text.replaceAll('no_show', 'noShow'));
  const theirs: Program = {
    args: [peer, 'diff', mews, next, '--no-error'],
    cwd: folder,
    node: node24,
    codes: [0, 1],
  };
  row('the Mews document; beside asyncapi diff', ours('diff', mews, next), [theirs], 1 / 4);
  measureLarge(synthetic(1000));
  measureLarge(github);
  const header = ['documents', 'diff, s', 'beside, s', 'ratio', 'target', 'memory'];
  printTable([header, ...rows], `CPU of whole processes, medians of ${ROUNDS} rounds`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
