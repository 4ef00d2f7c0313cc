/** Every command in every format, by itself and in a job of GitHub Actions: where it prints, and that exits agree. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { formats, type Io, report } from '../scripts/commands/io.js';
import { commandLineFolder } from './support/command-line-folder.js';
import { readAnnotations } from './support/read-annotations.js';
import { readXml } from './support/read-xml.js';
import { inRepository } from './support/repository.js';
import { runCommandLine } from './support/run-command-line.js';
import { runProgram } from './support/run-program.js';
import { temporaryFolder } from './support/temporary-folder.js';

const cwd = commandLineFolder();

/** Runs a command in a job of GitHub Actions whose repository is the folder of all files. */
async function inJob(argv: readonly string[], folder = cwd) {
  let summary = '';
  const github = {
    workspace: cwd,
    summarize: (markdown: string) => {
      summary += markdown;
    },
  };
  return { ...(await runCommandLine(argv, { cwd: folder, github })), summary };
}

/** What each format must be on standard output, with the exit code and the number of annotations. */
const fits: Record<string, (stdout: string, code: number, annotations: number) => void> = {
  json: (stdout, code) => expect(JSON.parse(stdout).ok).toBe(code === 0),
  junit: (stdout, code) => {
    const { failures, errors } = readXml(stdout).attributes;
    expect(Number(failures) > 0).toBe(code === 1);
    expect(errors).toBe(code === 2 ? '1' : '0');
  },
  sarif: (stdout, code, annotations) => {
    const { results, invocations } = JSON.parse(stdout).runs[0];
    expect(results.length).toBe(code === 2 ? 0 : annotations);
    expect(invocations[0].executionSuccessful).toBe(code !== 2);
  },
  github: (stdout, _, annotations) => expect(readAnnotations(stdout).length).toBe(annotations),
  markdown: (stdout, code) =>
    expect(stdout).toMatch(
      [/^### webhook-contracts \w+: ok\n/, /: not ok\n/, /: could not run\n/][code] ?? /$^/,
    ),
};

describe.each([
  ['lint good.asyncapi.yaml', 0, 0],
  ['lint good.asyncapi.yaml --quiet', 0, 0],
  ['lint warned.asyncapi.yaml', 0, 1],
  ['lint warned.asyncapi.yaml --strict', 1, 1],
  ['lint broken.asyncapi.yaml good.asyncapi.yaml', 1, 1],
  ['lint gone.yaml', 2, 1],
  ['generate good.asyncapi.yaml --out made --check', 1, 8],
  ['generate broken.asyncapi.yaml --out made', 1, 1],
  ['generate good.asyncapi.yaml --out other', 0, 0],
  ['generate gone.yaml', 2, 1],
  ['validate good.asyncapi.yaml body.json', 0, 0],
  ['validate good.asyncapi.yaml wrong.json', 1, 1],
  ['validate broken.asyncapi.yaml body.json', 1, 1],
  ['validate good.asyncapi.yaml gone.json', 2, 1],
])('%s', (line, code, annotations) => {
  const argv = line.split(' ');
  it.each(formats)('as %s', async (format) => {
    const alone = await runCommandLine([...argv, '--format', format], { cwd });
    expect(alone.code).toBe(code);
    fits[format]?.(alone.stdout, code, annotations);
    if (format !== 'text') {
      expect(alone.stderr).toMatch(
        code === 2 ? /^webhook-contracts: gone\.\w+: no such file\n$/ : /^$/,
      );
    }

    const { summary, ...job } = await inJob([...argv, '--format', format]);
    expect(job.code).toBe(code);
    // The second run of `generate` finds its files written.
    if (!line.includes('--out other')) expect(job.stdout).toBe(alone.stdout);
    const besides = readAnnotations(job.stderr);
    expect(besides.length).toBe(format === 'github' ? 0 : annotations);
    expect(job.stderr.replace(/^::.*\n/gm, '')).toBe(alone.stderr);
    const silent = argv.includes('--quiet');
    expect(summary).toMatch(silent ? /^$/ : new RegExp(`^### webhook-contracts ${argv[0]}: `));
  });
});

it('--format github says in one line each what is wrong and where', async () => {
  const argv = ['validate', 'good.asyncapi.yaml', 'wrong.json', '--format', 'github'];
  expect((await runCommandLine(argv, { cwd })).stdout).toBe(
    '::error file=wrong.json,line=2,col=9,title=payload.invalid::The value has the wrong type (thing.happened).%0Aexpected: string%0Afound: 1\n',
  );
});

it('names files in annotations as the repository does, and reports a wrong configuration', async () => {
  const { code, stderr, summary } = await inJob(['lint'], join(cwd, 'configured'));
  expect(code).toBe(2);
  const [{ properties, kind } = { properties: {} }] = readAnnotations(stderr);
  expect(kind).toBe('error');
  expect(properties).toMatchObject({ file: 'configured/webhook-contracts.json', line: '1' });
  expect(summary).toMatch(/^### webhook-contracts lint: not ok\n/);
});

describe('a table', () => {
  const table = { header: ['provider', 'proved'], rows: [['mews', '10']] };
  const printed = (format: (typeof formats)[number], quiet = false) => {
    const text = { stdout: '', stderr: '' };
    const io: Io = {
      cwd,
      stdout: (part) => {
        text.stdout += part;
      },
      stderr: (part) => {
        text.stderr += part;
      },
      stdin: async () => new Uint8Array(),
      color: false,
    };
    const reporting = { command: 'verify', format, quiet, color: false };
    const code = report(io, reporting, [], { table, summary: 'All is proved.', result: { a: 1 } });
    return { code, ...text };
  };

  it('stands before the summary in text, and is Markdown in Markdown', () => {
    const shown = 'provider  proved\nmews          10\n\nAll is proved.\n';
    expect(printed('text')).toEqual({ code: 0, stdout: shown, stderr: '' });
    expect(printed('text', true)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(printed('markdown').stdout).toContain(
      '| provider | proved |\n| --- | --: |\n| mews | 10 |',
    );
  });

  it('is left to the result in JSON', () => {
    expect(JSON.parse(printed('json').stdout)).toEqual({ ok: true, a: 1 });
  });
});

describe('the program itself', () => {
  const loader = pathToFileURL(inRepository('node_modules', 'tsx', 'dist', 'loader.mjs')).href;
  const program = ['--import', loader, inRepository('scripts', 'cli.ts')];
  const validate = [...program, 'validate', 'good.asyncapi.yaml', 'wrong.json', '--format', 'json'];
  const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: cwd };

  it('learns from the environment that GitHub Actions runs it, and adds to the summary', async () => {
    const folder = temporaryFolder({ 'summary.md': 'What stood there before.\n\n' });
    const GITHUB_STEP_SUMMARY = join(folder, 'summary.md');
    const { code, stdout, stderr } = await runProgram(process.execPath, validate, {
      cwd,
      env: { ...env, GITHUB_STEP_SUMMARY },
    });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).ok).toBe(false);
    expect(readAnnotations(stderr).map(({ properties }) => properties.file)).toEqual([
      'wrong.json',
    ]);
    expect(readFileSync(GITHUB_STEP_SUMMARY, 'utf8')).toMatch(
      /^What stood there before\.\n\n### webhook-contracts validate: not ok\n/,
    );
  });

  it('ends as it would where the summary can not be written', async () => {
    const { code, stdout, stderr } = await runProgram(process.execPath, validate, {
      cwd,
      env: { ...env, GITHUB_STEP_SUMMARY: join(cwd, 'nowhere', 'summary.md') },
    });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).ok).toBe(false);
    expect(stderr).toContain("the job's summary can't be written");
  });
});
