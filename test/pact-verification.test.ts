/** What `verifyProducer` and `verifyConsumer` refuse before any code is run, and what they leave to others. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  httpPact,
  messagePact,
  needed,
  verifyConsumer,
  verifyProducer,
} from '../scripts/pact/index.js';
import { changed, pactFolder, SECRET, send, shop, startConsumer } from './support/shop-pact.js';
import { temporaryFolder } from './support/temporary-folder.js';
import { wordsOf } from './support/words-of.js';

// biome-ignore lint/suspicious/noExplicitAny: what a pact holds is changed at will.
type Pact = any;
type Folder = ReturnType<typeof pactFolder>;

const nothing = () => {};
const operation = 'sendOrders';
const needs = { operation, payload: { type: 'order.changed', id: needed } };

afterEach(() => {
  vi.unstubAllEnvs();
});

async function expected(folder: Folder): Promise<void> {
  const pact = messagePact(folder.options);
  await pact.expect('order.changed', { description: 'a change', ...needs }, nothing);
  await pact.finish();
}

async function sent(folder: Folder): Promise<void> {
  const pact = httpPact({ ...folder.options, secrets: [SECRET] });
  const expectation = { description: 'a change', operation, payload: changed };
  await pact.deliver('order.changed', expectation, (url) => send(url, changed));
  await pact.finish();
}

function rewrite(folder: Folder, name: string, change: (pact: Pact) => unknown, as = name): void {
  const pact = folder.pact(name);
  change(pact);
  writeFileSync(join(folder.pacts, `${as}.json`), JSON.stringify(pact, null, 2));
}

/** Runs the producer, and counts how often its code was asked. */
async function runProducer({ options }: Folder, more: object = {}) {
  let asked = 0;
  const { cwd, spec, producer } = options;
  const messages = {
    'order.changed': () => {
      asked += 1;
      return { payload: changed };
    },
  };
  const work = verifyProducer({ cwd, spec, producer, messages, ...more });
  return { said: await wordsOf(work), asked };
}

/** Runs a consumer that takes what is signed, and counts what it was sent. */
async function runConsumer({ options }: Folder, more: object = {}) {
  const server = await startConsumer();
  const { cwd, spec, consumer } = options;
  const { url, seen } = server;
  const work = verifyConsumer({ cwd, spec, consumer, url, secret: SECRET, ...more });
  const said = await wordsOf(work);
  server.close();
  return { said, asked: seen.length };
}

const first = ({ interactions }: Pact) => interactions[0];

describe('a pact that verify refuses is run by no code', () => {
  it.each<[string, (pact: Pact) => unknown, string]>([
    [
      'empty contents',
      (pact) => Object.assign(first(pact), { contents: {}, matchingRules: {} }),
      'pact.contents.empty',
    ],
    ['no link', (pact) => delete first(pact).comments, 'pact.unlinked'],
    [
      'a message that is none',
      (pact) => Object.assign(first(pact).comments.references.AsyncAPI, { messageId: 'x' }),
      'pact.message.unknown',
    ],
    [
      'an operation that is none',
      (pact) => Object.assign(first(pact).comments.references.AsyncAPI, { operationId: 'x' }),
      'pact.operation.unknown',
    ],
    [
      'another kind beside',
      (pact) => pact.interactions.push({ ...first(pact), description: 'x', type: 'Message' }),
      'pact.kind',
    ],
    ['a description twice', (pact) => pact.interactions.push(first(pact)), 'pact.duplicate'],
    [
      'version 3',
      (pact) => Object.assign(pact.metadata, { pactSpecification: { version: '3.0.0' } }),
      'pact.version',
    ],
    [
      'messages of version 3',
      (pact) => Object.assign(pact, { messages: pact.interactions, interactions: undefined }),
      'pact.',
    ],
    ['no interaction', (pact) => Object.assign(pact, { interactions: [] }), 'pact.empty'],
  ])('of messages: %s', async (_, change, code) => {
    const folder = pactFolder();
    await expected(folder);
    rewrite(folder, 'hub-shop', change);
    const { said, asked } = await runProducer(folder);
    expect(said).toMatch(/^contracts\/pacts\/hub-shop\.json:\d+:\d+ error /);
    expect(said).toContain(code);
    expect(asked).toBe(0);
    expect(folder.proofs('hub-shop')).not.toContainEqual(['a change', 'producer']);
  });

  it.each<[string, (pact: Pact) => unknown, string]>([
    [
      'a status that is none of a delivery',
      (pact) => Object.assign(first(pact).response, { status: 500 }),
      'pact.status',
    ],
    ['no body', (pact) => delete first(pact).request.body, 'pact.request.invalid'],
    [
      'no signature',
      (pact) => delete first(pact).request.headers['X-Signature'],
      'pact.credential',
    ],
    [
      'no type, as in version 3',
      (pact) => {
        delete first(pact).type;
        pact.metadata.pactSpecification.version = '3.0.0';
      },
      'pact.version',
    ],
  ])('of requests: %s', async (_, change, code) => {
    const folder = pactFolder();
    await sent(folder);
    rewrite(folder, 'shop-hub', change);
    const { said, asked } = await runConsumer(folder);
    expect(said).toMatch(/^contracts\/pacts\/shop-hub\.json:\d+:\d+ error /);
    expect(said).toContain(code);
    expect(asked).toBe(0);
    expect(folder.proofs('shop-hub')).not.toContainEqual(['a change', 'consumer']);
  });

  it('and its own kind alone is run: the other one belongs in another file', async () => {
    const folder = pactFolder();
    await expected(folder);
    await sent(folder);
    const { interactions } = folder.pact('shop-hub');
    rewrite(folder, 'hub-shop', (pact) => {
      pact.interactions.push({ ...interactions[0], description: 'a request' });
    });
    const { said, asked } = await runProducer(folder);
    expect(said).toContain('"a request": it is of type Synchronous/HTTP');
    expect(asked).toBe(0);
  });
});

it.each(['PACT_DESCRIPTION', 'PACT_PROVIDER_STATE', 'PACT_PROVIDER_NO_STATE'])(
  'what the environment names in %s chooses no interactions',
  async (name) => {
    vi.stubEnv(name, 'another');
    const folder = pactFolder();
    const pact = messagePact(folder.options);
    const given = { description: 'a change', given: 'a shop', ...needs };
    await pact.expect('order.changed', given, nothing);
    await pact.finish();
    const states = { 'a shop': nothing };
    expect(await runProducer(folder, { states })).toEqual({ said: '', asked: 1 });
    expect(process.env[name]).toBe('another');
  },
);

it('a pact that does not say its version is run as one of version 4', async () => {
  const folder = pactFolder();
  await expected(folder);
  rewrite(folder, 'hub-shop', (pact) => delete pact.metadata);
  expect(await runProducer(folder)).toEqual({ said: '', asked: 1 });
});

describe('what is wrong elsewhere', () => {
  it('in a pact of others, or of the other direction, is not asked', async () => {
    const folder = pactFolder();
    await expected(folder);
    await sent(folder);
    rewrite(folder, 'hub-shop', (pact) => delete first(pact).comments, 'copy');
    rewrite(folder, 'copy', (pact) => Object.assign(pact.provider, { name: 'other' }));
    rewrite(folder, 'shop-hub', (pact) => {
      Object.assign(pact, { consumer: { name: 'hub' }, provider: { name: 'shop' } });
      first(pact).response.status = 500;
    });
    expect(await runProducer(folder)).toEqual({ said: '', asked: 1 });
  });

  it('is no matter: a counterpart counts from any file of the same two sides', async () => {
    const folder = pactFolder();
    const pact = messagePact(folder.options);
    const placed = (note: typeof needed | null) => ({
      description: note === null ? 'no note' : 'a note',
      payload: { type: 'order.placed' as const, note },
    });
    const alone = messagePact({ ...folder.options, consumer: 'other' });
    for (const one of [pact, alone]) await one.expect('order.placed', placed(needed), nothing);
    await pact.finish();
    await alone.finish();
    const messages = { 'order.placed': () => ({ payload: {} }) };
    const run = () => runProducer(folder, { consumer: 'hub', messages });
    expect((await run()).said).toContain('pact.value.nullable');
    const rest = messagePact({ ...folder.options, pacts: 'elsewhere' });
    await rest.expect('order.placed', placed(null), nothing);
    await rest.expect(
      'order.placed',
      { description: 'left out', payload: { type: 'order.placed' } },
      nothing,
    );
    await rest.finish();
    const text = readFileSync(join(folder.options.cwd, 'elsewhere', 'hub-shop.json'), 'utf8');
    writeFileSync(join(folder.pacts, 'rest.json'), text);
    // The code is run: it is wrong by itself.
    const { said } = await run();
    expect(said).not.toContain('pact.');
    expect(said).toContain('what was made breaks the document');
    expect(said).not.toContain('other-shop.json');
  });
});

describe('interactions about another document', () => {
  async function twoDocuments() {
    const text = readFileSync(shop, 'utf8');
    const specs = temporaryFolder({
      'shop.asyncapi.yaml': text,
      'stock.asyncapi.yaml': text.replaceAll('endOrders', 'endStock'),
    });
    const folder = pactFolder();
    const options = { ...folder.options, spec: join(specs, 'shop.asyncapi.yaml') };
    await expected({ ...folder, options });
    rewrite(folder, 'hub-shop', (pact) => {
      const link = { operationId: 'sendStock', messageId: 'order.changed' };
      const comments = { references: { AsyncAPI: link } };
      pact.interactions.push({ ...first(pact), description: 'of the stock', comments });
    });
    return { folder: { ...folder, options }, stock: join(specs, 'stock.asyncapi.yaml') };
  }

  it('are neither run nor proved; each document proves its own', async () => {
    const { folder, stock } = await twoDocuments();
    const own = ['a change', 'producer'];
    expect(await runProducer(folder)).toEqual({ said: '', asked: 1 });
    expect(folder.proofs('hub-shop')).toEqual([['a change', 'consumer'], own]);
    expect(await runProducer(folder, { spec: stock })).toEqual({ said: '', asked: 1 });
    expect(folder.proofs('hub-shop')).toContainEqual(own);
    expect(folder.proofs('hub-shop')).toContainEqual(['of the stock', 'producer']);
  });

  it('are nothing to verify where there are no others', async () => {
    const { folder } = await twoDocuments();
    rewrite(folder, 'hub-shop', (pact) => pact.interactions.shift());
    const { said } = await runProducer(folder);
    expect(said).toMatch(
      /^contracts\/pacts\/hub-shop\.json: no interaction is about .*shop\.async/,
    );
  });
});

describe('options', () => {
  it.each<[string, object, string]>([
    ['no spec', { spec: undefined }, 'the option "spec" is missing'],
    ['no name', { producer: '' }, 'the option "producer" is missing'],
    ['no functions', { messages: undefined }, 'the option "messages" is no object'],
    ['states that are none', { states: 'known' }, 'the option "states" is no object'],
    ['another name', { state: {} }, 'there is no option "state" (did you mean states?)'],
    [
      'a broker without a version',
      { broker: { url: 'http://127.0.0.1:9', publish: {} } },
      'broker.publish.version is missing',
    ],
    [
      'a broker with another name',
      { broker: { url: 'http://127.0.0.1:9', pubish: {} } },
      'the option "broker": there is no option "pubish" (did you mean publish?)',
    ],
  ])('of a producer: %s', async (_, wrong, text) => {
    await expect(runProducer(pactFolder(), wrong)).rejects.toThrow(text);
  });

  it.each<[string, object, string]>([
    ['no URL', { url: '' }, 'the option "url" is no http or https address: ""'],
    ['no scheme', { url: '127.0.0.1:80/in' }, 'no http or https address'],
    ['another name', { secrets: [SECRET] }, 'there is no option "secrets" (did you mean secret?)'],
    ['a query', { url: 'http://127.0.0.1/in?a=1' }, 'the option "url" has a query'],
    ['no name', { consumer: undefined }, 'the option "consumer" is missing'],
    ['a secret that is none', { secret: '' }, 'secret'],
  ])('of a consumer: %s', async (_, wrong, text) => {
    await expect(runConsumer(pactFolder(), wrong)).rejects.toThrow(text);
  });

  it('of pacts: both sides have names', () => {
    const { spec } = pactFolder().options;
    for (const make of [messagePact, httpPact]) {
      expect(() => make({ spec } as never)).toThrow('the option "consumer" is missing');
      expect(() => make({ spec, consumer: 'hub' } as never)).toThrow('"producer" is missing');
    }
  });

  it('name handlers that are functions', async () => {
    const folder = pactFolder();
    const pact = messagePact(folder.options);
    const given = 'a shop';
    await pact.expect('order.changed', { description: 'a change', given, ...needs }, nothing);
    await pact.finish();
    const wrong = { messages: { 'order.changed': undefined }, states: { [given]: undefined } };
    const { said } = await runProducer(folder, wrong);
    expect(said).toContain('the state "a shop": it is undefined, not a function');
    expect(said).toContain('the message "order.changed": it is undefined, not a function');
  });

  it('that select no pact are told which there are', async () => {
    const folder = pactFolder();
    await expected(folder);
    const { said } = await runProducer(folder, { consumer: 'hbu' });
    expect(said).toBe(
      'contracts/pacts: no pact has the provider shop and the consumer hbu and interactions of type Asynchronous/Messages; there are those of the provider shop and the consumer hub',
    );
  });
});

describe('a consumer that takes requests of anyone', () => {
  const start = async () => {
    const server = createServer((request, response) => {
      request.resume().on('end', () => response.end());
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };

  it('is broken', async () => {
    const folder = pactFolder();
    await sent(folder);
    const { server, url } = await start();
    const { said } = await runConsumer(folder, { url });
    server.close();
    expect(said).toBe(
      'contracts/pacts/shop-hub.json: "a change": the consumer answered 200 to this request with a wrong X-Signature, which it must refuse, with 401 say\n\n' +
        'contracts/pacts/shop-hub.json: "a change": the consumer answered 200 to this request without X-Signature, which it must refuse, with 401 say',
    );
    expect(folder.proofs('shop-hub')).toEqual([['a change', 'producer']]);
  });

  it.each([
    ['a token', 'type: http, scheme: bearer', { tokens: ['the-token'] }, { token: 'the-token' }],
    [
      'a header',
      'type: httpApiKey, in: header, name: X-Key, x-credential: { kind: static-header, value: known to both }',
      { headers: { 'X-Key': ['the value'] } },
      { headers: { 'X-Key': 'the value' } },
    ],
  ])('is broken where the document demands %s', async (_, scheme, accepted, credentials) => {
    const text = readFileSync(shop, 'utf8').replace(
      /signature:\n(?: {6}.*\n)+/,
      `signature: { ${scheme} }\n`,
    );
    const spec = join(temporaryFolder({ 'shop.asyncapi.yaml': text }), 'shop.asyncapi.yaml');
    const folder = pactFolder();
    const options = { ...folder.options, spec };
    const pact = httpPact({ ...options, ...accepted });
    const expectation = { description: 'a change', operation, payload: changed };
    const headers = { authorization: 'Bearer the-token', 'x-key': 'the value' };
    await pact.deliver('order.changed', expectation, (url) => send(url, changed, headers));
    await pact.finish();
    const { server, url } = await start();
    const more = { url, secret: undefined, ...credentials };
    const { said } = await runConsumer({ ...folder, options }, more);
    server.close();
    expect(said).toMatch(/answered 200 to this request with a wrong (Authorization|X-Key)/);
  });

  it('is none where the document demands nothing', async () => {
    const text = readFileSync(shop, 'utf8').replace(/^ +security: .*\n/m, '');
    const spec = join(temporaryFolder({ 'shop.asyncapi.yaml': text }), 'shop.asyncapi.yaml');
    const folder = pactFolder();
    const options = { ...folder.options, spec };
    const pact = httpPact(options);
    const expectation = { description: 'a change', operation, payload: changed };
    await pact.deliver('order.changed', expectation, (url) => send(url, changed));
    await pact.finish();
    const { server, url } = await start();
    const { said } = await runConsumer({ ...folder, options }, { url, secret: undefined });
    server.close();
    expect(said).toBe('');
  });
});
