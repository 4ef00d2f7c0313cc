import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { inRepository } from '../../../test/support/repository.js';

/** Makes a repository in a folder in which copies of the hub are tested: what is not mutated is linked. */
export function makeRepository(folder: string): void {
  for (const name of ['node_modules', 'generated', 'scripts', 'specs']) {
    symlinkSync(inRepository(name), join(folder, name));
  }
  for (const name of ['package.json', 'tsconfig.json'])
    cpSync(inRepository(name), join(folder, name));
  mkdirSync(join(folder, 'contracts', 'consumers'), { recursive: true });
  cpSync(inRepository('contracts', 'pacts'), join(folder, 'contracts', 'pacts'), {
    recursive: true,
  });
  writeFileSync(join(folder, 'stop-at-first.js'), STOP_AT_FIRST);
}

/**
 * Imported before each test file. One failure says it all: the others may take their time to time out. What was begun
 * and what failed is noted, for the case that a file does not end.
 */
const STOP_AT_FIRST = `import { appendFileSync } from 'node:fs';
import { afterEach, expect } from 'vitest';
const note = (what, file) => appendFileSync('progress.txt', what + ' ' + file + '\\n');
note('begun', expect.getState().testPath);
const skipRest = (task) => {
  if (task.result === undefined) task.mode = 'skip';
  for (const inner of task.tasks ?? []) skipRest(inner);
};
afterEach(({ task }) => {
  note(task.result?.state ?? 'run', task.file.filepath);
  if (task.result?.state === 'fail') skipRest(task.file);
});
`;

/** After how many milliseconds without a sign a test file is given up. */
const PATIENCE = 20_000;

/**
 * Runs test files of a repository, given by their paths in it, one after the other in one process; returns why each of
 * those that failed did so. One that does not end has failed, and the others are run again without it.
 */
export async function failuresOf(
  folder: string,
  files: readonly string[],
): Promise<Map<string, string>> {
  if (files.length === 0) return new Map();
  const output = join(folder, 'results.json');
  const progress = join(folder, 'progress.txt');
  writeFileSync(progress, '');
  rmSync(output, { force: true });
  const isEnded = await runVitest(folder, files, output, () => statSync(progress).size);
  if (isEnded) return readFailures(output, files);
  const lines = readFileSync(progress, 'utf8').trim().split('\n');
  const filesAfter = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => nameIn(line));
  const stuck = filesAfter('begun').at(-1);
  if (stuck === undefined) throw new Error('vitest did not begin');
  const failed = new Map([
    ...filesAfter('fail').map((name) => [name, 'fails'] as const),
    [stuck, 'does not end'] as const,
  ]);
  const known = files.flatMap((file) => {
    const why = failed.get(nameIn(file));
    return why === undefined ? [] : [[file, `${basename(file)} ${why}`] as const];
  });
  const left = files.filter((file) => !failed.has(nameIn(file)));
  return new Map([...known, ...(await failuresOf(folder, left))]);
}

/** Returns whether it ended by itself; it is killed where `sign` stays the same for too long. */
async function runVitest(
  folder: string,
  files: readonly string[],
  output: string,
  sign: () => number,
): Promise<boolean> {
  const test = {
    include: files,
    isolate: false,
    fileParallelism: false,
    testTimeout: 4_000,
    hookTimeout: 4_000,
    teardownTimeout: 1_000,
    setupFiles: ['./stop-at-first.js'],
  };
  const config = { cacheDir: join(folder, '.vite'), test };
  writeFileSync(join(folder, 'vitest.config.js'), `export default ${JSON.stringify(config)};\n`);
  const vitest = inRepository('node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(
    process.execPath,
    [vitest, 'run', '--root', folder, '--reporter', 'json', '--outputFile', output],
    {
      cwd: folder,
      stdio: 'ignore',
      // A group of its own, so that its workers end with it.
      detached: true,
      env: { ...process.env, PACT_DO_NOT_TRACK: 'true' },
    },
  );
  let last = { at: Date.now(), sign: sign() };
  let isKilled = false;
  const watch = setInterval(() => {
    if (sign() !== last.sign) last = { at: Date.now(), sign: sign() };
    if (Date.now() - last.at < PATIENCE || child.pid === undefined) return;
    isKilled = true;
    process.kill(-child.pid, 'SIGKILL');
  }, 500);
  await new Promise((resolve) => child.on('close', resolve));
  clearInterval(watch);
  return !isKilled || existsSync(output);
}

function readFailures(output: string, files: readonly string[]): Map<string, string> {
  if (!existsSync(output)) throw new Error('vitest wrote no results');
  const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as {
    testResults: {
      name: string;
      status: string;
      message?: string;
      assertionResults: { status: string; title: string }[];
    }[];
  };
  const ran = new Map(testResults.map((one) => [nameIn(one.name), one]));
  return new Map(
    files.flatMap((file) => {
      const result = ran.get(nameIn(file));
      if (result === undefined) throw new Error(`vitest did not run ${file}`);
      if (result.status === 'passed') return [];
      const failed = result.assertionResults.find(({ status }) => status === 'failed');
      const why = failed?.title ?? result.message?.split('\n')[0] ?? 'can not be run';
      return [[file, `${basename(file)}: ${why}`] as const];
    }),
  );
}

/** Two names that tell a test file: its folder's and its own. */
function nameIn(path: string): string {
  return path.split('/').slice(-2).join('/');
}
