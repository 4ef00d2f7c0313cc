/**
 * The library that runs Pact: what it writes, what it proves, and that it shows the failures which Pact alone swallows.
 * Sub-tests marked "Pact alone" show that it does.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PactV4, Verifier } from '@pact-foundation/pact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { messages as mews, type ReceivedMessage } from '../generated/mews/index.js';
import {
  ContractBroken,
  each,
  httpPact,
  messagePact,
  needed,
  verifyConsumer,
  verifyProducer,
} from '../scripts/pact/index.js';
import { changed, pactFolder, placed, SECRET, send, startConsumer } from './support/shop-pact.js';
import { temporaryFolder } from './support/temporary-folder.js';

const nothing = () => {};
const changedNeeds = { payload: { type: 'order.changed', id: needed }, operation: 'sendOrders' };
const broken = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => new Error('it was not refused'),
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(ContractBroken);
  return error.message;
};
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Makes a pact of messages with these descriptions, each about a changed order. */
async function written(folder: ReturnType<typeof pactFolder>, ...descriptions: string[]) {
  const pact = messagePact(folder.options);
  for (const description of descriptions) {
    await pact.expect('order.changed', { description, ...changedNeeds }, nothing);
  }
  await pact.finish();
}

describe('messagePact', () => {
  it('runs the handler with what is needed, and writes what it took', async () => {
    const folder = pactFolder();
    const pact = messagePact(folder.options);
    const seen: unknown[] = [];
    await pact.expect(
      'order.placed',
      {
        description: 'an order is placed',
        given: ['a shop', { name: 'an article', params: { sku: 'A1' } }],
        payload: { type: 'order.placed', lines: each({ sku: needed }) },
        headers: { 'x-attempt': needed },
      },
      (delivery) => seen.push(delivery),
    );
    await pact.finish();
    expect(seen).toEqual([
      {
        kind: 'message',
        message: 'order.placed',
        payload: { type: 'order.placed', lines: [{ sku: 'A1' }] },
        headers: { 'X-Attempt': 1 },
        status: 200,
      },
    ]);
    const { consumer, provider, interactions } = folder.pact('hub-shop');
    expect([consumer.name, provider.name]).toEqual(['hub', 'shop']);
    expect(interactions).toEqual([
      {
        type: 'Asynchronous/Messages',
        pending: false,
        description: 'an order is placed',
        comments: {
          references: { AsyncAPI: { operationId: 'sendOrders', messageId: 'order.placed' } },
        },
        providerStates: [{ name: 'a shop' }, { name: 'an article', params: { sku: 'A1' } }],
        contents: {
          content: { type: 'order.placed', lines: [{ sku: 'A1' }] },
          contentType: 'application/json',
          encoded: false,
        },
        metadata: { 'X-Attempt': '1' },
        matchingRules: {
          body: {
            '$.lines': { combine: 'AND', matchers: [{ match: 'type', min: 1 }] },
            '$.lines[*].sku': { combine: 'AND', matchers: [{ match: 'type' }] },
          },
          metadata: {
            'X-Attempt': { combine: 'AND', matchers: [{ match: 'regex', regex: '^-?[0-9]+$' }] },
          },
        },
      },
    ]);
    expect(folder.proofs('hub-shop')).toEqual([['an order is placed', 'consumer']]);
  });

  it('writes the same bytes, in whichever order interactions end', async () => {
    const [one, other] = [pactFolder(), pactFolder()];
    await written(one, 'a', 'b', 'c');
    const pact = messagePact(other.options);
    const after = (ms: number) => () => new Promise((resolve) => setTimeout(resolve, ms));
    await Promise.all(
      ['c', 'a', 'b'].map((description, index) =>
        pact.expect('order.changed', { description, ...changedNeeds }, after(30 - 10 * index)),
      ),
    );
    await pact.finish();
    expect(other.text('hub-shop')).toBe(one.text('hub-shop'));
  });

  it('keeps nothing where a handler throws, and leaves the file as it was', async () => {
    const folder = pactFolder();
    await written(folder, 'before');
    const before = folder.text('hub-shop');
    const pact = messagePact(folder.options);
    await pact.expect('order.changed', { description: 'good', ...changedNeeds }, nothing);
    const failing = pact.expect('order.changed', { description: 'bad', ...changedNeeds }, () => {
      throw new Error('no such order');
    });
    expect(await broken(failing)).toBe('"bad": no such order');
    expect(await broken(pact.finish())).toBe('the pact was not written: "bad": no such order');
    expect(folder.text('hub-shop')).toBe(before);
    expect(folder.proofs('hub-shop')).toEqual([]);
  });

  it('names the content type that the document states, both ways', async () => {
    const folder = pactFolder();
    const text = readFileSync(folder.options.spec, 'utf8');
    const spec = temporaryFolder({
      'shop.asyncapi.yaml': text.replaceAll('application/json', 'application/vnd.api+json'),
    });
    const options = { ...folder.options, spec: join(spec, 'shop.asyncapi.yaml') };
    const pact = messagePact(options);
    await pact.expect('order.changed', { description: 'a change', ...changedNeeds }, nothing);
    await pact.finish();
    expect(folder.pact('hub-shop').interactions[0].contents.contentType).toBe(
      'application/vnd.api+json',
    );
    await verifyProducer({
      ...options,
      consumer: 'hub',
      messages: { 'order.changed': () => ({ payload: changed }) },
    });
    const http = httpPact({ ...options, secrets: [SECRET] });
    const sent = { description: 'a change', operation: 'sendOrders', payload: changed };
    await http.deliver('order.changed', sent, (url) =>
      send(url, changed, { 'content-type': 'application/vnd.api+json' }),
    );
    await http.finish();
    const { body, headers } = folder.pact('shop-hub').interactions[0].request;
    expect([body.contentType, headers['Content-Type']]).toEqual([
      'application/vnd.api+json',
      ['application/vnd.api+json'],
    ]);
    const consumer = await startConsumer();
    await verifyConsumer({ ...options, producer: 'shop', url: consumer.url, secret: SECRET });
    consumer.close();
    expect(consumer.seen[0]?.headers).toMatchObject({ 'content-type': 'application/vnd.api+json' });
  });

  it('refuses messages that are no JSON', async () => {
    const { options } = pactFolder();
    const text = readFileSync(options.spec, 'utf8').replaceAll('application/json', 'text/xml');
    const folder = temporaryFolder({ 'shop.asyncapi.yaml': text });
    const pact = messagePact({ ...options, spec: join(folder, 'shop.asyncapi.yaml') });
    const work = pact.expect('order.changed', { description: 'd', ...changedNeeds }, nothing);
    expect(await broken(work)).toContain('only JSON is supported');
  });

  it('drops interactions that no longer are, and their proofs', async () => {
    const folder = pactFolder();
    await written(folder, 'stale', 'kept');
    await written(folder, 'kept');
    const { interactions } = folder.pact('hub-shop');
    expect(interactions.map((one: { description: string }) => one.description)).toEqual(['kept']);
    expect(folder.proofs('hub-shop')).toEqual([['kept', 'consumer']]);
  });

  it.each<[string, Parameters<ReturnType<typeof messagePact>['expect']>[1], string]>([
    ['a blank description', { description: ' ', ...changedNeeds }, 'the description is blank'],
    ['no need', { description: 'd', operation: 'sendOrders', payload: {} }, 'nothing is needed'],
    [
      'no operation of several',
      { description: 'd', payload: needed },
      'name one: sendOrders, resendOrders',
    ],
    [
      'an operation that is none',
      { description: 'd', payload: needed, operation: 'x' },
      'no operation "x"',
    ],
    [
      'an unknown header',
      { description: 'd', ...changedNeeds, headers: { 'X-Y': '1' } },
      'knows no header "X-Y"',
    ],
    [
      'a state without a name',
      { description: 'd', ...changedNeeds, given: '' },
      'a state has no name',
    ],
    ...(
      [
        ['null', null, 'has params that are no object'],
        ['a list', [1], 'has params that are no object'],
        ['a time', new Date(0), 'has params that are no object'],
        ['a time in it', { at: new Date(0) }, 'the parameter "at" holds what JSON does not keep'],
        ['nothing in it', { list: [undefined] }, 'the parameter "list" holds'],
        ['a number too large', { id: 2 ** 53 }, 'the parameter "id" holds'],
      ] as [string, never, string][]
    ).map(([what, params, text]): [string, never, string] => [
      `a state whose parameters are ${what}`,
      { description: 'd', ...changedNeeds, given: { name: 's', params } } as never,
      `"d": the state "s"${text.startsWith('has') ? ' ' : ': '}${text}`,
    ]),
    [
      'null for a state',
      { description: 'd', ...changedNeeds, given: null } as never,
      'a state of given: it is no',
    ],
    [
      'an option that there is not',
      { description: 'd', ...changedNeeds, headrs: {} } as never,
      '"d": expect: there is no option "headrs" (did you mean headers?)',
    ],
    ['no expectation', undefined as never, '"order.changed": expect: it is no object with options'],
  ])('refuses %s', async (_, expectation, text) => {
    const pact = messagePact(pactFolder().options);
    expect(await broken(pact.expect('order.changed', expectation, nothing))).toContain(text);
    expect(await broken(pact.finish())).toContain('was not written');
  });

  it('refuses the value of a header that no delivery has', async () => {
    const pact = messagePact(pactFolder().options);
    const needs = { payload: { type: 'order.placed' }, headers: { 'x-attempt': '0' } };
    const work = pact.expect('order.placed', { description: 'd', ...needs }, nothing);
    expect(await broken(work)).toContain('/headers/X-Attempt: no delivery has this value');
  });

  it('refuses a payload of which nothing is required', async () => {
    const pact = messagePact(pactFolder().options);
    const work = pact.expect('order.pinged', { description: 'd', payload: needed }, nothing);
    expect(await broken(work)).toContain('any delivery would satisfy it');
  });

  it('refuses a message that the document has not', async () => {
    const pact = messagePact(pactFolder().options);
    const work = pact.expect('order.place', { description: 'd', payload: needed }, nothing);
    expect(await broken(work)).toContain('did you mean order.placed?');
  });

  it('refuses a description that was used for something else', async () => {
    const pact = messagePact(pactFolder().options);
    await pact.expect('order.changed', { description: 'd', ...changedNeeds }, nothing);
    const needs = { ...changedNeeds, payload: { type: 'order.changed' } };
    const again = pact.expect('order.changed', { description: 'd', ...needs }, nothing);
    expect(await broken(again)).toBe('"d": the description is used twice');
    expect(await broken(pact.finish())).toContain('used twice');
  });

  it('keeps an interaction that is tried again after it succeeded', async () => {
    const folder = pactFolder();
    const pact = messagePact(folder.options);
    for (const _ of [1, 2]) {
      await pact.expect('order.changed', { description: 'd', ...changedNeeds }, nothing);
    }
    await pact.finish();
    expect(folder.pact('hub-shop').interactions).toHaveLength(1);
  });

  it('remembers what failed where another message has the same description', async () => {
    const pact = messagePact(pactFolder().options);
    const failing = pact.expect('order.changed', { description: 'd', ...changedNeeds }, () => {
      throw new Error('no such order');
    });
    expect(await broken(failing)).toBe('"d": no such order');
    const payload = { type: 'order.placed', id: needed };
    await pact.expect('order.placed', { description: 'd', payload }, nothing);
    expect(await broken(pact.finish())).toBe('the pact was not written: "d": no such order');
  });

  it('takes an empty list for the whole payload, and no empty object or text', async () => {
    const folder = pactFolder();
    const text = readFileSync(folder.options.spec, 'utf8').replace(
      /payload: \{ type: object, properties: \{ type: \{ const: order.pinged .*\n.*/,
      'payload: { type: array, items: { type: string } }',
    );
    const specs = temporaryFolder({ 'shop.asyncapi.yaml': text });
    const options = { ...folder.options, spec: join(specs, 'shop.asyncapi.yaml') };
    const pact = messagePact(options);
    const seen: unknown[] = [];
    const description = 'nothing new';
    await pact.expect('order.pinged', { description, payload: [] }, ({ payload }) =>
      seen.push(payload),
    );
    await pact.finish();
    expect(seen).toEqual([[]]);
    const { cwd, spec, producer } = options;
    const produced = (payload: unknown) =>
      verifyProducer({ cwd, spec, producer, messages: { 'order.pinged': () => ({ payload }) } });
    expect(await produced([])).toEqual({ interactions: 1 });
    expect(await broken(produced(['more']))).toContain('"nothing new"');
  });

  it('forgets an attempt that failed where it is tried again', async () => {
    const folder = pactFolder();
    const pact = messagePact(folder.options);
    let attempts = 0;
    const attempt = () =>
      pact.expect('order.changed', { description: 'd', ...changedNeeds }, () => {
        attempts += 1;
        if (attempts === 1) throw new Error('not yet');
      });
    expect(await broken(attempt())).toBe('"d": not yet');
    await attempt();
    await pact.finish();
    expect(folder.proofs('hub-shop')).toEqual([['d', 'consumer']]);
  });

  it('keeps in mind that a description was used twice at once', async () => {
    const pact = messagePact(pactFolder().options);
    const once = () => pact.expect('order.changed', { description: 'd', ...changedNeeds }, nothing);
    const [first, second] = [once(), broken(once())];
    await first;
    expect(await second).toBe('"d": the description is used twice');
    expect(await broken(pact.finish())).toContain('used twice');
  });

  it('does not overwrite what another process has written meanwhile', async () => {
    const folder = pactFolder();
    const file = join(folder.pacts, 'hub-shop.json');
    await written(folder, 'before');
    const pact = messagePact(folder.options);
    await pact.expect('order.changed', { description: 'd', ...changedNeeds }, nothing);
    writeFileSync(`${file}.new`, '{}');
    renameSync(`${file}.new`, file);
    expect(await broken(pact.finish())).toMatch(/hub-shop\.json was written by another process/);
    expect(folder.text('hub-shop')).toBe('{}');
  });

  it('names the alternative that given values pick', async () => {
    const pact = messagePact(pactFolder().options);
    const refused = (description: string, customer: object) =>
      broken(
        pact.expect(
          'order.placed',
          { description, payload: { type: 'order.placed', customer } },
          nothing,
        ),
      );
    expect(await refused('a', { kind: 'person', vat: needed })).toMatch(
      /^"a": \/customer\/vat: the alternative that the given values pick .*\/customer\/oneOf\/0\)$/,
    );
    expect(await refused('b', { kind: 'none' })).toMatch(
      /^"b": \/customer\/kind: no delivery has this value: .*\(by .*\/kind; expected: .*; found: "none"\)$/,
    );
  });

  it('finishes once, after all that was begun, and not with nothing', async () => {
    const folder = pactFolder();
    const pact = messagePact(folder.options);
    expect(() => messagePact(folder.options)).toThrow('is being made already');
    expect(await broken(pact.finish())).toBe('no interaction was run');
    expect(await broken(pact.finish())).toBe('finish() was called before');
    expect(folder.pact('hub-shop')).toBeUndefined();
    const other = messagePact(folder.options);
    const running = other.expect(
      'order.changed',
      { description: 'slow', ...changedNeeds },
      nothing,
    );
    expect(await broken(other.finish())).toBe('"slow" was not waited for: await it');
    await running;
    const late = other.expect('order.changed', { description: 'late', ...changedNeeds }, nothing);
    expect(await broken(late)).toContain('finish() was called before');
  });

  it('Pact alone overwrites, and writes what a builder left half built', async () => {
    const dir = temporaryFolder();
    const pact = new PactV4({ consumer: 'hub', provider: 'shop', dir, logLevel: 'error' });
    const run = (description: string, content: object) =>
      pact
        .addAsynchronousInteraction()
        .expectsToReceive(description, (builder) => builder.withJSONContent(content))
        .executeTest(async () => {});
    await run('same', { first: 1 });
    await run('same', { second: 2 });
    expect(() => run('half', {})).toThrow();
    await run('next', { third: 3 });
    const { interactions } = JSON.parse(readFileSync(join(dir, 'hub-shop.json'), 'utf8'));
    expect(
      interactions.map((one: Record<string, { content?: unknown }>) => [
        one.description,
        one.contents?.content,
      ]),
    ).toEqual([
      ['half', undefined],
      ['next', { third: 3 }],
      ['same', { second: 2 }],
    ]);
  });
});

describe('verifyProducer', () => {
  const states = { known: nothing };
  const make = async (folder: ReturnType<typeof pactFolder>, given?: string) => {
    const pact = messagePact(folder.options);
    const expectation = given === undefined ? changedNeeds : { ...changedNeeds, given };
    await pact.expect('order.changed', { description: 'a change', ...expectation }, nothing);
    await pact.finish();
    const { cwd, spec, producer } = folder.options;
    return { cwd, spec, producer };
  };
  const title = 'contracts/pacts/hub-shop.json: "a change": ';

  it('runs the producer and says what it proved', async () => {
    const folder = pactFolder();
    const options = await make(folder, 'known');
    const asked: unknown[] = [];
    const produce = (one: unknown) => {
      asked.push(one);
      return { payload: { ...changed, id: '77' } };
    };
    expect(
      await verifyProducer({ ...options, states, messages: { 'order.changed': produce } }),
    ).toEqual({ interactions: 1 });
    expect(asked).toEqual([{ description: 'a change', states: [{ name: 'known', params: {} }] }]);
    expect(folder.proofs('hub-shop')).toEqual([
      ['a change', 'consumer'],
      ['a change', 'producer'],
    ]);
  });

  it.each<[string, () => unknown, string]>([
    [
      'throws',
      () => {
        throw new Error('no database');
      },
      'the handler of order.changed failed: no database',
    ],
    ['makes nothing', () => undefined, 'the handler of order.changed returned no payload'],
    [
      'makes another value',
      () => ({ payload: { ...changed, type: 'x' } }),
      'what was made breaks the document',
    ],
    [
      'lacks a member',
      () => ({ payload: { type: 'order.changed' } }),
      'The member "id" is missing',
    ],
    [
      'has a member that is unknown',
      () => ({ payload: { ...changed, more: 1 } }),
      'does not know: /more',
    ],
  ])('is broken by a producer that %s', async (_, produce, text) => {
    const folder = pactFolder();
    const options = await make(folder);
    const messages = { 'order.changed': produce as never };
    const said = await broken(verifyProducer({ ...options, messages }));
    expect(said).toContain(title);
    expect(said).toContain(text);
    expect(folder.proofs('hub-shop')).toEqual([['a change', 'consumer']]);
  });

  it('is broken by a valid delivery that the pact does not allow', async () => {
    const folder = pactFolder();
    const pact = messagePact(folder.options);
    const payload = { type: 'order.changed', id: '1' };
    const expectation = { description: 'a change', operation: 'sendOrders', payload };
    await pact.expect('order.changed', expectation, nothing);
    await pact.finish();
    const produce = () => ({ payload: { ...changed, id: '2' } });
    const work = verifyProducer({
      ...folder.options,
      consumer: 'hub',
      messages: { 'order.changed': produce },
    });
    expect(await broken(work)).toMatch(/"a change": \$\.id: .*'2'.*'1'/);
  });

  it('is broken by handlers that are missing, and by states that are missing or throw', async () => {
    const options = await make(pactFolder(), 'known');
    const messages = { 'order.changed': () => ({ payload: changed }) };
    expect(await broken(verifyProducer({ ...options, messages: {}, states }))).toBe(
      `${title}no handler makes the message "order.changed"`,
    );
    expect(await broken(verifyProducer({ ...options, messages, states: { knwon: nothing } }))).toBe(
      `${title}no handler brings about the state "known" (there is "knwon")`,
    );
    const failing = { known: () => Promise.reject(new Error('no table')) };
    expect(await broken(verifyProducer({ ...options, messages, states: failing }))).toBe(
      `${title}the state "known" failed: no table`,
    );
    const stray = verifyProducer({
      ...options,
      states,
      messages: { ...messages, 'order.chnged': messages['order.changed'] },
    });
    await expect(stray).rejects.toThrow('did you mean order.changed?');
  });

  it('is broken by nothing to verify', async () => {
    const folder = pactFolder();
    const options = await make(folder);
    const messages = { 'order.changed': () => ({ payload: changed }) };
    expect(await broken(verifyProducer({ ...options, consumer: 'other', messages }))).toContain(
      'contracts/pacts: no pact has the provider shop and the consumer other',
    );
    const pact = folder.pact('hub-shop');
    writeFileSync(
      join(folder.pacts, 'hub-shop.json'),
      JSON.stringify({ ...pact, interactions: [] }),
    );
    expect(await broken(verifyProducer({ ...options, messages }))).toContain('has no interactions');
  });

  it('Pact alone takes a producer that throws, and a state that is missing, for {}', async () => {
    const dir = temporaryFolder();
    const pact = new PactV4({ consumer: 'hub', provider: 'shop', dir, logLevel: 'error' });
    const any = { 'pact:matcher:type': 'type', value: {} };
    await pact
      .addAsynchronousInteraction()
      .given('missing')
      .expectsToReceive('any', (builder) => builder.withJSONContent(any))
      .executeTest(async () => {});
    const verifier = new Verifier({
      provider: 'shop',
      logLevel: 'error',
      pactUrls: [join(dir, 'hub-shop.json')],
      messageProviders: { any: () => Promise.reject(new Error('no database')) },
    });
    await expect(verifier.verifyProvider()).resolves.toContain('"result":true');
  });
});

describe('httpPact', () => {
  const credentials = { secrets: [SECRET] };
  const orders = { description: 'a change', operation: 'sendOrders', payload: changed };

  it('writes the request that was sent, its signature by form', async () => {
    const folder = pactFolder();
    const pact = httpPact({ ...folder.options, ...credentials });
    const statuses: number[] = [];
    const headers = { 'X-Attempt': '1' };
    await pact.deliver(
      'order.placed',
      { description: 'an order', given: 'a shop', payload: placed, headers, status: 202 },
      async (url) => {
        expect(new URL(url).pathname).toBe('/v1/orders');
        statuses.push(await send(url, placed, { 'x-attempt': '1' }));
      },
    );
    await pact.finish();
    expect(statuses).toEqual([202]);
    const { consumer, provider, interactions } = folder.pact('shop-hub');
    expect([consumer.name, provider.name]).toEqual(['shop', 'hub']);
    expect(interactions).toEqual([
      {
        type: 'Synchronous/HTTP',
        pending: false,
        description: 'an order',
        comments: {
          references: { AsyncAPI: { operationId: 'sendOrders', messageId: 'order.placed' } },
        },
        providerStates: [{ name: 'a shop' }],
        request: {
          method: 'POST',
          path: '/v1/orders',
          headers: {
            'Content-Type': ['application/json'],
            'X-Attempt': ['1'],
            'X-Signature': ['0'.repeat(64)],
          },
          body: { content: placed, contentType: 'application/json', encoded: false },
          matchingRules: {
            header: {
              'X-Signature': {
                combine: 'AND',
                matchers: [{ match: 'regex', regex: '^[0-9A-Fa-f]{64}$' }],
              },
            },
          },
        },
        response: { status: 202 },
      },
    ]);
    expect(folder.proofs('shop-hub')).toEqual([['an order', 'producer']]);
  });

  it.each<[string, (url: string) => unknown, string]>([
    [
      'is not signed',
      (url) => fetch(url, { method: 'POST', body: JSON.stringify(changed) }),
      'The header "X-Signature" is missing',
    ],
    [
      'is signed wrongly',
      (url) => send(url, changed, { 'x-signature': '0'.repeat(64) }),
      'does not fit the request',
    ],
    [
      'has another value',
      (url) => send(url, { ...changed, id: '2' }),
      `"a change": the request is not the one expected: $.id: Expected '2'`,
    ],
    [
      'has an unknown member',
      (url) => send(url, { ...changed, more: 1 }),
      'does not know the member /more',
    ],
    ['breaks the document', (url) => send(url, { ...changed, id: 1 }), 'the request is refused'],
    ['is another message', (url) => send(url, { type: 'order.pinged' }), 'not order.changed'],
    [
      'has another content type',
      (url) => send(url, changed, { 'content-type': 'text/plain' }),
      'Content-Type',
    ],
    [
      'goes elsewhere',
      (url) => send(`${url}/more`, changed),
      'went elsewhere (expected: POST /v1/orders; found: POST /v1/orders/more)',
    ],
    ['is not sent', nothing, 'no request was sent'],
    ['is not waited for', (url) => void send(url, changed).catch(nothing), 'return or await'],
    [
      'is sent twice',
      async (url) => [await send(url, changed), await send(url, changed)],
      '2 requests were sent',
    ],
    [
      'comes from a sender that fails',
      async (url) => {
        await send(url, changed);
        throw new Error('no log');
      },
      'send failed: no log',
    ],
  ])('refuses a request that %s', async (_, sender, text) => {
    const folder = pactFolder();
    const pact = httpPact({ ...folder.options, ...credentials });
    expect(await broken(pact.deliver('order.changed', orders, sender))).toContain(text);
    expect(await broken(pact.finish())).toContain('"a change"');
    expect(folder.pact('shop-hub')).toBeUndefined();
  });

  it('refuses to expect what the document does not allow', async () => {
    const pact = httpPact({ ...pactFolder().options, ...credentials });
    const refused = (name: string, payload: unknown, description: string) =>
      broken(pact.deliver(name, { description, operation: 'sendOrders', payload }, nothing));
    expect(await refused('order.changed', { ...changed, id: 1 }, 'a')).toBe(
      '"a": the delivery expected breaks the document: The value has the wrong type. (payload /id; expected: string; found: 1)',
    );
    expect(await refused('order.changed', { id: '1' }, 'd')).toBe(
      '"d": the delivery expected breaks the document: The member "type" is missing. (payload)',
    );
    expect(await refused('order.changed', { ...changed, more: 1 }, 'b')).toContain(
      'does not know: /more',
    );
    // The header that it demands is not among those expected.
    expect(await refused('order.placed', placed, 'c')).toContain('X-Attempt');
  });

  it('takes a media type in any case, with parameters', async () => {
    const pact = httpPact({ ...pactFolder().options, ...credentials });
    for (const type of ['Application/JSON', 'application/json; charset=utf-8']) {
      await pact.deliver('order.changed', { ...orders, description: type }, (url) =>
        send(url, changed, { 'content-type': type }),
      );
    }
    await pact.finish();
  });

  it('refuses options that there are not, and headers that Pact would take for rules', async () => {
    const { options } = pactFolder();
    expect(() => httpPact({ ...options, secret: SECRET } as never)).toThrow(
      'httpPact: there is no option "secret" (did you mean secrets?)',
    );
    const pact = httpPact({ ...options, ...credentials });
    const stray = { ...orders, state: 'a shop' } as never;
    expect(await broken(pact.deliver('order.changed', stray, nothing))).toContain(
      'deliver: there is no option "state" (',
    );
    const headers = { 'X-Attempt': '1', 'X-Shop': '{"a":1}' };
    const expectation = { description: 'an order', payload: placed, headers };
    const work = pact.deliver('order.placed', expectation, (url) => send(url, placed, headers));
    expect(await broken(work)).toContain('the header X-Shop: Pact takes a JSON object for a rule');
  });

  it('wants what the document demands, and a status that counts as delivered', async () => {
    const { options } = pactFolder();
    expect(() => httpPact(options)).toThrow('X-Signature: give "secrets"');
    const pact = httpPact({ ...options, ...credentials });
    const work = pact.deliver('order.changed', { ...orders, status: 500 }, (url) =>
      send(url, changed),
    );
    expect(await broken(work)).toContain('the status 500 does not count as delivered');
  });
});

describe('verifyConsumer', () => {
  const sent = async (payload: { type: string; id: string }, given?: string) => {
    const folder = pactFolder();
    const pact = httpPact({ ...folder.options, secrets: [SECRET] });
    const expectation = { description: 'a change', operation: 'sendOrders', payload };
    await pact.deliver(
      'order.changed',
      given === undefined ? expectation : { ...expectation, given },
      (url) => send(url, payload),
    );
    await pact.finish();
    const { cwd, spec, consumer } = folder.options;
    return { folder, options: { cwd, spec, consumer } };
  };

  it('signs what reaches the consumer, however large, and whatever proxy is set', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9');
    vi.stubEnv('http_proxy', 'http://127.0.0.1:9');
    const { folder, options } = await sent({ ...changed, id: 'ü'.repeat(100_000) }, 'known');
    const consumer = await startConsumer();
    const done: unknown[] = [];
    const states = { known: (params: unknown) => done.push(params) };
    const verified = await verifyConsumer({
      ...options,
      url: consumer.url,
      secret: SECRET,
      states,
    });
    consumer.close();
    expect(verified).toEqual({ interactions: 1 });
    expect(done).toEqual([{}]);
    // The first one bears a signature of other bytes, the second one none.
    expect(consumer.seen).toHaveLength(3);
    for (const { path, bytes, headers } of consumer.seen) {
      expect({ path, bytes }).toEqual({ path: '/in/v1/orders', bytes: 200_032 });
      expect(Object.keys(headers)).not.toContain('x-webhook-contracts-interaction');
    }
    expect(folder.proofs('shop-hub')).toEqual([
      ['a change', 'consumer'],
      ['a change', 'producer'],
    ]);
  });

  it('is broken by another status, another secret, and a consumer that is not there', async () => {
    const { folder, options } = await sent(changed);
    const consumer = await startConsumer(204);
    const { url } = consumer;
    const title = 'contracts/pacts/shop-hub.json: "a change": ';
    expect(await broken(verifyConsumer({ ...options, url, secret: SECRET }))).toBe(
      `${title}the consumer answered 204, expected is 200`,
    );
    expect(await broken(verifyConsumer({ ...options, url, secret: 'another secret' }))).toBe(
      `${title}the consumer answered 401, expected is 200: not signed`,
    );
    expect(await broken(verifyConsumer({ ...options, url }))).toContain(
      'the request bears X-Signature, and no secret was given',
    );
    consumer.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await broken(verifyConsumer({ ...options, url, secret: SECRET }))).toContain(
      'could not be sent',
    );
    expect(folder.proofs('shop-hub')).toEqual([['a change', 'producer']]);
  });

  it('is broken by states that are missing or throw, before anything is sent', async () => {
    const { options } = await sent(changed, 'known');
    const consumer = await startConsumer();
    const { url, seen } = consumer;
    const run = (states: object) =>
      verifyConsumer({ ...options, url, secret: SECRET, states: { ...states } });
    expect(await broken(run({}))).toContain('no handler brings about the state "known"');
    const failing = {
      known: () => {
        throw new Error('no table');
      },
    };
    expect(await broken(run(failing))).toContain('the state "known" failed: no table');
    consumer.close();
    expect(seen).toEqual([]);
  });
});

it('has types that find mistakes', () => {
  // Only compiled, never run.
  const types = async () => {
    const pact = messagePact<typeof mews>({ spec: 'mews', consumer: 'hub', producer: 'mews' });
    const description = 'd';
    await pact.expect('booking.status.updated', { description, payload: needed }, nothing);
    await pact.expect(
      'booking.status.updated',
      { description, payload: { data: { attributes: { status: 'seated' }, id: needed } } },
      ({ message, payload, headers, status }) => {
        message satisfies 'booking.status.updated';
        ({ kind: 'message', message, payload, headers, status }) satisfies ReceivedMessage;
        payload.data.attributes.status satisfies string;
        // @ts-expect-error There is no such member.
        payload.date;
      },
    );
    await verifyProducer<typeof mews>({
      spec: 'mews',
      producer: 'mews',
      messages: {
        // @ts-expect-error The payload lacks members.
        'booking.status.updated': () => ({ payload: { data: {} } }),
      },
    });
    await verifyProducer<typeof mews>({
      spec: 'mews',
      producer: 'mews',
      // @ts-expect-error There is no such message.
      messages: { 'booking.gone': () => ({ payload: {} }) },
    });
    // @ts-expect-error There is no such message.
    await pact.expect('booking.gone', { description, payload: needed }, nothing);
    await pact.expect(
      'booking.status.updated',
      // @ts-expect-error There is no such member.
      { description, payload: { date: needed } },
      nothing,
    );
    await pact.expect(
      'booking.status.updated',
      // @ts-expect-error There is no such status.
      { description, payload: { data: { attributes: { status: 'x' } } } },
      nothing,
    );
    await pact.expect(
      'booking.status.updated',
      // @ts-expect-error It is a text.
      { description, payload: { data: { id: 1 } } },
      nothing,
    );
    const http = httpPact<typeof mews>({ spec: 'mews', consumer: 'hub', producer: 'mews' });
    // @ts-expect-error The payload lacks members.
    await http.deliver('booking.status.updated', { description, payload: { data: {} } }, nothing);
    type Lists = readonly [
      { name: 'l'; examples: readonly { payload?: { list: { a: string }[] } }[] },
    ];
    const lists = messagePact<Lists>({ spec: 's', consumer: 'c', producer: 'p' });
    await lists.expect('l', { description, payload: { list: each({ a: needed }) } }, nothing);
    await lists.expect(
      'l',
      // @ts-expect-error Items have no such member.
      { description, payload: { list: each({ a: needed, b: needed }) } },
      nothing,
    );
  };
  expect(types).toBeTypeOf('function');
  expect(mews.length).toBeGreaterThan(0);
});
