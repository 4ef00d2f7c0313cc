/**
 * Measures how long the generated module of Mews takes to load beside the same messages written with Valibot, and
 * how large each provider's module is when it is bundled: `npm run bench:import`. How to read what it prints, and
 * what to install first: bench/README.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { providers } from '../test/support/repository.js';
import { median, printTable } from './table.js';

const ROUNDS = 41;
/** How long our module may take, of the time with Valibot. */
const TARGET = 1.1;
/** How many bytes a provider's bundle may have, compressed. */
const MAX_BYTES = 30_000;

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const generated = (provider: string) => pathOf(`../generated/${provider}/index.js`);
const esbuild = pathOf('node_modules/.bin/esbuild');
if (!existsSync(esbuild)) throw new Error('not installed yet: npm install --prefix bench');

/** Runs a program; returns what it prints. */
function run(program: string, args: readonly string[]): Buffer {
  const { status, stdout, stderr } = spawnSync(program, args, {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (status !== 0) throw new Error(stderr.toString());
  return stdout;
}

interface Times {
  /** Milliseconds from the start of the process to its end. */
  readonly process: number;
  /** Milliseconds of `await import()` in it. */
  readonly import: number;
}

/** Imports a module in a process of its own. */
function timesOf(file: string): Times {
  const text = `const start = performance.now();
    await import(${JSON.stringify(new URL(`file://${file}`).href)});
    console.log(performance.now() - start);`;
  const start = process.hrtime.bigint();
  const printed = run(process.execPath, ['--input-type=module', '--eval', text]);
  return {
    process: Number(process.hrtime.bigint() - start) / 1e6,
    import: Number(printed.toString()),
  };
}

/** Imports two modules in turn; returns the rounds. */
function compete(ours: string, theirs: string): { ours: Times; theirs: Times }[] {
  timesOf(ours);
  timesOf(theirs);
  return Array.from({ length: ROUNDS }, (_, round) => {
    if (round % 2 === 0) {
      const first = timesOf(ours);
      return { ours: first, theirs: timesOf(theirs) };
    }
    const first = timesOf(theirs);
    return { ours: timesOf(ours), theirs: first };
  });
}

/** Bundles a module as a browser would get it; returns its bytes, and how many they are compressed. */
function sizesOf(file: string): { minified: number; compressed: number } {
  const bundle = run(esbuild, [file, '--bundle', '--minify', '--format=esm']);
  return { minified: bundle.length, compressed: gzipSync(bundle, { level: 9 }).length };
}

const rounds = compete(generated('mews'), pathOf('valibot-mews.js'));
const rows = (['import', 'process'] as const).map((what) => {
  const ratio = median(rounds.map(({ ours, theirs }) => ours[what] / theirs[what]));
  return [
    what === 'import' ? 'await import()' : 'whole process',
    median(rounds.map(({ ours }) => ours[what])).toFixed(1),
    median(rounds.map(({ theirs }) => theirs[what])).toFixed(1),
    ratio.toFixed(2),
    ratio <= TARGET ? 'yes' : 'no',
  ];
});
printTable(
  [['mews', 'generated, ms', 'Valibot, ms', 'ratio', `<= ${TARGET}`], ...rows],
  `medians of ${ROUNDS} processes each`,
);

process.stdout.write('\n');
const files = [...providers.map((name) => [name, generated(name)] as const)];
printTable(
  [
    ['bundle', 'minified, bytes', 'gzip, bytes', `<= ${MAX_BYTES}`],
    ...[...files, ['mews with Valibot', pathOf('valibot-mews.js')] as const].map(([name, file]) => {
      const { minified, compressed } = sizesOf(file);
      return [name, `${minified}`, `${compressed}`, compressed <= MAX_BYTES ? 'yes' : 'no'];
    }),
  ],
  'esbuild --bundle --minify, then gzip -9',
);
