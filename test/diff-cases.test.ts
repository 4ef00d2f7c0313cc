import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diff } from '../scripts/compare/diff.js';
import { type Change, isBreak } from '../scripts/compare/findings.js';
import { type Rule, rules } from '../scripts/compare/rules.js';
import { defaultConfig } from '../scripts/config/config.js';
import { lint } from '../scripts/lint/lint.js';
import { hasErrors } from '../scripts/problems/problem.js';
import { readSpec, type SpecDocument } from '../scripts/spec/read-spec.js';

const folder = 'test/cases/diff';
const names = readdirSync(folder).sort();

/** A case is a folder: a document, its next version, and what changed. Either of the two may be missing. */
function readVersion(name: string, age: 'old' | 'new'): SpecDocument | undefined {
  const file = join(folder, name, `${age}.asyncapi.yaml`);
  if (!existsSync(file)) return undefined;
  const { spec, problems } = readSpec(file);
  if (spec === undefined) throw new Error(JSON.stringify(problems));
  expect(hasErrors(lint(spec))).toBe(false);
  return spec;
}

interface Expected {
  readonly rule: Rule;
  readonly verdict: Change['verdict'];
}

function expectedOf(name: string): Expected[] {
  return JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8'));
}

const inOrder = (all: readonly Expected[]) =>
  all.map(({ rule, verdict }) => `${rule}: ${verdict}`).sort();

describe('what changed between two versions', () => {
  test.each(names)('%s', async (name) => {
    const [old, now] = [readVersion(name, 'old'), readVersion(name, 'new')];
    const changes = await diff({ old, now }, defaultConfig);
    expect(inOrder(changes)).toEqual(inOrder(expectedOf(name)));
    for (const change of changes) {
      expect(change.witness !== undefined).toBe(isBreak(change));
      expect(change.locations.length).toBe(
        old === undefined || now === undefined ? 1 : change.locations.length,
      );
      expect(change.text).not.toMatch(/undefined|\[object/);
    }
  });

  test('every rule has a case where the application sends, and one where it receives', () => {
    const seen = (ending: string) =>
      new Set(
        names
          .filter((name) => name.endsWith(ending))
          .flatMap((name) => expectedOf(name).map(({ rule }) => rule)),
      );
    for (const ending of ['-send', '-receive']) {
      expect(Object.keys(rules).filter((rule) => !seen(ending).has(rule as Rule))).toEqual([]);
    }
  });
});
