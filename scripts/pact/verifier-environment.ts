import { isMainThread } from 'node:worker_threads';
import { CannotRun } from '../problems/problem.js';

/** What the environment holds by its names; undefined where a name is not set. */
type Variables = Readonly<Record<string, string | undefined>>;

/** By these Pact would read pacts from elsewhere, and leave out interactions of the one that it is given. */
const FOREIGN = [
  'PACT_BROKER_BASE_URL',
  'PACT_DESCRIPTION',
  'PACT_PROVIDER_STATE',
  'PACT_PROVIDER_NO_STATE',
] as const;

/**
 * Runs Pact's verifier with an environment that does not change what it verifies: without the variables by which it
 * chooses pacts and interactions, and with requests to this machine kept from a proxy. What was set is set again
 * afterwards. Throws `CannotRun` in a worker thread, whose environment is a copy that the verifier does not see, where a
 * proxy is set and this machine is not excepted.
 */
export function inVerifierEnvironment<T>(work: () => Promise<T>): Promise<T> {
  const none = Object.fromEntries(FOREIGN.map((name) => [name, undefined]));
  return withEnvironment({ ...none, ...proxyExceptions() }, work);
}

let users = 0;
let before: Variables = {};

/** Sets variables while work runs; where several works run at once, the first one's. */
async function withEnvironment<T>(variables: Variables, work: () => Promise<T>): Promise<T> {
  if (users === 0) {
    before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
    setVariables(variables);
  }
  users += 1;
  try {
    return await work();
  } finally {
    users -= 1;
    if (users === 0) setVariables(before);
  }
}

function setVariables(variables: Variables): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

const HERE = '127.0.0.1,localhost';

/** Returns what keeps requests to this machine from a proxy that the environment names; nothing where it names none. */
function proxyExceptions(): Variables {
  const proxies = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
  if (proxies.every((name) => (process.env[name] ?? '') === '')) return {};
  const known = process.env.NO_PROXY || process.env.no_proxy;
  if (!isMainThread) {
    if (known?.includes('127.0.0.1')) return {};
    throw new CannotRun('HTTP_PROXY is set: set NO_PROXY=127.0.0.1 too, which a thread can not do');
  }
  const exceptions = known ? `${known},${HERE}` : HERE;
  return { NO_PROXY: exceptions, no_proxy: exceptions };
}
