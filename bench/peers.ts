/**
 * Measures `lint` and `generate` beside the AsyncAPI CLI, and what they make beside Ajv: `npm run bench:peers`. How to
 * read what it prints, and what to install first: bench/README.md.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ajvBytes } from './peers/ajv-bytes.js';
import { changeOneMessage, type Input, writeInputs } from './peers/inputs.js';
import { installedBytes } from './peers/installed-bytes.js';
import { compare, type Pair, type Program, usageOf } from './peers/measure.js';
import { cli, node24, peer, ROUNDS } from './peers/programs.js';
import { printTable } from './table.js';

const folder = mkdtempSync(join(tmpdir(), 'webhook-contracts-peers-'));
const { five, synthetic, github } = writeInputs(folder);
const thousand = synthetic(1_000);

const ours = (...args: readonly string[]): Program => ({ args: [cli, ...args], cwd: folder });
const theirs = (...args: readonly string[]): Program => ({
  args: [peer, ...args],
  cwd: folder,
  node: node24,
});
const out = (file: string): string => join(folder, 'out', basename(file));
const cold = (file: string): Program => ({
  ...ours('generate', file, '--out', out(file)),
  before: () => rmSync(out(file), { recursive: true, force: true }),
});

const rows: string[][] = [];

function row(name: string, value: string, against: string, ratio: number, target: number): void {
  const verdict = ratio <= target ? 'met' : `missed by ${(ratio / target).toFixed(2)}`;
  const cells = [name, value, against, ratio.toFixed(3), target.toFixed(3), verdict];
  rows.push(cells);
  // All takes half an hour; what was measured should not be lost to what fails after it.
  console.error(cells.join('  '));
}

function seconds(name: string, { ours: one, theirs: other, ratio }: Pair, target: number): void {
  row(name, `${one.seconds.toFixed(2)} s`, `${other.seconds.toFixed(2)} s`, ratio, target);
}

function measureLint(input: Input, target: number): void {
  const one = input.files.map((file) => ours('lint', file));
  const other = input.files.map((file) => theirs('validate', file));
  seconds(`lint, ${input.name}`, compare(one, other, ROUNDS), target);
}

function measureGenerate(input: Input, target: number): void {
  const one = input.files.map(cold);
  const other = input.files.flatMap((file) => [
    theirs('validate', file),
    theirs('generate', 'models', 'typescript', file, '-o', join(folder, 'models')),
  ]);
  seconds(`generate, ${input.name}`, compare(one, other, ROUNDS), target);
}

/** What a second run takes, of the first: with nothing changed, and with one message changed. One process for all. */
function measureAgain({ name, files }: Input): void {
  const folderOfAll = join(folder, 'again');
  const again = ours('generate', ...files, '--out', folderOfAll);
  const [file = ''] = files;
  const text = readFileSync(file, 'utf8');
  const first: Program = {
    ...again,
    before() {
      writeFileSync(file, text);
      rmSync(folderOfAll, { recursive: true, force: true });
    },
  };
  const change = () => writeFileSync(file, changeOneMessage(text));
  // The cold run is the second of each pair, so that the next round's second run finds its output.
  usageOf(first);
  seconds(`unchanged, ${name}`, compare([again], [first], ROUNDS), 0.15);
  const pair = compare([{ ...again, before: change }], [first], ROUNDS);
  seconds(`one message changed, ${name}`, pair, 0.25);
}

for (const [input, target] of [
  [five, 1 / 3],
  [thousand, 1 / 6],
  [github, 1 / 15],
] as const)
  measureLint(input, target);
for (const [input, target] of [
  [five, 1 / 4],
  [thousand, 1 / 3],
  [github, 1 / 5],
] as const)
  measureGenerate(input, target);
for (const input of [five, thousand, github]) measureAgain(input);

for (const messages of [100, 500]) {
  const { seconds: time, megabytes } = usageOf(cold(synthetic(messages).files[0] ?? ''));
  rows.push([
    `generate, ${messages} messages`,
    `${time.toFixed(2)} s`,
    `${megabytes.toFixed(0)} MB`,
  ]);
}
const [small = '', large = ''] = [synthetic(500), synthetic(2_500)].flatMap(({ files }) => files);
seconds('growth, 2,500 messages to 500', compare([cold(large)], [cold(small)], ROUNDS), 5.5);
const { megabytes } = usageOf(cold(thousand.files[0] ?? ''));
row('peak memory, 1000 messages', `${megabytes.toFixed(0)} MB`, '300 MB', megabytes / 300, 1);

for (const [input, target] of [
  [thousand, 0.4],
  [github, 0.25],
] as const) {
  const [file = ''] = input.files;
  const name = basename(file).replace(/\.asyncapi\..*$/, '');
  const bytes = statSync(join(out(file), name, 'validators.js')).size;
  const default_ = ajvBytes(file);
  const show = (count: number) => `${(count / 1e6).toFixed(2)} MB`;
  row(`validators, ${input.name}`, show(bytes), show(default_), bytes / default_, target);
}

const empty: Program = { args: ['--eval', '0'], cwd: folder };
seconds('--version, an empty process', compare([ours('--version')], [empty], 4 * ROUNDS), 1.6);

const pack = ['pack', '--silent', '--pack-destination', folder];
const packed = execFileSync('npm', pack, {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  encoding: 'utf8',
}).trim();
const own = installedBytes(folder, 'ours', join(folder, packed.split('\n').at(-1) ?? ''));
const other = installedBytes(folder, 'theirs', '@asyncapi/cli@6.2.0');
const size = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
row('install', size(own), size(other), own / other, 1 / 4);

printTable(
  [['', 'ours', 'theirs', 'ratio', 'target', ''], ...rows],
  `medians of ${ROUNDS} rounds, CPU seconds of whole processes`,
);
rmSync(folder, { recursive: true, force: true });
