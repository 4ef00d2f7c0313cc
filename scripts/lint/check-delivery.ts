import { type Problem, problem } from '../problems/problem.js';
import { statusRanges } from '../spec/delivery.js';
import { joinPointer } from '../spec/json-pointer.js';
import { type JsonObject, type Locate, member } from '../spec/positions.js';

/** Checks that the statuses of `x-delivery` do not contradict themselves. */
export function checkDelivery(document: JsonObject, locate: Locate): Problem[] {
  const rangesOf = (rule: string) =>
    statusRanges(member(member(member(document, 'x-delivery'), rule), 'value')) ?? [];
  const fault = (rule: string, index: number, reason: string) =>
    problem(
      'extension.invalid',
      { extension: 'x-delivery', reason },
      locate(joinPointer('/x-delivery', rule, 'value', index)),
    );
  const success = rangesOf('success');
  const reversed = ['success', 'failure'].flatMap((rule) =>
    rangesOf(rule).flatMap(([first, last], index) =>
      first > last ? [fault(rule, index, 'has a range that ends before it begins')] : [],
    ),
  );
  const both = rangesOf('failure').flatMap(([first, last], index) =>
    success.some(([from, to]) => first <= to && from <= last)
      ? [fault('failure', index, 'counts a status as delivered and as not delivered')]
      : [],
  );
  return [...reversed, ...both];
}
