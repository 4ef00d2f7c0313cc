import type { Delivery, Json, StatusRange } from './model.js';
import { member } from './positions.js';

/** Reads how deliveries are answered (`x-delivery`); a rule that is missing or `not stated` is undefined. */
export function readDelivery(extension: Json | undefined): Delivery {
  const read = (rule: string): Json | undefined => {
    const value = member(member(extension, rule), 'value');
    return value === 'not stated' ? undefined : value;
  };
  const failure = read('failure');
  const attempts = read('attempts');
  const repeats = read('repeats');
  return {
    success: statusRanges(read('success')),
    failure: failure === 'any other' ? failure : statusRanges(failure),
    attempts: typeof attempts === 'number' ? attempts : undefined,
    repeats: typeof repeats === 'string' ? repeats : undefined,
  };
}

/** Reads a list of statuses and ranges of them; undefined where there is no list. */
export function statusRanges(value: Json | undefined): StatusRange[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((status) => {
    const [first = 0, last = first] = String(status).split('-').map(Number);
    return [first, last];
  });
}
