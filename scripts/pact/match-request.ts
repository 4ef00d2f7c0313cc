import { setTimeout } from 'node:timers/promises';
import { reasonOf } from './contract-broken.js';
import { forward } from './forward.js';
import type { RawRequest } from './loopback.js';
import { type ExpectedRequest, type InteractionHead, runHttpTest } from './run-pact.js';
import type { Judgement } from './watch-request.js';

/** How often Pact is asked about a request in which it finds no mismatch. */
const ATTEMPTS = 10;

/**
 * Lets Pact match a request, by sending it on to Pact's own server; the interaction is in the folder then. That server
 * answers before it has noted what it found, and its test may look in between, finding no request: then it is asked
 * again. The sender sends once all the same.
 */
export async function matchRequest(
  folder: string,
  head: InteractionHead,
  expected: ExpectedRequest,
  request: RawRequest,
): Promise<Judgement> {
  // Where the request does not match, and where Pact does not answer.
  let status = 500;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await runHttpTest(folder, head, expected, async (url) => {
        ({ status } = await forward(`${url}${request.target}`, request));
        if (attempt > 1) await setTimeout(10 * attempt);
      });
      return { problems: [], status };
    } catch (error) {
      const said = reasonOf(error);
      const mismatches = mismatchesIn(said);
      if (mismatches.length === 0 && attempt < ATTEMPTS) continue;
      return { problems: mismatches.length === 0 ? [said] : mismatches, status };
    }
  }
}

/** Takes the mismatches out of what Pact's server says, each numbered in a line of its own. */
function mismatchesIn(said: string): string[] {
  return [...said.matchAll(/^\s*\d+\.\d+\s+(.+)$/gm)].map(
    ([, words]) => `the request is not the one expected: ${words}`,
  );
}
