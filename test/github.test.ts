/**
 * GitHub's webhooks, which nobody here wrote: the validators that are generated of them give every published example
 * the verdict that Ajv gives on the published schemas.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { beforeAll, expect, it } from 'vitest';
import { identifierOf } from '../scripts/generate/names.js';
import {
  githubDeliveries,
  githubDocument,
  githubEvents,
  githubSchemas,
} from './support/github-document.js';
import { runCommandLine } from './support/run-command-line.js';
import { temporaryFolder } from './support/temporary-folder.js';

type Verdict = (payload: unknown) => boolean;

const folder = temporaryFolder({ 'github.asyncapi.json': JSON.stringify(githubDocument()) });
const deliveries = githubDeliveries();
let generated: Readonly<Record<string, Verdict>>;

beforeAll(async () => {
  const { code, stderr } = await runCommandLine(['generate', 'github.asyncapi.json'], {
    cwd: folder,
  });
  expect(code, stderr).toBe(0);
  generated = await import(pathToFileURL(join(folder, 'generated/github/index.js')).href);
}, 120_000);

it('judges each of 329 payloads as Ajv does', () => {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema(githubSchemas(), 'github');
  const events = githubEvents();
  const verdicts = deliveries.map(({ event, payload }) => ({
    event,
    wanted: ajv.validate({ $ref: `github#/definitions/${events.get(event)}` }, payload),
    found: generated[`is${identifierOf(event)}`]?.(payload),
  }));
  expect(verdicts.filter(({ wanted, found }) => wanted !== found)).toEqual([]);
  expect(verdicts).toHaveLength(329);
  expect(verdicts.filter(({ found }) => found)).toHaveLength(276);
});

it('finds the message of each delivery by its header', () => {
  const { check } = generated as never as {
    check: (payload: unknown, headers: object) => { ok: boolean; message?: string };
  };
  for (const { event, payload } of deliveries) {
    const { ok, message } = check(payload, { 'x-github-event': event });
    expect(ok).toBe(generated[`is${identifierOf(event)}`]?.(payload));
    if (ok) expect(message).toBe(event);
  }
});
