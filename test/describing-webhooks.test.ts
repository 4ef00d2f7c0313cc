/**
 * docs/describing-webhooks.md: its documents are in order, its excerpts stand in a document, and its wrong documents
 * have the very problems that it prints.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extensionSchemas } from '../scripts/lint/extension-schemas.js';
import { problemTable } from '../scripts/problems/problem-table.js';
import { codeSpansOf } from './support/read-markdown.js';
import { inRepository } from './support/repository.js';
import { runCommandLine } from './support/run-command-line.js';
import { temporaryFolder } from './support/temporary-folder.js';

const guide = readFileSync(inRepository('docs', 'describing-webhooks.md'), 'utf8');
const blocks = [...guide.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(
  ([, language = '', info = '', text = '']) => ({ language, info, text }),
);
const yaml = blocks.filter(({ language, info }) => language === 'yaml' && info === '');
const isDocument = ({ text }: { text: string }) => text.startsWith('asyncapi:');
const documents = yaml.filter(isDocument).map(({ text }) => text);
const excerpts = yaml.filter((block) => !isDocument(block)).map(({ text }) => text);
const files = blocks.filter(({ language }) => language === 'json');
const wrong = blocks.flatMap(({ language, info, text }, index) =>
  language === 'yaml' && info === 'wrong' ? [{ text, next: blocks[index + 1] }] : [],
);
const printed = blocks.filter(({ language }) => language === 'text');
const whole = documents.at(-1) ?? '';
const { spans } = codeSpansOf(guide.replaceAll(/^```.*?^```$/gms, ''));

it('has blocks of each kind, and no others', () => {
  expect(documents.length).toBeGreaterThan(2);
  expect(excerpts.length).toBeGreaterThan(1);
  expect(files.length).toBeGreaterThan(0);
  expect(wrong.length).toBeGreaterThan(1);
  expect(printed.length).toBe(wrong.length);
  const kinds = [documents, excerpts, files, wrong, printed];
  expect(blocks.length).toBe(kinds.reduce((sum, { length }) => sum + length, 0));
  expect(guide.match(/^\s*(?:```|~~~)/gm)).toHaveLength(2 * blocks.length);
});

describe('a complete document', () => {
  it.each(documents.map((text, index) => [index, text]))('is in order: %i', async (_, text) => {
    expect(await lint(text)).toEqual({ code: 0, stderr: '' });
  });

  it('refers to the file that the guide shows', () => {
    for (const { info } of files) {
      expect(documents.filter((text) => text.includes(`"./${info}"`))).toHaveLength(1);
    }
  });

  it('has all sources, where it is the whole one', async () => {
    const config = { 'webhook-contracts.json': '{ "lint": { "requireSources": true } }' };
    expect(await lint(whole, config)).toEqual({ code: 0, stderr: '' });
    const { stderr } = await lint(documents[0] ?? '', config);
    expect(stderr).toContain('message.source.missing');
  });

  it('has all rules of x-delivery, where it is the whole one, and the guide names them', () => {
    const { properties } = extensionSchemas['x-delivery'] as { properties: object };
    const rules = Object.keys(properties);
    const [, stated = ''] = /^x-delivery:\n((?: .*\n)+)/m.exec(whole) ?? [];
    expect(stated.match(/^ {2}\w+/gm)?.map((rule) => rule.trim())).toEqual(rules);
    expect(rules.filter((rule) => !spans.includes(rule))).toEqual([]);
  });
});

it.each(excerpts)('an excerpt stands in a complete document: %j', (text) => {
  const ours = readdirSync(inRepository('specs')).map((name) =>
    readFileSync(inRepository('specs', name), 'utf8'),
  );
  expect(text.trim()).not.toBe('');
  expect([...documents, ...ours].some((document) => holds(document, text))).toBe(true);
});

it('an excerpt of nowhere stands in no document', () => {
  const [text = ''] = excerpts;
  expect(holds(whole, `${text}nowhere: true\n`)).toBe(false);
});

it.each(wrong)('a wrong document has the problem that is printed: $text', async (one) => {
  expect(one.next?.language).toBe('text');
  expect(isDocument(one)).toBe(true);
  const { stderr } = await lint(one.text);
  expect(stderr).toBe(one.next?.text);
});

describe('the credentials', () => {
  const credentials = spans.filter((span) => span.startsWith('{ kind: '));

  it('are of all kinds', () => {
    const { oneOf } = extensionSchemas['x-credential'] as {
      oneOf: { properties: { kind: { const: string } } }[];
    };
    const kinds = credentials.map((span) => /kind: ([\w-]+)/.exec(span)?.[1]);
    expect([...new Set(kinds)]).toEqual(oneOf.map(({ properties }) => properties.kind.const));
  });

  it.each(credentials)('are in order: %s', async (credential) => {
    const [line = ''] = /^ +x-credential: .*$/m.exec(whole) ?? [];
    const changed = whole
      .replace(line, line.replace(/\{.*/, credential))
      .replace('name: Tisch-Signature', 'name: webhook-signature');
    expect(changed).toContain(credential);
    expect(await lint(changed)).toEqual({ code: 0, stderr: '' });
  });
});

it('names problems that there are', () => {
  const codes = Object.keys(problemTable);
  const families = new Set(codes.map((code) => code.split('.')[0]));
  const named = spans.filter(
    (span) => /^[a-z-]+(?:\.[a-z0-9-]+)+$/.test(span) && families.has(span.split('.')[0]),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((code) => !codes.includes(code))).toEqual([]);
});

/** Lints a document of the guide, beside the files that it shows, in a folder of its own; warnings count. */
async function lint(text: string, others: Readonly<Record<string, string>> = {}) {
  const shown = Object.fromEntries(files.map(({ info, text }) => [info, text]));
  const cwd = temporaryFolder({ 'tisch.asyncapi.yaml': text, ...shown, ...others });
  const { code, stderr } = await runCommandLine(['lint', 'tisch.asyncapi.yaml', '--strict'], {
    cwd,
  });
  return { code, stderr };
}

/** Tells whether a document has these lines in a row, all of them indented by the same more or less. */
function holds(document: string, excerpt: string): boolean {
  return withoutIndent(document).some((lines) => lines.startsWith(withoutIndent(excerpt)[0] ?? ''));
}

/** Returns what begins at each line of a text, without the indentation of that line; what has less of it is marked. */
function withoutIndent(text: string): string[] {
  const lines = text.split('\n');
  return lines.map((line, index) => {
    const [indent = ''] = /^ */.exec(line) ?? [];
    return lines
      .slice(index)
      .map((one) => (one === '' || one.startsWith(indent) ? one.slice(indent.length) : `<${one}`))
      .join('\n');
  });
}
