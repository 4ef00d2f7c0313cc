/** Results that a verification should have published are looked for, and the credentials stay with the broker. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Broker,
  brokerOptions,
  pactsToVerify,
  resultsArrived,
} from '../scripts/pact/broker.js';
import { CannotRun } from '../scripts/problems/problem.js';
import { type BrokerDouble, startBroker } from './broker/broker-double.js';
import { contentSha } from './broker/broker-state.js';
import { verifyMessages } from './broker/pact-clients.js';
import { messagePact } from './broker/sample-pacts.js';

const mews = { provider: 'mews', passed: true };
const name = 'Pact between reservation-hub (1.0.0) and mews';
let double: BrokerDouble;
let broker: Broker;

beforeEach(async () => {
  double = await startBroker();
  broker = publishAs('2.0.0');
  addPact('reservation-hub', 'r-1');
  double.state.addVersion('mews', '1.0.0');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await double.stop();
  expect(double.unexpected).toEqual([]);
});

const publishAs = (version: string): Broker => ({
  url: double.url,
  publish: { version, branch: 'main' },
});
function addPact(consumer: string, id: string) {
  const content = { ...JSON.parse(messagePact(id)), consumer: { name: consumer } };
  const sha = contentSha(content);
  double.state.addVersion(consumer, '1.0.0', 'main');
  double.state.pacts.push({ consumer, consumerVersion: '1.0.0', provider: 'mews', sha, content });
}
const failOn = (method: string, end: string, status = 500) => {
  double.interfere = (asked, path) =>
    asked === method && path.endsWith(end) ? { status, body: {} } : undefined;
};

describe('resultsArrived', () => {
  it('has nothing to say where they arrived', async () => {
    expect(await verifyMessages(broker, 'r-1')).toBe(true);
    expect(await resultsArrived(broker, mews)).toBeUndefined();
    expect(await verifyMessages(publishAs('2.0.1'), 'another')).toBe(false);
    expect(await resultsArrived(publishAs('2.0.1'), { ...mews, passed: false })).toBeUndefined();
  });

  it('asks nothing where nothing is published', async () => {
    expect(await verifyMessages({ url: double.url }, 'r-1')).toBe(true);
    const { length } = double.asked;
    expect(await resultsArrived({ url: double.url }, mews)).toBeUndefined();
    expect(double.asked).toHaveLength(length);
    expect(double.state.results).toEqual([]);
  });

  it('names what is missing where publishing failed, which the Verifier only logs', async () => {
    failOn('POST', '/verification-results');
    expect(await verifyMessages(broker, 'r-1')).toBe(true);
    expect(await resultsArrived(broker, mews)).toBe(
      `The broker has no result of mews 2.0.0 for: ${name}. Publishing it failed, or the pact arrived after the verification.`,
    );
  });

  it('does not take an earlier verdict for the new one', async () => {
    expect(await verifyMessages(broker, 'another')).toBe(false);
    failOn('POST', '/verification-results');
    expect(await verifyMessages(broker, 'r-1')).toBe(true);
    expect(await resultsArrived(broker, mews)).toContain('says that it failed for');

    double.interfere = () => undefined;
    expect(await verifyMessages(broker, 'r-1')).toBe(true);
    failOn('POST', '/verification-results');
    expect(await verifyMessages(broker, 'another')).toBe(false);
    expect(await resultsArrived(broker, { ...mews, passed: false })).toContain(
      'all say that it passed',
    );
  });

  it('finds the result where another version was verified since', async () => {
    await verifyMessages(broker, 'r-1');
    await verifyMessages(publishAs('2.0.1'), 'another');
    expect(await resultsArrived(broker, mews)).toBeUndefined();
    expect(await resultsArrived(publishAs('2.0.2'), mews)).toContain('no result of mews 2.0.2');
  });

  it('misses the branch where only that failed', async () => {
    await verifyMessages({ url: double.url, publish: { version: '2.0.0' } }, 'r-1');
    expect(await resultsArrived(broker, mews)).toBe(
      'The broker does not know that mews 2.0.0 is on the branch main.',
    );
  });

  it('looks at every pact, or at those of one consumer', async () => {
    await verifyMessages(broker, 'r-1');
    addPact('front-desk', 'r-2');
    expect(await resultsArrived(broker, mews)).toContain('front-desk');
    expect(await resultsArrived(broker, mews)).not.toContain('reservation-hub');
    expect(await resultsArrived(broker, { ...mews, consumer: 'reservation-hub' })).toBeUndefined();
    expect(await resultsArrived(broker, { ...mews, consumer: 'nobody' })).toBe(
      'The broker has no pact for mews to verify.',
    );
  });

  it('says where it could not ask', async () => {
    await verifyMessages(broker, 'r-1');
    failOn('GET', '/latest', 503);
    expect(await resultsArrived(broker, mews)).toMatch(
      /^Whether the results of mews 2\.0\.0 arrived is not known\. .* with 503\.$/,
    );
    const gone = await startBroker();
    await gone.stop();
    expect(await resultsArrived({ ...broker, url: gone.url }, mews)).toMatch(/ECONNREFUSED/);
    expect(await resultsArrived({ ...broker, url: 'broker' }, mews)).toMatch(/http or https URL/);
    double.interfere = () => ({ status: 200, body: 'hello' });
    expect(await resultsArrived(broker, mews)).toMatch(/other than a JSON object/);
    double.interfere = () => ({ status: 404 });
    expect(await resultsArrived(broker, mews)).toMatch(/is it a Pact Broker/);
  });

  it('does not wait for ever', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    expect(await resultsArrived({ ...broker, url, timeout: 100 }, mews)).toMatch(/timeout/);
    silent.closeAllConnections();
    silent.close();
  });
});

describe('credentials', () => {
  const basic = `Basic ${Buffer.from('ann:päss').toString('base64')}`;
  const given: readonly [Partial<Broker>, Record<string, string>, string][] = [
    [{ token: 'secret' }, {}, 'Bearer secret'],
    [{ username: 'ann', password: 'päss' }, {}, basic],
    [{ token: '' }, { PACT_BROKER_TOKEN: 'secret' }, 'Bearer secret'],
    [{ username: 'ann' }, { PACT_BROKER_PASSWORD: 'päss' }, basic],
  ];
  it.each(given)(
    '%j with %j are those that the Verifier shows',
    async (credentials, env, shown) => {
      for (const [variable, value] of Object.entries(env)) vi.stubEnv(variable, value);
      const own = { ...broker, ...credentials };
      await verifyMessages(own, 'r-1');
      const byVerifier = new Set(double.asked.map(({ authorization }) => authorization));
      const { length } = double.asked;
      expect(await resultsArrived(own, mews)).toBeUndefined();
      const bySelf = new Set(double.asked.slice(length).map(({ authorization }) => authorization));
      expect([...byVerifier, ...bySelf]).toEqual([shown, shown]);
    },
  );

  it('are refused where there are two kinds, given or in the environment', async () => {
    const both = { ...broker, token: 'secret', username: 'ann' };
    expect(() => brokerOptions(both)).toThrow(CannotRun);
    vi.stubEnv('PACT_BROKER_USERNAME', 'ann');
    expect(() => brokerOptions({ ...broker, token: 'secret' })).toThrow(CannotRun);
    expect(await resultsArrived({ ...broker, token: 'secret' }, mews)).toMatch(/one of them/);
    expect(double.asked).toEqual([]);
  });

  it('stay with the host of the broker', async () => {
    const other = await startBroker();
    const secret = { ...broker, token: 'secret' };
    double.interfere = () => ({ status: 302, headers: { Location: other.url } });
    expect(await resultsArrived(secret, mews)).toContain(`with 302, to ${other.url}.`);
    double.interfere = () => ({
      status: 200,
      body: { _links: { 'pb:provider-pacts-for-verification': { href: `${other.url}/x` } } },
    });
    expect(await resultsArrived(secret, mews)).toContain(`links to another host, ${other.url}.`);
    expect(other.asked).toEqual([]);
    await other.stop();
  });

  it('are never printed, and refused in an address', async () => {
    const refused = await startBroker('Bearer right');
    const wrong = { ...broker, url: refused.url, token: 'wrong' };
    const text = await resultsArrived(wrong, mews);
    expect(text).toContain('with 401');
    expect(text).not.toContain('wrong');
    const broken = await resultsArrived({ ...broker, token: 'sec\nret' }, mews);
    expect(broken).toMatch(/no header can hold\.$/);
    await refused.stop();

    const inAddress = { ...broker, url: double.url.replace('//', '//ann:pass@') };
    await expect(pactsToVerify(inAddress, mews)).rejects.toThrow(/without credentials/);
    expect(await resultsArrived(inAddress, mews)).not.toContain('pass@');
  });
});

describe('brokerOptions', () => {
  it('publishes only where that was asked for, and never under an empty version', () => {
    expect(brokerOptions({ url: 'https://broker.example.com' })).toEqual({
      pactBrokerUrl: 'https://broker.example.com',
      consumerVersionSelectors: [],
      failIfNoPactsFound: true,
    });
    expect(() => brokerOptions(publishAs(' '))).toThrow(CannotRun);
  });
});

describe('pactsToVerify', () => {
  it('reads the pacts that the Verifier would verify', async () => {
    addPact('front-desk', 'r-2');
    const pacts = await pactsToVerify(broker, { provider: 'mews' });
    expect(pacts.map(({ consumer }) => consumer)).toEqual(['reservation-hub', 'front-desk']);
    expect(pacts[0]).toMatchObject({ name, content: JSON.parse(messagePact()) });
    expect(await pactsToVerify(broker, { provider: 'nobody' })).toEqual([]);
  });
});
