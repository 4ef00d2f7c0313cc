import { isMainThread } from 'node:worker_threads';
import { CannotRun } from '../problems/problem.js';

const HERE = '127.0.0.1,localhost';
const NAMES = ['NO_PROXY', 'no_proxy'] as const;

let users = 0;
let before: (string | undefined)[] = [];

/**
 * Runs work with requests to this machine kept from a proxy that the environment names: Pact's verifier would send them
 * there. What was set is set again afterwards. Throws `CannotRun` in a worker thread, whose environment is a copy that
 * the verifier does not see, where a proxy is set and this machine is not excepted.
 */
export async function withoutProxy<T>(work: () => Promise<T>): Promise<T> {
  if (!namesProxy()) return work();
  if (!isMainThread) {
    if (NAMES.some((name) => process.env[name]?.includes('127.0.0.1'))) return work();
    throw new CannotRun('HTTP_PROXY is set: set NO_PROXY=127.0.0.1 too, which a thread can not do');
  }
  if (users === 0) {
    before = NAMES.map((name) => process.env[name]);
    const known = before.find((value) => value !== undefined && value !== '');
    for (const name of NAMES) process.env[name] = known === undefined ? HERE : `${known},${HERE}`;
  }
  users += 1;
  try {
    return await work();
  } finally {
    users -= 1;
    if (users === 0) restore();
  }
}

function namesProxy(): boolean {
  const names = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
  return names.some((name) => (process.env[name] ?? '') !== '');
}

function restore(): void {
  for (const [index, name] of NAMES.entries()) {
    const value = before[index];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
