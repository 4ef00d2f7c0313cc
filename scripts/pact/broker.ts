import type { JsonObject } from '../spec/model.js';
import { isObject, member } from '../spec/positions.js';
import { ContractBroken, reasonOf } from './contract-broken.js';
import { type PactQuery, type PactToVerify, selected } from './pacts-to-verify.js';
import type { JsonValue } from './state.js';

/** A Pact Broker, and how to be let in. */
export interface Broker {
  readonly url: string;
  readonly token?: string;
  readonly username?: string;
  readonly password?: string;
  /** Which versions of consumers; by default those of their main branch, and those that are deployed or released. */
  readonly selectors?: readonly Readonly<Record<string, JsonValue>>[];
  /** Publishes results for this version of the side that is verified. */
  readonly publish?: { readonly version: string; readonly branch?: string };
}

const DEFAULT_SELECTORS = [{ mainBranch: true }, { deployedOrReleased: true }];

/** How long the broker may take to answer. */
const PATIENCE_MS = 30_000;

/**
 * Fetches the pacts that a provider is to be verified by. Throws `ContractBroken` where there is none, or the broker
 * does not give them.
 */
export async function pactsFromBroker(query: PactQuery, broker: Broker): Promise<PactToVerify[]> {
  const { selectors = DEFAULT_SELECTORS, publish } = broker;
  const matching = publish?.branch === undefined ? [] : [{ matchingBranch: true }];
  const found: PactToVerify[] = [];
  try {
    const index = await call(broker, 'GET', broker.url);
    const list = await call(
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
      const address = linkIn(isObject(entry) ? entry : {}, 'self');
      const json = await call(broker, 'GET', address);
      found.push(...selected({ title: address, file: undefined, json }, query));
    }
  } catch (error) {
    if (error instanceof ContractBroken) throw error;
    throw new ContractBroken([`the broker ${broker.url}: ${reasonOf(error)}`]);
  }
  if (found.length > 0) return found;
  throw new ContractBroken([
    `the broker ${broker.url} has no pact of the provider ${query.provider} with interactions of type ${query.kind}`,
  ]);
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
      const index = await call(broker, 'GET', broker.url);
      const names = { pacticipant: provider, branch, version };
      await call(broker, 'PUT', linkIn(index, 'pb:pacticipant-branch-version', names), {});
    }
    await call(broker, 'POST', linkIn(json, 'pb:publish-verification-results'), {
      success,
      providerApplicationVersion: version,
      verifiedBy: { implementation: 'webhook-contracts' },
    });
    return [];
  } catch (error) {
    return [`${title}: the result was not published: ${reasonOf(error)}`];
  }
}

/** Returns the address of a link, its `{parameters}` filled in. https://datatracker.ietf.org/doc/html/rfc6570 */
function linkIn(
  resource: JsonObject,
  name: string,
  parameters: Readonly<Record<string, string>> = {},
): string {
  const href = member(member(resource._links, name), 'href');
  if (typeof href !== 'string') throw new Error(`it gives no link ${name}`);
  return Object.entries(parameters).reduce(
    (text, [key, value]) => text.replaceAll(`{${key}}`, encodeURIComponent(value)),
    href,
  );
}

async function call(
  broker: Broker,
  method: string,
  address: string,
  body?: object,
): Promise<JsonObject> {
  const url = new URL(address, broker.url);
  // What lets us in there must not be shown elsewhere.
  if (url.origin !== new URL(broker.url).origin) {
    throw new Error(`it leads to another host, ${url.origin}`);
  }
  const response = await fetch(url, {
    method,
    headers: {
      accept: 'application/hal+json, application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...authorization(broker),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(
      `${method} ${url.pathname} was answered with ${response.status} ${text.slice(0, 300)}`,
    );
  }
  const json: unknown = text.trim() === '' ? {} : JSON.parse(text);
  return isObject(json as never) ? (json as JsonObject) : {};
}

function authorization({ token, username, password }: Broker): Record<string, string> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (username === undefined) return {};
  const pair = Buffer.from(`${username}:${password ?? ''}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}
