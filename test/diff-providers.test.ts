/** The five bundled documents, changed by every rule: what is reported of them, and whom it breaks. */
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { diff } from '../scripts/compare/diff.js';
import { isBreak } from '../scripts/compare/findings.js';
import { type Rule, rules } from '../scripts/compare/rules.js';
import { defaultConfig } from '../scripts/config/config.js';
import { readSpec, type SpecDocument } from '../scripts/spec/read-spec.js';
import { type DiffCase, dataOf, diffCases, inWords } from './support/diff-cases.js';
import type { Any } from './support/pact-matching.js';
import { inRepository } from './support/repository.js';
import { ruleMutations } from './support/rule-mutations.js';
import { temporaryFolder } from './support/temporary-folder.js';

const providers = ['mozrest', 'quandoo', 'mews', 'e-res', 'guest'];

/** Documents come and go as a whole: only a comparison of folders tells, and the cases do. */
const ELSEWHERE: ReadonlySet<Rule> = new Set(['document.added', 'document.removed']);

function documentOf(provider: string): Any {
  return load(readFileSync(inRepository('specs', `${provider}.asyncapi.yaml`), 'utf8'));
}

function readData(data: Any): SpecDocument {
  const cwd = temporaryFolder({ 'probe.asyncapi.json': JSON.stringify(data) });
  const { spec, problems } = readSpec('probe.asyncapi.json', { cwd });
  if (spec === undefined) throw new Error(JSON.stringify(problems));
  return spec;
}

/** The schema that a case is about: of a field, or of the whole payload; undefined where it is about something else. */
function schemaOf(one: DiffCase, age: 'old' | 'new'): Any {
  const data = dataOf(one, age);
  if (data === undefined || data.components !== undefined || data['x-delivery'] !== undefined) {
    return undefined;
  }
  const { changed, ...others } = data.channels.orders?.messages ?? {};
  if (Object.keys(others).length > 0) return undefined;
  if (changed?.payload?.schemaFormat !== undefined) return undefined;
  return changed?.payload?.properties?.value ?? changed?.payload;
}

/** Cases about nothing but the schema of a field or a payload. */
const schemaCases = diffCases.filter((one) => {
  const [old, now] = [schemaOf(one, 'old'), schemaOf(one, 'new')];
  if (old === undefined || now === undefined || one.expected.length === 0) return false;
  return JSON.stringify(old) !== JSON.stringify(now);
});

/** Puts members into the payload of a document's first message: into the objects of its list, where it is one. */
function graft(document: Any, members: Readonly<Record<string, Any>>): void {
  const resolve = (schema: Any): Any =>
    schema?.$ref === undefined
      ? schema
      : document.components.schemas[schema.$ref.split('/').at(-1)];
  const [channel] = Object.values<Any>(document.channels);
  const [held] = Object.values<Any>(channel.messages);
  const message =
    held.$ref === undefined ? held : document.components.messages[held.$ref.split('/').at(-1)];
  const payload = resolve(message.payload);
  const object = payload.type === 'array' ? resolve(payload.items) : payload;
  object.properties = { ...object.properties, probes: { type: 'object', properties: members } };
}

describe.each(providers)('%s', (provider) => {
  test.each(['send', 'receive'] as const)('schemas, where it is to %s', async (action) => {
    const cases = schemaCases.filter((one) => one.action === action);
    const version = (age: 'old' | 'new') => {
      const document = documentOf(provider);
      for (const operation of Object.values<Any>(document.operations)) operation.action = action;
      graft(
        document,
        Object.fromEntries(cases.map((one, index) => [`probe${index}x`, schemaOf(one, age)])),
      );
      return readData(document);
    };
    const changes = await diff({ old: version('old'), now: version('new') }, defaultConfig);
    const about = (index: number) =>
      changes.filter((change) => change.text.includes(`probes.probe${index}x`));
    expect(cases.map(({ name }, index) => ({ name, found: inWords(about(index)) }))).toEqual(
      cases.map(({ name, expected }) => ({ name, found: inWords(expected) })),
    );
    expect(changes.filter((change) => isBreak(change) && change.witness === undefined)).toEqual([]);
    expect(cases.length).toBeGreaterThan(80);
  });

  test.each(ruleMutations)('$rule', async ({ rule, edit }) => {
    const [old, now] = [documentOf(provider), documentOf(provider)];
    edit(old, now);
    const changes = await diff({ old: readData(old), now: readData(now) }, defaultConfig);
    expect(changes.map((change) => change.rule)).toContain(rule);
    expect(changes.filter((change) => isBreak(change) && change.witness === undefined)).toEqual([]);
  });
});

test('every rule is among them', () => {
  const seen = new Set([
    ...schemaCases.flatMap(({ expected }) => expected.map(({ rule }) => rule)),
    ...ruleMutations.map(({ rule }) => rule),
    ...ELSEWHERE,
  ]);
  expect(Object.keys(rules).filter((rule) => !seen.has(rule as Rule))).toEqual([]);
});
