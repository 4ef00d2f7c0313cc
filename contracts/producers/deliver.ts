import { setTimeout } from 'node:timers/promises';
import { type DeliveryRules, type Verdict, verdictOn } from './delivery-rules.js';
import type { WebhookRequest } from './webhook-request.js';

/** One request that was sent. */
export interface Attempt {
  readonly url: string;
  /** Undefined where no response came. */
  readonly status: number | undefined;
  readonly verdict: Verdict;
}

/** What became of a delivery: the verdict is that of the last attempt. */
export interface Outcome {
  readonly verdict: Verdict;
  /** In the order in which they were sent; at least one. */
  readonly attempts: readonly Attempt[];
}

/**
 * Delivers a request by the rules: sends it until it has not failed or the attempts are used up, and then once to the
 * fallback URL, where there is one. Every attempt has the same bytes and headers. Never throws for what the
 * receiver does.
 */
export async function deliver(
  request: WebhookRequest,
  rules: DeliveryRules,
  fallbackUrl?: string,
): Promise<Outcome> {
  let attempt = await post(request, rules);
  const attempts = [attempt];
  while (attempt.verdict === 'failed' && attempts.length < rules.attempts) {
    await setTimeout(rules.delay);
    attempt = await post(request, rules);
    attempts.push(attempt);
  }
  if (attempt.verdict === 'failed' && fallbackUrl !== undefined) {
    attempt = await post({ ...request, url: fallbackUrl }, rules);
    attempts.push(attempt);
  }
  return { verdict: attempt.verdict, attempts };
}

async function post(request: WebhookRequest, rules: DeliveryRules): Promise<Attempt> {
  const { url, headers, body } = request;
  const status = await statusOf(url, {
    method: 'POST',
    headers,
    body,
    // A redirect is a status like any other: no document lets the message go to an address that nobody registered.
    redirect: 'manual',
    signal: AbortSignal.timeout(rules.timeout),
  });
  const verdict = status === undefined ? rules.noResponse : verdictOn(status, rules);
  return { url, status, verdict };
}

async function statusOf(url: string, init: RequestInit): Promise<number | undefined> {
  // Outside the `try`: a request that can't be written is the caller's mistake, and no failed attempt.
  const request = new Request(url, init);
  try {
    const response = await fetch(request);
    // The status decides; the body may be endless, and breaking it off may fail.
    void response.body?.cancel().catch(() => {});
    return response.status;
  } catch {
    return undefined;
  }
}
