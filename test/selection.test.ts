/**
 * Messages that no single question tells apart: the selection stays small whatever the document, and what it leaves
 * together is tried in order, with the same verdicts and without a warning for what can be told apart.
 */
import { expect, it } from 'vitest';
import type { Selection } from '../scripts/generate/runtime/select.js';
import { createJudge } from '../scripts/judge/judge.js';
import { overlapsOf, selectionOf } from '../scripts/judge/selection.js';
import { readSpec, type SpecDocument } from '../scripts/spec/read-spec.js';
import { temporaryFolder } from './support/temporary-folder.js';

/** Reads a document of these payloads, each a message's: `m0`, `m1` and so on; they may have headers as well. */
function specOf(payloads: readonly object[], headers: readonly object[] = []): SpecDocument {
  const file = 'document.asyncapi.json';
  const messages = Object.fromEntries(
    payloads.map((payload, i) => [`m${i}`, { payload, headers: headers[i] }]),
  );
  const text = JSON.stringify({
    asyncapi: '3.0.0',
    info: { title: 'Many', version: '1.0.0' },
    channels: { c: { messages } },
  });
  const { spec, problems } = readSpec(file, { cwd: temporaryFolder({ [file]: text }) });
  if (spec === undefined) throw new Error(JSON.stringify(problems));
  return spec;
}

/** Makes payloads of which each requires a member that the next one forbids. */
function chain(length: number): object[] {
  return Array.from({ length }, (_, i) => ({
    type: 'object',
    required: [`k${i}`],
    properties: { [`k${i}`]: { type: 'string' }, ...(i > 0 && { [`k${i - 1}`]: false }) },
  }));
}

function sizeOf(selection: Selection): number {
  return JSON.stringify(selection).length;
}

it('finds the message that a delivery fits where there are too many questions to ask all', () => {
  const judge = createJudge(specOf(chain(40)));
  for (let i = 0; i < 40; i += 1) {
    expect(judge.check({ [`k${i}`]: 'text' })).toMatchObject({ ok: true, message: `m${i}` });
    expect(judge.check({ [`k${i}`]: 1 }).ok).toBe(false);
  }
  expect(judge.check({ k40: 'text' }).ok).toBe(false);
});

it('keeps the selection about as large as the document', () => {
  const [small, large] = [40, 160].map((length) => {
    const { spec, document } = specOf(chain(length));
    return sizeOf(selectionOf(spec, document));
  }) as [number, number];
  expect(small).toBeLessThan(200_000);
  expect(large).toBeLessThan(small * 8);
});

it('warns of pairs that can be mistaken, not of those that were only left together', () => {
  const { spec, document } = specOf(chain(40));
  const pairs = overlapsOf(spec, document);
  expect(pairs).toContainEqual([0, 2]);
  expect(pairs.filter(([one, other]) => other === one + 1)).toEqual([]);
});

it('does not warn of two messages of different types beside one of any type', () => {
  const { spec, document } = specOf([{ type: 'string' }, { type: 'array' }, {}]);
  expect(overlapsOf(spec, document)).toEqual([
    [0, 2],
    [1, 2],
  ]);
});

it('asks after a constant where some messages do not say it', () => {
  const kind = (value: string) => ({
    type: 'object',
    required: ['kind'],
    properties: { kind: { const: value } },
  });
  const { spec, document } = specOf([kind('a'), kind('b'), { type: 'object' }]);
  expect(selectionOf(spec, document)).toEqual({
    in: 'payload',
    path: ['kind'],
    cases: [
      ['a', { messages: [0, 2] }],
      ['b', { messages: [1, 2] }],
    ],
    otherwise: { messages: [2] },
  });
});

it('asks nothing of what is no object, where messages accept that', () => {
  const other = { type: 'object', properties: { c: false }, required: ['d'] };
  const byMember = createJudge(specOf([{ required: ['c'] }, other]));
  expect(byMember.check('text')).toMatchObject({ ok: true, message: 'm0' });
  expect(byMember.check({ c: 1 })).toMatchObject({ ok: true, message: 'm0' });
  expect(byMember.check({ d: 1 })).toMatchObject({ ok: true, message: 'm1' });
  expect(byMember.check({}).ok).toBe(false);

  const kind = (name: string, more: object) => ({
    type: 'object',
    required: ['data'],
    properties: { data: { required: ['kind'], properties: { kind: { const: name } }, ...more } },
  });
  const byValue = createJudge(specOf([kind('a', { type: 'object' }), kind('b', {})]));
  expect(byValue.check({ data: { kind: 'a' } })).toMatchObject({ ok: true, message: 'm0' });
  expect(byValue.check({ data: 'text' })).toMatchObject({ ok: true, message: 'm1' });
  expect(byValue.check({ data: { kind: 'c' } }).ok).toBe(false);

  const strict = createJudge(
    specOf([kind('a', { type: 'object' }), kind('b', { type: 'object' })]),
  );
  expect(strict.check({ data: 'text' })).toMatchObject({
    ok: false,
    problems: [{ path: '/data', expected: 'object' }],
  });
});

it('says what is wrong with the headers of a message that the payload fits', () => {
  const sized = (minimum: number) => ({ type: 'object', properties: { n: { minimum } } });
  const counted = { type: 'object', required: ['X-N'], properties: { 'X-N': { type: 'integer' } } };
  const judge = createJudge(specOf([sized(10), sized(0)], [counted, counted]));
  expect(judge.check({ n: 1 }, { 'X-N': '1' })).toMatchObject({ ok: true, message: 'm1' });
  expect(judge.check({ n: 1 }, { 'X-N': 'one' })).toMatchObject({
    problems: [{ code: 'headers.invalid', path: '/X-N', message: 'm1' }],
  });
  expect(judge.check({ n: -1 }, { 'X-N': '1' })).toMatchObject({
    problems: [{ code: 'payload.invalid', path: '' }],
  });
});
