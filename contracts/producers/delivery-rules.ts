import { fileURLToPath } from 'node:url';
import { type Delivery, readSpec, type StatusRange } from '../../scripts/index.js';

/** How a producer delivers: what its document states, and for the rest what the producer has settled on. */
export interface DeliveryRules extends Pick<Delivery, 'success' | 'failure'> {
  /** How many requests go to the first URL at most. */
  readonly attempts: number;
  /** What it means that no response came: refused, broken off, or too late. */
  readonly noResponse: Verdict;
  /** Milliseconds until an attempt is given up. */
  readonly timeout: number;
  /** Milliseconds between two attempts. */
  readonly delay: number;
}

/** Whether the message arrived. `unclear`: the document calls it neither success nor failure. */
export type Verdict = 'delivered' | 'failed' | 'unclear';

/** What documents leave open. */
export type DeliverySettings = Partial<Pick<DeliveryRules, 'noResponse' | 'timeout' | 'delay'>>;

/**
 * Reads the rules of a provider from its document. Without stated attempts there is one; no document states a
 * timeout or a delay.
 */
export function readRules(
  provider: string,
  { noResponse = 'failed', timeout = 10_000, delay = 0 }: DeliverySettings = {},
): DeliveryRules {
  const file = fileURLToPath(new URL(`../../specs/${provider}.asyncapi.yaml`, import.meta.url));
  const { spec } = readSpec(file);
  if (spec === undefined) throw new Error(`${file} can't be read`);
  const { success, failure, attempts = 1 } = spec.spec.delivery;
  return { success, failure, attempts, noResponse, timeout, delay };
}

/**
 * Judges a status. Where nothing is stated, statuses from 200 to 299 are delivered and others failed
 * (https://www.rfc-editor.org/rfc/rfc9110#section-15); where only failures are stated, statuses outside both are
 * unclear.
 */
export function verdictOn(
  status: number,
  { success, failure }: Pick<DeliveryRules, 'success' | 'failure'>,
): Verdict {
  if (success !== undefined && includes(success, status)) return 'delivered';
  if (failure === 'any other') return 'failed';
  if (failure !== undefined && includes(failure, status)) return 'failed';
  if (success === undefined && status >= 200 && status <= 299) return 'delivered';
  return failure === undefined ? 'failed' : 'unclear';
}

function includes(ranges: readonly StatusRange[], status: number): boolean {
  return ranges.some(([first, last]) => status >= first && status <= last);
}
