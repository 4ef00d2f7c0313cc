import type { Delivery, StatusRange } from '../spec/model.js';

/**
 * Tells whether a status counts as delivered: one of those stated; where none are, any 2xx that is no stated failure.
 * https://www.rfc-editor.org/rfc/rfc9110#section-15.3
 */
export function isDeliveredStatus(
  { success, failure }: Pick<Delivery, 'success' | 'failure'>,
  status: number,
): boolean {
  const isIn = (ranges: readonly StatusRange[]) =>
    ranges.some(([first, last]) => status >= first && status <= last);
  if (success !== undefined) return isIn(success);
  if (Array.isArray(failure) && isIn(failure)) return false;
  return status >= 200 && status <= 299;
}
