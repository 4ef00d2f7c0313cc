/**
 * A document of AsyncAPI 2 gives the same as one of AsyncAPI 3 with the same messages: documents of the cases are
 * written in both, and what is generated of the two is compared.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../scripts/config/config.js';
import { readAndLint } from '../scripts/lint/lint.js';
import type { Spec } from '../scripts/spec/model.js';
import { isObject, type JsonObject } from '../scripts/spec/positions.js';
import { readSpec } from '../scripts/spec/read-spec.js';
import { asVersion2 } from './support/as-version-2.js';
import { caseFolders } from './support/case-folders.js';
import { shippedDocuments } from './support/compare-with-parser.js';
import { contentOf } from './support/folder-snapshot.js';
import { inRepository } from './support/repository.js';
import { runCommandLine } from './support/run-command-line.js';
import { temporaryFolder, writeFiles } from './support/temporary-folder.js';

/** Documents that are others when they are written anew as JSON. */
const unfit = ['good-anchors-and-merge-keys', 'good-large-float'];

const folder = temporaryFolder();
const pairs = documents().flatMap(({ name, text }) => {
  const document = load(text, { schema: CORE_SCHEMA });
  if (!isObject(document) || !/^3\./.test(String(document.asyncapi))) return [];
  const older = asVersion2(document as JsonObject);
  return older === undefined ? [] : [{ name, document, older }];
});

describe.each(pairs)('$name', ({ name, document, older }) => {
  writeFiles(join(folder, name), {
    [`2/${name}.asyncapi.json`]: JSON.stringify(older, null, 2),
    [`3/${name}.asyncapi.json`]: JSON.stringify(document, null, 2),
  });
  const file = `${name}.asyncapi.json`;

  it('has the same messages in both versions', () => {
    const [one, other] = ['2', '3'].map((version) => {
      const { spec, problems } = readSpec(file, { cwd: join(folder, name, version) });
      return spec === undefined ? problems : messagesOf(spec.spec);
    });
    expect(one).toEqual(other);
  });

  it('generates the same of both versions', async () => {
    for (const version of ['2', '3']) {
      const cwd = join(folder, name, version);
      expect(await runCommandLine(['generate', file], { cwd })).toMatchObject({ code: 0 });
    }
    const [one, other] = ['2', '3'].map((version) =>
      contentOf(join(folder, name, version, 'generated')),
    );
    expect(one).toEqual(other);
  });
});

it('demands one credential of several, several at once, or none', () => {
  const path = inRepository('test', 'cases', 'documents', 'version-2-security');
  const { spec } = readSpec('version-2-security.asyncapi.yaml', { cwd: path });
  const demanded = spec?.spec.messages.map(({ name, security }) => [
    name,
    security.map((list) => list.map((index) => spec.spec.credentials[index]?.kind)),
  ]);
  expect(demanded).toEqual([
    ['locked', [['bearer'], ['hmac']]],
    ['key', [['hmac'], ['bearer'], ['static-header']]],
    ['spare', [['static-header', 'unsupported']]],
  ]);
});

it('is asked of the shipped documents and of many others', () => {
  expect(pairs.length).toBeGreaterThan(35);
  const names = pairs.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(shippedDocuments().map(({ name }) => name)));
});

/** Lists the shipped documents, and those of the cases that stand in one file and are in order. */
function documents(): { name: string; text: string }[] {
  const cases = [...caseFolders('documents'), ...caseFolders('specs')].flatMap(({ name, path }) => {
    const files = readdirSync(path, { recursive: true, encoding: 'utf8' });
    const [file, ...others] = files.filter(
      (one) => /\.(yaml|yml|json)$/.test(one) && !/^(expected|deliveries)/.test(one),
    );
    if (file === undefined || others.length > 0) return [];
    const { spec } = readAndLint(file, defaultConfig, path);
    return spec === undefined || unfit.includes(name)
      ? []
      : [{ name, text: readFileSync(join(path, file), 'utf8') }];
  });
  return [...shippedDocuments(), ...cases];
}

/** Returns what a spec says of its messages and operations, but for where it says so. */
function messagesOf(spec: Spec) {
  const credentialsOf = (security: Spec['messages'][number]['security']) =>
    security.map((list) => list.map((index) => spec.credentials[index]));
  return {
    messages: spec.messages.map(({ pointer: _, payload, headers, examples, ...rest }) => ({
      ...rest,
      payload: payload?.name ?? payload !== undefined,
      headers: headers?.name ?? headers !== undefined,
      examples: examples.map(({ pointer: _, ...example }) => example),
      correlationId: rest.correlationId?.location,
      security: credentialsOf(rest.security),
    })),
    delivery: spec.delivery,
    sources: spec.sources,
  };
}
