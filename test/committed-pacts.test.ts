/** The pacts of contracts/pacts: their names, their links, and what others' tools say of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isJson } from '../scripts/spec/content-type.js';
import { readSpec } from '../scripts/spec/read-spec.js';
import { comparatorErrors } from './support/comparator.js';
import { inRepository, providers } from './support/repository.js';

interface PactFile {
  readonly consumer: { readonly name: string };
  readonly provider: { readonly name: string };
  readonly interactions: readonly {
    readonly type: string;
    readonly description: string;
    readonly contents?: { readonly contentType?: string };
    readonly comments: { readonly references: { readonly AsyncAPI: Record<string, string> } };
  }[];
}

const HUB = 'reservation-hub';
const folder = inRepository('contracts', 'pacts');
const read = (name: string) =>
  JSON.parse(readFileSync(inRepository('contracts', 'pacts', name), 'utf8')) as PactFile;

it('are one of each kind for each provider', () => {
  const names = providers.flatMap((one) => [`${HUB}-${one}.json`, `${one}-${HUB}.json`]);
  expect(readdirSync(folder).sort()).toEqual(names.sort());
});

describe.each(providers)('%s', (provider) => {
  const spec = inRepository('specs', `${provider}.asyncapi.yaml`);
  const { operations } = readSpec(spec).spec?.spec ?? { operations: [] };

  it.each([
    [`${HUB}-${provider}.json`, HUB, provider, 'Asynchronous/Messages'],
    [`${provider}-${HUB}.json`, provider, HUB, 'Synchronous/HTTP'],
  ])('%s links each interaction to an operation and its message', (name, consumer, other, type) => {
    const pact = read(name);
    expect([pact.consumer.name, pact.provider.name]).toEqual([consumer, other]);
    expect(pact.interactions.length).toBeGreaterThan(0);
    for (const { type: found, comments } of pact.interactions) {
      const { operationId, messageId } = comments.references.AsyncAPI;
      const operation = operations.find(({ id }) => id === operationId);
      expect(operation?.messages).toContain(messageId);
      expect(found).toBe(type);
    }
  });

  it('states the content type of every message with its contents', () => {
    const { interactions } = read(`${HUB}-${provider}.json`);
    expect(interactions.filter(({ contents }) => !isJson(contents?.contentType ?? ''))).toEqual([]);
  });

  it.each([`${HUB}-${provider}.json`, `${provider}-${HUB}.json`])(
    "%s passes PactFlow's comparator",
    async (name) => {
      expect(await comparatorErrors(read(name), spec)).toEqual([]);
    },
  );
});
