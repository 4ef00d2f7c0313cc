/** What `diff` says of pairs of documents: each case of test/cases/diff, and every rule in both directions. */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diff } from '../scripts/compare/diff.js';
import { isBreak } from '../scripts/compare/findings.js';
import { rules } from '../scripts/compare/rules.js';
import { defaultConfig } from '../scripts/config/config.js';
import { createJudge } from '../scripts/judge/judge.js';
import { lint } from '../scripts/lint/lint.js';
import { hasErrors } from '../scripts/problems/problem.js';
import { readSpec, type SpecDocument } from '../scripts/spec/read-spec.js';
import { type DiffCase, diffCases, inWords } from './support/diff-cases.js';

function readVersion(one: DiffCase, age: 'old' | 'new'): SpecDocument | undefined {
  const file = one.file(age);
  if (!existsSync(file)) return undefined;
  const { spec, problems } = readSpec(file);
  if (spec === undefined) throw new Error(JSON.stringify(problems));
  expect(lint(spec).filter((found) => hasErrors([found]))).toEqual([]);
  return spec;
}

describe('what changed between two versions', () => {
  test.each(diffCases)('$name', async (one) => {
    const [old, now] = [readVersion(one, 'old'), readVersion(one, 'new')];
    const changes = await diff({ old, now }, defaultConfig);
    expect(inWords(changes)).toEqual(inWords(one.expected));
    for (const change of changes) {
      expect(change.witness !== undefined).toBe(isBreak(change));
      expect(change.locations).toHaveLength([old, now].filter((read) => read !== undefined).length);
      expect(change.text).toMatch(/^[A-Z].*[.)]$/);
      expect(change.text).not.toMatch(/undefined|\[object|not stated;/);
    }
  });

  test('a witness is a delivery that one version allows', async () => {
    let seen = 0;
    for (const one of diffCases) {
      const [old, now] = [readVersion(one, 'old'), readVersion(one, 'new')];
      for (const { witness } of await diff({ old, now }, defaultConfig)) {
        const version = witness?.allowedBy === 'old' ? old : now;
        if (witness === undefined || version === undefined) continue;
        const { payload, headers } = witness.delivery;
        expect(createJudge(version).check(payload, headers)).toMatchObject({ ok: true });
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(100);
  });
});

test('every rule has a case where the application sends, and one where it receives', () => {
  for (const action of ['send', 'receive'] as const) {
    const cases = diffCases.filter((one) => one.action === action);
    const seen = new Set(cases.flatMap(({ expected }) => expected.map(({ rule }) => rule)));
    expect(Object.keys(rules).filter((rule) => !seen.has(rule as never))).toEqual([]);
  }
});

test('there are at least 150 cases, and as many where nothing changed as to tell', () => {
  expect(diffCases.length).toBeGreaterThanOrEqual(150);
  expect(diffCases.filter(({ expected }) => expected.length === 0).length).toBeGreaterThan(10);
});
