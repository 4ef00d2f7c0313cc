import { CannotRun } from '../problems/problem.js';
import { isObject, member } from '../spec/positions.js';
import { askBroker, type BrokerAddress, checkAddress, linkIn, nameOf } from './ask-broker.js';
import { checkOptions } from './check-options.js';
import { ContractBroken, reasonOf } from './contract-broken.js';
import { interactionsOf } from './interaction.js';
import { type PactQuery, type PactToVerify, selected } from './pacts-to-verify.js';
import type { JsonValue } from './state.js';

/** A Pact Broker, what is asked of it, and what it is told. */
export interface Broker extends BrokerAddress {
  /** Which versions of consumers; by default those of their main branch, and those that are deployed or released. */
  readonly selectors?: readonly Readonly<Record<string, JsonValue>>[];
  /** Publishes results for this version of the side that is verified. */
  readonly publish?: { readonly version: string; readonly branch?: string } | undefined;
}

const OPTIONS: Readonly<Record<keyof Broker, true>> = {
  url: true,
  token: true,
  username: true,
  password: true,
  selectors: true,
  publish: true,
};

const DEFAULT_SELECTORS = [{ mainBranch: true }, { deployedOrReleased: true }];

/**
 * Fetches the pacts that a provider is to be verified by. Throws `ContractBroken` where there is none, or the broker
 * does not give them; `CannotRun` where the options are wrong.
 */
export async function pactsFromBroker(query: PactQuery, broker: Broker): Promise<PactToVerify[]> {
  checkBroker(broker);
  const { selectors = DEFAULT_SELECTORS, publish } = broker;
  const matching = publish?.branch === undefined ? [] : [{ matchingBranch: true }];
  const found: PactToVerify[] = [];
  try {
    const index = await askBroker(broker, 'GET', broker.url);
    const list = await askBroker(
      broker,
      'POST',
      linkIn(index, 'pb:provider-pacts-for-verification', { provider: query.provider }),
      {
        consumerVersionSelectors: [...selectors, ...matching],
        ...(publish?.branch === undefined ? {} : { providerVersionBranch: publish.branch }),
      },
    );
    const entries = member(member(list, '_embedded'), 'pacts');
    for (const entry of Array.isArray(entries) ? entries : []) {
      const title = linkIn(isObject(entry) ? entry : {}, 'self');
      const json = await askBroker(broker, 'GET', title);
      found.push({ title, file: undefined, json, interactions: interactionsOf(json) });
    }
  } catch (error) {
    throw new ContractBroken([`${nameOf(broker)}: ${reasonOf(error)}`]);
  }
  return selected(found, query, nameOf(broker));
}

/** Publishes whether a pact is kept; returns what went wrong, which Pact itself would only log. */
export async function publishResults(
  { json, title }: PactToVerify,
  provider: string,
  broker: Broker,
  success: boolean,
): Promise<string[]> {
  const { publish } = broker;
  if (publish === undefined) return [];
  const { version, branch } = publish;
  try {
    if (branch !== undefined) {
      const index = await askBroker(broker, 'GET', broker.url);
      const names = { pacticipant: provider, branch, version };
      await askBroker(broker, 'PUT', linkIn(index, 'pb:pacticipant-branch-version', names), {});
    }
    await askBroker(broker, 'POST', linkIn(json, 'pb:publish-verification-results'), {
      success,
      providerApplicationVersion: version,
      verifiedBy: { implementation: 'webhook-contracts' },
    });
    return [];
  } catch (error) {
    return [`${title}: the result was not published: ${reasonOf(error)}`];
  }
}

/** Checks the options, so that a run without a version ends before anything is verified. */
function checkBroker(broker: Broker): void {
  checkOptions('the option "broker"', broker, OPTIONS);
  checkAddress(broker);
  const { publish } = broker;
  if (publish === undefined) return;
  checkOptions('the option "broker.publish"', publish, { version: true, branch: true });
  if (typeof publish.version !== 'string') throw new CannotRun('broker.publish.version is missing');
  if (publish.version.trim() === '') throw new CannotRun('broker.publish.version is empty');
  if (publish.branch?.trim() === '') throw new CannotRun('broker.publish.branch is empty');
}
