import { readSources, textOf } from './described.js';
import type { Delivery, DeliveryRule, Json, StatusRange } from './model.js';
import { entriesOf, member } from './positions.js';

/** Reads how deliveries are answered (`x-delivery`); a rule that is missing or `not stated` is undefined. */
export function readDelivery(extension: Json | undefined): Delivery {
  const rules = new Map(entriesOf(extension).map(([name, rule]) => [name, readRule(rule)]));
  const read = (rule: string): Json | undefined => rules.get(rule)?.value;
  const failure = read('failure');
  const attempts = read('attempts');
  const repeats = read('repeats');
  return {
    success: statusRanges(read('success')),
    failure: failure === 'any other' ? failure : statusRanges(failure),
    attempts: typeof attempts === 'number' ? attempts : undefined,
    repeats: textOf(repeats),
    rules,
  };
}

function readRule(rule: Json): DeliveryRule {
  const value = member(rule, 'value');
  return {
    value: value === 'not stated' ? undefined : value,
    note: textOf(member(rule, 'note')),
    inferred: textOf(member(rule, 'inferred')),
    sources: readSources(member(rule, 'source')),
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
