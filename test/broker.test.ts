/**
 * A broker between both sides: pact-cli publishes and asks, the library verifies real code and publishes results, and
 * what docs/broker.md prints works.
 */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mewsMessages, verifyHub, verifyMews } from './broker/both-sides.js';
import { type BrokerDouble, startBroker } from './broker/broker-double.js';
import { pactBroker, pactRepository, verifyByPact } from './broker/pact-clients.js';
import { DESCRIPTION, writeMessagePact, writePacts } from './broker/sample-pacts.js';
import { verifyByEnvironment } from './broker/verify-by-environment.js';
import { inRepository } from './support/repository.js';
import { runProgram } from './support/run-program.js';

let double: BrokerDouble;
let folder: string;

beforeEach(async () => {
  double = await startBroker();
  folder = pactRepository();
  await writePacts(folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await double.stop();
  expect(double.unexpected).toEqual([]);
});

const run = (...args: readonly string[]) => pactBroker(folder, double.url, args);
const publish = (version: string) =>
  run('publish', 'contracts/pacts', '--consumer-app-version', version, '--branch', 'main');
const version = (pacticipant: string, number: string) => [
  ...['--pacticipant', pacticipant, '--version', number],
];
const canDeploy = async (pacticipant: string, number: string) => {
  const asked = [...version(pacticipant, number), '--to-environment', 'production'];
  const { code } = await run('can-i-deploy', ...asked);
  const json = await run('can-i-deploy', ...asked, '--output', 'json');
  // Whatever the answer is: only the plain form tells it by its exit code.
  expect(json.code).toBe(0);
  return { code, ...JSON.parse(json.stdout).summary };
};
const deploy = async (pacticipant: string, number: string, environment = 'production') => {
  const asked = [...version(pacticipant, number), '--environment', environment];
  return (await run('record-deployment', ...asked)).code;
};
const publishAs = (number: string) => ({
  url: double.url,
  publish: { version: number, branch: 'main' },
});

describe('publish', () => {
  it('publishes every pact of a folder, as a version of its consumer on a branch', async () => {
    const { code, stdout, stderr } = await publish('1.0.0');
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain('Warning');
    const pacts = double.state.pacts.toSorted((a, b) => (a.consumer < b.consumer ? -1 : 1));
    expect(pacts).toMatchObject([
      { consumer: 'mews', consumerVersion: '1.0.0', provider: 'reservation-hub' },
      { consumer: 'reservation-hub', consumerVersion: '1.0.0', provider: 'mews' },
    ]);
    expect([...(double.state.branchesOf('mews', '1.0.0') ?? [])]).toEqual(['main']);
  });

  it('takes the same content of a version again, and refuses another', async () => {
    await publish('1.0.0');
    expect((await publish('1.0.0')).code).toBe(0);
    const before = [...double.state.pacts];

    await writeMessagePact(folder, false);
    const { code, stdout, stderr } = await publish('1.0.0');
    expect(code).toBe(1);
    expect(stdout + stderr).toContain('Cannot change the content of the pact for reservation-hub');
    expect(double.asked.at(-1)).toMatchObject({ path: '/contracts/publish', status: 409 });
    expect(double.state.pacts).toEqual(before);
    expect((await publish('1.0.1')).code).toBe(0);
  });

  it.each([['publish'], ['can-i-deploy']])(
    'ends %s at once where there is no broker',
    async (command) => {
      const nowhere = await startBroker();
      await nowhere.stop();
      const args =
        command === 'publish'
          ? ['publish', 'contracts/pacts', '--consumer-app-version', '1']
          : [command, ...version('mews', '1'), '--to-environment', 'production'];
      const started = Date.now();
      const { code } = await pactBroker(folder, nowhere.url, [...args, '--retries', '0']);
      expect(code).not.toBe(0);
      expect(Date.now() - started).toBeLessThan(20_000);
    },
  );

  it('shows the credentials of the environment, and fails without them', async () => {
    const closed = await startBroker('Bearer a token');
    const args = ['publish', 'contracts/pacts', '--consumer-app-version', '1', '--retries', '0'];
    expect((await pactBroker(folder, closed.url, args)).code).not.toBe(0);
    expect(closed.state.pacts).toEqual([]);
    const shown = { PACT_BROKER_TOKEN: 'a token' };
    expect((await pactBroker(folder, closed.url, args, shown)).code).toBe(0);
    expect(closed.state.pacts).toHaveLength(2);
    await closed.stop();
  });
});

describe('can-i-deploy', () => {
  it('follows the verification of a producer', async () => {
    await publish('1.0.0');
    // Nothing of mews is in production.
    expect(await canDeploy('reservation-hub', '1.0.0')).toMatchObject({
      code: 1,
      deployable: null,
      unknown: 1,
    });

    expect(await verifyMews(publishAs('2.0.0'), false)).toContain(`"${DESCRIPTION}": $.data`);
    expect(await deploy('mews', '2.0.0')).toBe(0);
    expect(await canDeploy('reservation-hub', '1.0.0')).toMatchObject({
      code: 1,
      deployable: false,
      failed: 1,
    });

    expect(await verifyMews(publishAs('2.0.1'))).toBe('');
    // Verified, but what is in production is still the version that failed.
    expect(await canDeploy('reservation-hub', '1.0.0')).toMatchObject({ code: 1, failed: 1 });
    expect(await deploy('mews', '2.0.1', 'test')).toBe(0);
    expect(await canDeploy('reservation-hub', '1.0.0')).toMatchObject({ code: 1, failed: 1 });
    expect(await deploy('mews', '2.0.1')).toBe(0);
    expect(await canDeploy('reservation-hub', '1.0.0')).toMatchObject({
      code: 0,
      deployable: true,
      success: 1,
    });
    expect([...(double.state.branchesOf('mews', '2.0.1') ?? [])]).toEqual(['main']);
  });

  it('asks what is in production of a producer, too', async () => {
    await publish('1.0.0');
    expect(await verifyMews(publishAs('2.0.0'), false)).not.toBe('');
    // Nobody in production needs anything of it yet.
    expect(await canDeploy('mews', '2.0.0')).toMatchObject({ code: 0, deployable: true });
    await deploy('reservation-hub', '1.0.0');
    expect(await canDeploy('mews', '2.0.0')).toMatchObject({ code: 1, deployable: false });
  });

  it('follows the verification of a consumer, which runs', async () => {
    await publish('1.0.0');
    const said = await verifyHub(publishAs('3.0.0'), 'another secret');
    expect(said).toMatch(/the consumer answered 401, expected is 20\d/);
    await deploy('reservation-hub', '3.0.0');
    expect(await canDeploy('mews', '1.0.0')).toMatchObject({ code: 1, failed: 1 });

    expect(await verifyHub(publishAs('3.0.1'))).toBe('');
    await deploy('reservation-hub', '3.0.1');
    expect(await canDeploy('mews', '1.0.0')).toMatchObject({ code: 0, success: 1 });
  });

  it('says no to a version that the broker does not know', async () => {
    await publish('1.0.0');
    expect(await canDeploy('mews', '9.9.9')).toMatchObject({ code: 1, deployable: false });
    expect(await deploy('mews', '9.9.9')).not.toBe(0);
  });
});

describe('the double', () => {
  it("satisfies Pact's own Verifier, which reads, verifies and publishes", async () => {
    await publish('1.0.0');
    const verify = (providerVersion: string, isAvailable: boolean) =>
      verifyByPact({
        provider: 'mews',
        pactBrokerUrl: double.url,
        consumerVersionSelectors: [{ mainBranch: true }, { deployedOrReleased: true }],
        failIfNoPactsFound: true,
        publishVerificationResult: true,
        providerVersion,
        providerVersionBranch: 'main',
        messageProviders: {
          [DESCRIPTION]: async () => ({ data: { id: 'any', attributes: { isAvailable } } }),
        },
      });
    expect(await verify('2.0.0', false)).toBe(false);
    expect(await verify('2.0.1', true)).toBe(true);
    expect(double.state.results).toMatchObject([
      { provider: 'mews', providerVersion: '2.0.0', success: false },
      { provider: 'mews', providerVersion: '2.0.1', success: true },
    ]);
    expect([...(double.state.branchesOf('mews', '2.0.1') ?? [])]).toEqual(['main']);
    await deploy('mews', '2.0.1');
    expect(await canDeploy('reservation-hub', '1.0.0')).toMatchObject({ code: 0, success: 1 });
  });

  it('answers what it does not know with 404, and keeps it', async () => {
    const other = await startBroker();
    expect((await fetch(`${other.url}/webhooks`)).status).toBe(404);
    expect(other.unexpected).toEqual(['GET /webhooks']);
    await other.stop();
  });
});

describe('docs/broker.md', () => {
  const text = readFileSync(inRepository('docs/broker.md'), 'utf8');
  const commands = [...new Set(text.match(/(?<=^|run: )npx --no pact-broker .*$/gm))];

  it('prints commands and code that work', async () => {
    expect(commands.map((one) => one.split(' ')[3])).toEqual(
      expect.arrayContaining(['publish', 'can-i-deploy', 'record-deployment']),
    );
    // Every mention of the program is a command that is run below.
    expect(text.match(/pact-broker (publish|can-i|record)/g)).toHaveLength(
      [...text.matchAll(/(^|run: )npx --no pact-broker /gm)].length,
    );
    await publish('0.9.0');
    const env = { PACT_BROKER_BASE_URL: double.url, GIT_BRANCH: 'main' };
    vi.stubEnv('PACT_BROKER_BASE_URL', double.url);
    vi.stubEnv('CI', 'true');
    vi.stubEnv('GIT_COMMIT', '9e8d7c6');
    vi.stubEnv('GIT_BRANCH', 'main');
    await verifyByEnvironment(mewsMessages(true));
    expect(await deploy('mews', '9e8d7c6')).toBe(0);

    for (const command of commands) {
      const { code, stdout, stderr } = await runProgram('sh', ['-c', command], {
        cwd: folder,
        env: { ...env, GIT_COMMIT: '4f2a9c1' },
      });
      expect({ command, code, text: code === 0 ? '' : stdout + stderr }).toEqual({
        command,
        code: 0,
        text: '',
      });
    }
    expect(double.state.pactOf('reservation-hub', '4f2a9c1', 'mews')).toBeDefined();
    expect(double.state.pactOf('mews', '4f2a9c1', 'reservation-hub')).toBeUndefined();
  });

  it('prints the code that was run', () => {
    const [, printed] = /^```ts\n(.*?)^```$/ms.exec(text) ?? [];
    const source = readFileSync(inRepository('test/broker/verify-by-environment.ts'), 'utf8');
    const [, body = ''] = /Promise<void> \{\n(.*)^\}$/ms.exec(source) ?? [];
    expect(printed).toContain('verifyProducer');
    expect(printed).toBe(body.replace(/^ {2}/gm, ''));
  });
});
