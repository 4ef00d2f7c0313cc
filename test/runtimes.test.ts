/**
 * The generated modules in every runtime that they are made for: the same program, the same verdicts. The runtimes
 * beside the current Node.js are programs that environment variables name; `.ci/run` sets them all.
 */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from './support/run-program.js';
import { askWorkerd } from './support/run-workerd.js';
import { runtimeFolder, starts } from './support/runtime-folder.js';

interface Runtime {
  readonly title: string;
  /** The environment variable that names its program. */
  readonly variable?: string;
  /** Which of its two ways the code has to compute by. */
  readonly hasNodeCrypto: boolean;
  /** Runs the program of a folder, and returns what it prints. */
  readonly run: (binary: string, folder: string) => Promise<string>;
}

interface Report {
  readonly hasNodeCrypto: boolean;
  readonly verdicts: readonly { readonly name: string; readonly ok: boolean }[];
}

const asProcess =
  (start: string, ...args: readonly string[]) =>
  async (binary: string, folder: string): Promise<string> => {
    const given = args.map((arg) => arg.replace('FOLDER', folder));
    const outcome = await runProgram(binary, [...given, join(folder, start)], {
      cwd: folder,
      env: { NO_COLOR: '1' },
    });
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    return outcome.stdout;
  };

const node = { hasNodeCrypto: true, run: asProcess(starts.process) };

const runtimes: readonly Runtime[] = [
  { title: 'Node.js', ...node },
  {
    title: 'Node.js without node:crypto',
    hasNodeCrypto: false,
    run: asProcess(starts.withoutNodeCrypto),
  },
  { title: 'Node.js 20', variable: 'RUNTIME_NODE_20', ...node },
  { title: 'Node.js 22', variable: 'RUNTIME_NODE_22', ...node },
  { title: 'Node.js 24', variable: 'RUNTIME_NODE_24', ...node },
  { title: 'Bun', variable: 'RUNTIME_BUN', ...node },
  {
    title: 'Deno, which may do nothing but read them',
    variable: 'RUNTIME_DENO',
    hasNodeCrypto: true,
    run: asProcess(starts.process, 'run', '--no-prompt', '--no-config', '--allow-read=FOLDER'),
  },
  {
    title: 'workerd',
    variable: 'RUNTIME_WORKERD',
    hasNodeCrypto: false,
    run: (binary, folder) => askWorkerd(binary, folder, []),
  },
  {
    title: 'workerd with nodejs_compat',
    variable: 'RUNTIME_WORKERD',
    hasNodeCrypto: true,
    run: (binary, folder) => askWorkerd(binary, folder, ['nodejs_compat']),
  },
];

let folder = '';
let names: readonly string[] = [];

/** Runs the program, and returns what it says. */
async function reportOf({ run }: Runtime, binary: string): Promise<Report> {
  return JSON.parse(await run(binary, folder));
}

beforeAll(async () => {
  folder = await runtimeFolder();
  const { verdicts } = await reportOf({ title: '', ...node }, process.execPath);
  names = verdicts.map(({ name }) => name);
});

describe.each(runtimes)('$title', (runtime) => {
  const { variable, hasNodeCrypto } = runtime;
  const binary = variable === undefined ? process.execPath : process.env[variable];

  if (binary === undefined || binary === '') {
    it.skip(`gives the same verdicts (to run it, set ${variable} to its program)`, () => {});
    return;
  }
  it('gives the same verdicts', async () => {
    const report = await reportOf(runtime, binary);
    expect(report.verdicts.filter(({ ok }) => !ok)).toEqual([]);
    expect(report.verdicts.map(({ name }) => name)).toEqual(names);
    expect(report.hasNodeCrypto).toBe(hasNodeCrypto);
  });
});

it('tries more than a hundred things, each under a name of its own', () => {
  expect(names.length).toBeGreaterThan(100);
  expect(new Set(names).size).toBe(names.length);
});
