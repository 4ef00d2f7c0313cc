/**
 * Documents of many shapes: each case of test/cases/documents is a document, the declarations that it must
 * generate (`expected/`), and deliveries with the verdicts on them. To accept new declarations, run
 * `UPDATE_GOLDEN=1 npx vitest run test/documents.test.ts` and read the difference.
 */
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createJudge } from '../scripts/judge/judge.js';
import { readSpec } from '../scripts/spec/read-spec.js';
import { documentCases, generateCase, typedDeliveries } from './support/document-cases.js';
import { contentOf, filesOf, identityOf } from './support/folder-snapshot.js';
import { inRepository } from './support/repository.js';
import type { Outcome } from './support/run-command-line.js';
import { runProgram } from './support/run-program.js';
import { temporaryFolder, writeFiles } from './support/temporary-folder.js';
import { typeCheck } from './support/type-check.js';

const folder = temporaryFolder();
const cases = documentCases(folder);
const outcomes = new Map<string, Outcome>();
let compilerSays = '';

beforeAll(async () => {
  for (const one of cases) {
    outcomes.set(one.name, await generateCase(one));
    writeFiles(one.out, { 'deliveries.ts': typedDeliveries(one) });
  }
  compilerSays = await typeCheck(cases.map(({ out }) => join(out, 'deliveries.ts')));
}, 120_000);

describe.each(cases)('$name', (one) => {
  const { name, path, document, deliveries, out } = one;
  const verdicts = deliveries.map((delivery) =>
    delivery.ok
      ? { ok: true, message: delivery.message }
      : { ok: false, code: delivery.code, path: delivery.path },
  );

  it('is generated without a problem', () => {
    const { code, stdout, stderr } = outcomes.get(name) ?? {};
    expect(stderr).not.toContain(' error ');
    expect(stdout).toMatch(/^1 document to .*: \d+ files written, 0 removed\.\n$/);
    expect(code).toBe(0);
  });

  it('generates the declarations that are expected', () => {
    const expected = join(path, 'expected');
    const made = filesOf(join(out, name)).filter(
      (file) => file.endsWith('.d.ts') && file !== 'module.d.ts',
    );
    if (process.env.UPDATE_GOLDEN === '1') {
      rmSync(expected, { recursive: true, force: true });
      for (const file of made) cpSync(join(out, name, file), join(expected, file));
    }
    expect(existsSync(expected) ? filesOf(expected) : []).toEqual(made);
    const text = contentOf(join(out, name));
    for (const [file, golden] of Object.entries(contentOf(expected)))
      expect(text[file], file).toBe(golden);
  });

  it('declares types that compile, and that accepted payloads are of', () => {
    const about = compilerSays.split('\n').filter((line) => line.includes(`/${name}/`));
    expect(about).toEqual([]);
  });

  it('declares no name with a made-up ending', () => {
    const text = contentOf(join(out, name))['types.d.ts'] ?? '';
    const names = [...text.matchAll(/^export (?:interface|type) ([\p{L}\p{N}_$]+)/gmu)];
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter(([, made]) => /\d$|NoName/.test(made ?? ''))).toEqual([]);
  });

  it('has accepted and rejected deliveries', () => {
    expect(deliveries.some(({ ok }) => ok)).toBe(true);
    expect(name === 'only-message' || deliveries.some(({ ok }) => !ok)).toBe(true);
  });

  it('is judged as expected in memory', () => {
    const { spec } = readSpec(document, { cwd: path });
    if (spec === undefined) throw new Error('the document has errors');
    const { check } = createJudge(spec);
    const found = deliveries.map(({ payload, headers }) => {
      const result = check(payload, headers);
      if (result.ok) return { ok: true, message: result.message };
      return { ok: false, code: result.problems[0]?.code, path: result.problems[0]?.path };
    });
    expect(found).toEqual(verdicts);
  });

  it('is judged as expected by its module in plain Node, which ends on hostile values', async () => {
    const program = inRepository('test', 'support', 'judge-in-node.js');
    const outcome = await runProgram(
      process.execPath,
      [program, join(out, name, 'index.js'), join(path, 'deliveries.json')],
      { cwd: folder, timeout: 20_000 },
    );
    expect(outcome.stderr).toBe('');
    expect(JSON.parse(outcome.stdout || 'null')).toEqual(verdicts);
  });

  it('is written once: a second run changes nothing', async () => {
    const before = identityOf(out);
    expect(await generateCase(one)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(': 0 files written, 0 removed.'),
    });
    expect(identityOf(out)).toEqual(before);
    expect(await generateCase(one, '--check')).toMatchObject({ code: 0 });
  });
});

it('leaves nothing for the compiler to say', () => {
  expect(compilerSays).toBe('');
});
