// @ts-check
/**
 * Tries generated modules in whatever runtime it is loaded: plain JavaScript with Fetch's `Request`, no API of
 * Node.js. It neither reads nor prints anything, so that a worker can run it as well as a process.
 */
import { bodyCases } from './body-cases.js';
import { credentialCases } from './credential-cases.js';
import { messageCases } from './message-cases.js';

/**
 * The modules by name: the five providers' (`mews`, `mozrest`, `quandoo`, `eRes`, `guest`), and one generated for
 * each other scheme of signing (`hex`, `timestamped`, `standard`).
 * @typedef {Readonly<Record<string, any>>} Modules
 */

/**
 * What is tried, under its name; what it gives, and what it has to give.
 * @typedef {readonly [name: string, attempt: () => unknown, wanted: unknown]} Case
 */

/** @typedef {{ readonly name: string, readonly ok: boolean, readonly found?: unknown }} Verdict */

/**
 * Runs every case, one after the other. `hasNodeCrypto` says which of its two ways the modules' code computes by.
 * @param {Modules} modules
 * @returns {Promise<{ hasNodeCrypto: boolean, verdicts: readonly Verdict[] }>}
 */
export async function run(modules) {
  const cases = [
    ...(await credentialCases(modules)),
    ...(await bodyCases(modules)),
    ...(await messageCases(modules)),
  ];
  /** @type {Verdict[]} */
  const verdicts = [];
  for (const [name, attempt, wanted] of cases) {
    const found = await outcomeOf(attempt);
    const ok = JSON.stringify(found) === JSON.stringify(wanted);
    verdicts.push(ok ? { name, ok } : { name, ok, found: found ?? 'undefined' });
  }
  const { process } = /** @type {any} */ (globalThis);
  const hasNodeCrypto = process?.getBuiltinModule?.('node:crypto')?.createHmac !== undefined;
  return { hasNodeCrypto, verdicts };
}

/**
 * Returns what an attempt gives: of a result of `receive` the kind, the code or the message, and the status; of an
 * error its name.
 * @param {() => unknown} attempt
 * @returns {Promise<unknown>}
 */
async function outcomeOf(attempt) {
  try {
    const found = /** @type {any} */ (await attempt());
    if (typeof found?.kind !== 'string') return found;
    return `${found.kind} ${found.message ?? found.problems[0].code} ${found.status}`;
  } catch (error) {
    return error instanceof Error ? error.name : 'something thrown that is no error';
  }
}
