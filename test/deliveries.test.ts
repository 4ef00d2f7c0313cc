/**
 * Every delivery of test/cases/deliveries is judged three ways, which must agree: by the document in memory,
 * by the generated module, and by the command `validate`.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createJudge, type Judge } from '../scripts/judge/judge.js';
import { readSpec } from '../scripts/spec/read-spec.js';
import { type CaseFolder, caseFolders, readCase } from './support/case-folders.js';
import { type GeneratedModule, generatedModule } from './support/generated-module.js';
import { providers, root } from './support/repository.js';
import { printedResult, runCommandLine } from './support/run-command-line.js';

type Expected =
  | { why: string; ok: true; message: string }
  | { why: string; ok: false; problems: [{ code: string; path?: string }] };

/** A verdict with what all three ways say of it. */
type Verdict =
  | { ok: true; message: string }
  | { ok: false; problems: { code: string; path: string }[] };

describe.each(providers)('%s', (provider) => {
  const cases = caseFolders('deliveries', provider);
  let judge: Judge;
  let generated: GeneratedModule;
  beforeAll(async () => {
    const { spec } = readSpec(`specs/${provider}.asyncapi.yaml`, { cwd: root });
    if (spec === undefined) throw new Error(`the document of ${provider} has errors`);
    judge = createJudge(spec);
    generated = await generatedModule(provider);
  });

  it.each(['accepted', 'rejected'])('has at least 15 cases that are %s', (kind) => {
    expect(cases.filter(({ name }) => name.startsWith(`${kind}-`)).length).toBeGreaterThan(14);
  });

  it('has an accepted case for every message', () => {
    const accepted = cases.map((one) => expectedOf(one)).filter(({ ok }) => ok);
    const names = new Set(accepted.map((one) => (one.ok ? one.message : '')));
    expect([...names].sort()).toEqual(generated.messages.map(({ name }) => name).sort());
  });

  describe.each(cases)('$name', (one) => {
    const expected = expectedOf(one);
    const body = readFileSync(join(one.path, 'body.json'), 'utf8');
    const headers = readCase<Record<string, string>>(one, 'headers.json');
    const isJson = expected.ok || expected.problems[0].code !== 'payload.not-json';

    it('says in its name and its reason what it is', () => {
      expect(one.name.startsWith(expected.ok ? 'accepted-' : 'rejected-')).toBe(true);
      expect(expected.why).toMatch(/\S/);
    });

    if (isJson) {
      it('is judged so in memory', () => {
        expect(verdictOf(judge.check(JSON.parse(body), headers))).toEqual(wanted(expected));
      });

      it('is judged so by the generated module', () => {
        expect(verdictOf(generated.check(JSON.parse(body), headers))).toEqual(wanted(expected));
      });
    }

    it('is judged so by the command', async () => {
      const lines = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
      const outcome = await runCommandLine([
        'validate',
        provider,
        relative(root, join(one.path, 'body.json')),
        '--format=json',
        ...lines.flatMap((line) => ['--header', line]),
      ]);
      expect(outcome.code).toBe(expected.ok ? 0 : 1);
      const { ok, message, problems = [] } = printedResult(outcome);
      const said = ok
        ? { ok, message }
        : {
            ok,
            problems: problems.map(({ code, locations }) => ({
              code,
              path: pathOf(code, locations[0]?.pointer),
            })),
          };
      expect(said).toEqual(wanted(expected));
    });
  });
});

function expectedOf(one: CaseFolder): Expected {
  const expected = readCase<Expected>(one, 'expected.json');
  if (expected === undefined) throw new Error(`${one.name} has no expected.json`);
  return expected;
}

function wanted(expected: Expected): Verdict {
  if (expected.ok) return { ok: true, message: expected.message };
  const [{ code, path }] = expected.problems;
  return { ok: false, problems: [{ code, path: pathOf(code, path) }] };
}

function verdictOf(result: ReturnType<Judge['check']>): Verdict {
  if (result.ok) return { ok: true, message: result.message };
  const problems = result.problems.map(({ code, path }) => ({ code, path: pathOf(code, path) }));
  return { ok: false, problems };
}

/** Bodies that are not JSON have no pointer. */
function pathOf(code: string, path = ''): string {
  return code === 'payload.not-json' ? '' : path;
}
