/** The library's own calls to a broker: what it asks and tells, that nothing fails in silence, and who sees credentials. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Broker } from '../scripts/pact/index.js';
import { CannotRun } from '../scripts/problems/problem.js';
import { verifyHub, verifyMews } from './broker/both-sides.js';
import { type BrokerDouble, startBroker } from './broker/broker-double.js';
import { contentSha } from './broker/broker-state.js';
import { readSample } from './broker/sample-pacts.js';

let double: BrokerDouble;
let broker: Broker;

beforeEach(async () => {
  double = await startBroker();
  broker = { url: double.url, publish: { version: '2.0.0', branch: 'feature' } };
  await addPact('1.0.0', 'main');
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await double.stop();
  expect(double.unexpected).toEqual([]);
});

async function addPact(consumerVersion: string, branch: string, isAvailable = true) {
  const content = await readSample(isAvailable);
  const [consumer, provider] = ['reservation-hub', 'mews'];
  double.state.addVersion(consumer, consumerVersion, branch);
  if (!double.state.versions.has(provider)) double.state.versions.set(provider, new Map());
  const sha = contentSha(content);
  double.state.pacts.push({ consumer, consumerVersion, provider, sha, content });
}
const failOn = (method: string, part: string, status: number, body?: unknown) => {
  double.interfere = (asked, path) =>
    asked === method && path.includes(part) ? { status, body: body ?? { error: 'no' } } : undefined;
};
const calls = () => double.asked.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);

describe('what is asked and told', () => {
  it('is the pacts of main, of what is deployed and of the own branch, and a result of each', async () => {
    await addPact('1.1.0', 'feature', false);
    await addPact('1.2.0', 'other', false);
    const said = await verifyMews(broker);
    // That of main is kept, that of the branch is not; the third one is the same as the second.
    expect(said.match(/\$\.data/g)).toHaveLength(1);
    const asked = double.asked.find(({ path }) => path.endsWith('/for-verification'));
    expect(asked?.body).toEqual({
      consumerVersionSelectors: [
        { mainBranch: true },
        { deployedOrReleased: true },
        { matchingBranch: true },
      ],
      providerVersionBranch: 'feature',
    });
    expect(double.state.results).toMatchObject([
      { providerVersion: '2.0.0', success: true },
      { providerVersion: '2.0.0', success: false },
    ]);
    expect([...(double.state.branchesOf('mews', '2.0.0') ?? [])]).toEqual(['feature']);
  });

  it('is what the selectors say, where there are some', async () => {
    await addPact('1.1.0', 'next', false);
    double.state.deploy('reservation-hub', '1.1.0', 'anywhere');
    const selectors = [{ deployedOrReleased: true }];
    expect(await verifyMews({ url: double.url, selectors }, false)).toBe('');
    expect(double.asked[1]?.body).toEqual({ consumerVersionSelectors: selectors });
  });

  it('is no result where nothing is to be published', async () => {
    expect(await verifyMews({ url: double.url })).toBe('');
    expect(await verifyMews({ url: double.url, publish: undefined }, false)).not.toBe('');
    expect(new Set(calls().map((call) => call.split(' ')[0]))).toEqual(new Set(['GET', 'POST']));
    expect(calls()).not.toContain('POST verification-results');
    expect(double.state.results).toEqual([]);
  });

  it("comes from the broker given alone: Pact's Verifier would ask that of the environment, too", async () => {
    const other = await startBroker();
    vi.stubEnv('PACT_BROKER_BASE_URL', other.url);
    expect(await verifyMews(broker)).toBe('');
    expect(process.env.PACT_BROKER_BASE_URL).toBe(other.url);
    expect(other.asked).toEqual([]);
    await other.stop();
  });
});

describe('a failure', () => {
  it.each([
    ['POST', '/verification-results'],
    ['PUT', '/branches/feature/versions/2.0.0'],
  ])('is a result that is not taken: %s %s', async (method, part) => {
    failOn(method, part, 500);
    expect(await verifyMews(broker)).toMatch(
      /: the result was not published: \w+ \S+ was answered with 500 {"error":"no"}$/,
    );
    expect(double.state.results).toEqual([]);
    // Neither hides the other.
    expect(await verifyMews(broker, false)).toMatch(/\$\.data(.|\n)*\n\n.* not published/);
  });

  it('is a result that has nowhere to go', async () => {
    failOn('GET', '/pact-version/', 200, await readSample(true));
    expect(await verifyMews(broker)).toContain('it gives no link pb:publish-verification-results');
  });

  it('is a pact that verify refuses: nothing is run, and no result published', async () => {
    const [pact] = double.state.pacts;
    const content = JSON.parse(JSON.stringify(pact?.content));
    content.interactions[0].contents = {};
    const consumerVersion = '1.1.0';
    double.state.addVersion('reservation-hub', consumerVersion, 'feature');
    const sha = contentSha(content);
    if (pact !== undefined) double.state.pacts.push({ ...pact, consumerVersion, sha, content });
    const said = await verifyMews(broker, false);
    expect(said).toMatch(/\/pact-version\/\S+:\d+:\d+ error pact\.contents\.empty /);
    expect(said).not.toContain('$.data');
    expect(double.state.results).toEqual([]);
  });

  it('is a pact about another document, too: a result would be about all of it', async () => {
    const [pact] = double.state.pacts;
    const content = JSON.parse(JSON.stringify(pact?.content));
    const [interaction] = content.interactions;
    const link = { operationId: 'sendReservations', messageId: 'reservations' };
    const comments = { references: { AsyncAPI: link } };
    content.interactions.push({ ...interaction, description: 'another', comments });
    if (pact !== undefined) double.state.pacts.splice(0, 1, { ...pact, content });
    expect(await verifyMews(broker)).toContain(
      'no result is published, since it has interactions about other documents',
    );
    expect(double.state.results).toEqual([]);
  });

  it('is a broker without pacts of the side that is verified', async () => {
    const none = 'no pact has the provider mews and interactions of type Asynchronous/Messages';
    const selectors = [{ deployedOrReleased: true }];
    expect(await verifyMews({ url: double.url, selectors })).toBe(
      `the broker ${double.url}/: ${none}`,
    );
    expect(await verifyHub(broker)).toContain('no pact has the provider reservation-hub and');
    const empty = await startBroker();
    expect(await verifyMews({ url: empty.url })).toContain(
      'POST /pacts/provider/mews/for-verification was answered with 404',
    );
    await empty.stop();
    expect(double.state.results).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['text', 'hello', 'GET / was answered with no JSON object: is it a Pact Broker?'],
    ['another object', { name: 'x' }, 'it gives no link pb:provider-pacts-for-verification'],
  ])('is a server that is no broker and answers with %s', async (_, body, text) => {
    failOn('GET', '/', 200, body);
    expect(await verifyMews(broker)).toContain(`the broker ${double.url}/: ${text}`);
  });

  it('is a broker that is not there, or waits too long', async () => {
    const gone = await startBroker();
    await gone.stop();
    expect(await verifyMews({ url: gone.url })).toMatch(/^the broker \S+: GET \/: .*ECONNREFUSED/);

    const silent = createServer(() => {});
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const { timeout } = AbortSignal;
    const patience = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(100));
    expect(await verifyMews({ url })).toMatch(/^the broker \S+: GET \/: .*timeout/);
    expect(patience).toHaveBeenCalledWith(30_000);
    silent.closeAllConnections();
    silent.close();
  });
});

describe('credentials', () => {
  it.each<[Partial<Broker>, string | undefined]>([
    [{ token: 'secret', username: '' }, 'Bearer secret'],
    [{ username: 'ann', password: 'päss' }, `Basic ${btoa('ann:p\xc3\xa4ss')}`],
    [{ username: 'ann', token: undefined }, `Basic ${btoa('ann:')}`],
    [{ token: '' }, undefined],
  ])('%j go with every call', async (credentials, shown) => {
    expect(await verifyMews({ ...broker, ...credentials })).toBe('');
    expect(calls()).toEqual([
      'GET ',
      'POST for-verification',
      expect.stringMatching(/^GET [0-9a-f]{40}$/),
      'GET ',
      'PUT 2.0.0',
      'POST verification-results',
    ]);
    expect(new Set(double.asked.map(({ authorization }) => authorization))).toEqual(
      new Set([shown]),
    );
  });

  it('stay with the host of the broker', async () => {
    const other = await startBroker();
    const secret = { ...broker, token: 'secret' };
    double.interfere = () => ({ status: 302, headers: { Location: other.url } });
    expect(await verifyMews(secret)).toContain('GET / was answered with 302');
    const elsewhere = { _links: { 'pb:provider-pacts-for-verification': { href: other.url } } };
    double.interfere = () => ({ status: 200, body: elsewhere });
    expect(await verifyMews(secret)).toContain(`it leads to another host, ${other.url}`);
    expect(other.asked).toEqual([]);
    await other.stop();
  });

  it('are not shown where they are wrong, or a link holds some', async () => {
    const closed = await startBroker('Bearer right');
    const said = await verifyMews({ url: closed.url, token: 'wrong' });
    expect(said).toContain('GET / was answered with 401');
    expect(said).not.toContain('wrong');
    await closed.stop();
    const href = double.url.replace('//', '//ann:pass@');
    failOn('GET', '/', 200, { _links: { 'pb:provider-pacts-for-verification': { href } } });
    expect(await verifyMews(broker)).toBe(
      `the broker ${double.url}/: it gives a link with credentials`,
    );
    double.interfere = () => ({ status: 500 });
    expect(await verifyMews({ url: `${double.url}/?token=pass` })).not.toContain('pass');
  });
});

describe('options', () => {
  it.each<[string, Partial<Broker>, string]>([
    ['a token and a username', { token: 'secret', username: 'ann' }, 'not both'],
    ['a token that no header can hold', { token: 'sec\nret' }, 'no header can hold'],
    ['a token in the URL', { url: 'http://secret@127.0.0.1/' }, 'without credentials'],
    ['another URL', { url: 'file:///secret' }, 'an http or https URL'],
    ['no URL', { url: 'secret' }, 'an http or https URL'],
    ['an empty version', { publish: { version: ' ' } }, 'broker.publish.version is empty'],
    ['an empty branch', { publish: { version: '1', branch: '' } }, 'branch is empty'],
  ])('refuses %s before anything is asked, without showing it', async (_, wrong, text) => {
    const error = await verifyMews({ ...broker, ...wrong }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CannotRun);
    expect((error as Error).message).toContain(text);
    expect((error as Error).message).not.toMatch(/secret|sec\nret/);
    expect(double.asked).toEqual([]);
  });
});
