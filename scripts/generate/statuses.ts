import type { Delivery, StatusRange } from '../spec/model.js';
import type { Statuses } from './runtime/receive.js';

/**
 * Plans what a receiver answers. A message is answered with a status that counts as delivered, 200 where that is one
 * or nothing is stated. A refusal is answered with the status that HTTP has for it, unless that counts as delivered
 * or is none of the failures that the document lists: then with the failure nearest to it.
 */
export function statusesOf(delivery: Pick<Delivery, 'success' | 'failure'>): Statuses {
  const refusal = (usual: number) => refusalStatus(usual, delivery);
  return {
    accepted: acceptedStatus(delivery.success),
    unauthentic: refusal(401),
    malformed: refusal(400),
    tooLarge: refusal(413),
    invalid: refusal(422),
    failed: refusal(500),
  };
}

/** The statuses that end an exchange; those below 200 announce another one. */
const FINAL: StatusRange = [200, 599];

function acceptedStatus(success: readonly StatusRange[] | undefined): number {
  if (success === undefined || includes(success, 200)) return 200;
  return clipped(success)[0]?.[0] ?? 200;
}

function refusalStatus(
  usual: number,
  { success, failure }: Pick<Delivery, 'success' | 'failure'>,
): number {
  const isDelivered = (status: number) => success !== undefined && includes(success, status);
  const isListed = (status: number) => !Array.isArray(failure) || includes(failure, status);
  const isRefusal = (status: number) => !isDelivered(status) && isListed(status);
  const errors = Array.from({ length: 200 }, (_, index) => 400 + index);
  const others = Array.from({ length: 200 }, (_, index) => 200 + index);
  return (
    [...byDistance(errors, usual), ...byDistance(others, usual)].find(isRefusal) ??
    errors.find((status) => !isDelivered(status)) ??
    usual
  );
}

function byDistance(statuses: readonly number[], from: number): number[] {
  return statuses.toSorted((one, other) => Math.abs(one - from) - Math.abs(other - from));
}

function includes(ranges: readonly StatusRange[], status: number): boolean {
  return ranges.some(([first, last]) => status >= first && status <= last);
}

function clipped(ranges: readonly StatusRange[]): StatusRange[] {
  return ranges
    .map(([first, last]): StatusRange => [Math.max(first, FINAL[0]), Math.min(last, FINAL[1])])
    .filter(([first, last]) => first <= last);
}
