import { type Location, type Problem, problem } from '../problems/problem.js';
import type { Delivery, Json, StatusRange } from '../spec/model.js';
import { isDeliveredStatus } from './delivered-status.js';
import type { Linked } from './link.js';
import { describeMatcher } from './matchers.js';
import type { HttpInteraction, Pact } from './pact.js';
import { notUnderstood } from './rule-problems.js';

/** Judges what a producer expects of the answer: the statuses that it counts as delivered; a document says no more. */
export function checkAnswer(
  pact: Pact,
  interaction: HttpInteraction,
  { read, operation }: Linked,
): Problem[] {
  const inOperation = read.locate(operation.pointer);
  return [
    ...checkStatus(pact, interaction, read.spec.delivery, inOperation),
    ...interaction.answer.map(({ part, pointer }) => {
      const what = part === 'body' ? "the answer's body" : "the answer's headers";
      const details = { what, reason: 'only its status is judged', mend: 'leave it out' };
      return problem('pact.unjudged', details, pact.locate(pointer), inOperation);
    }),
  ];
}

/** The statuses that Pact's `statusCode` matcher names. https://github.com/pact-foundation/pact-specification/tree/version-4#supported-matching-rules */
const CLASSES: Readonly<Record<string, StatusRange>> = {
  info: [100, 199],
  success: [200, 299],
  redirect: [300, 399],
  clientError: [400, 499],
  serverError: [500, 599],
  nonError: [100, 399],
  error: [400, 599],
};

/** Judges which statuses the producer counts as delivered, by the document's rules or, where it has none, by HTTP's. */
function checkStatus(
  { locate }: Pact,
  { pointer, status, statusRules }: HttpInteraction,
  delivery: Delivery,
  inOperation: Location,
): Problem[] {
  const place = locate(`${pointer}/response/status`);
  const problems: Problem[] = [];
  const accepted = new Set([status]);
  for (const rule of statusRules) {
    const at = locate(rule.pointer);
    for (const matcher of rule.matchers) {
      const ranges = matcher.match === 'statusCode' ? rangesOf(matcher.status ?? null) : undefined;
      if (ranges === undefined) {
        problems.push(problem('pact.rule.unjudged', notUnderstood(rule, matcher), at));
        continue;
      }
      if (!ranges.some(([first, last]) => status >= first && status <= last)) {
        const words = describeMatcher(matcher);
        const details = { path: rule.path, rule: words, found: String(status) };
        problems.push(problem('pact.rule.contradicted', details, at));
      }
      for (const [first, last] of ranges) {
        for (let one = first; one <= last; one += 1) accepted.add(one);
      }
    }
  }
  const wrong = [...accepted]
    .sort((one, other) => one - other)
    .find((one) => !isDeliveredStatus(delivery, one));
  if (wrong === undefined) return problems;
  const words = {
    text: `The producer takes the status ${wrong} for a delivery, and the document does not.`,
    expected: expectedStatuses(delivery),
    found: String(wrong),
  };
  return [...problems, problem('pact.status', words, place, inOperation)];
}

function rangesOf(value: Json): StatusRange[] | undefined {
  if (typeof value === 'string') {
    return Object.hasOwn(CLASSES, value) ? [CLASSES[value] as StatusRange] : undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const ranges = value.flatMap((one): StatusRange[] => (isStatus(one) ? [[one, one]] : []));
  return ranges.length === value.length ? ranges : undefined;
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-15 */
function isStatus(value: Json): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 999;
}

function expectedStatuses({ success }: Delivery): string {
  if (success === undefined) return '2xx, since the document states none';
  return success
    .map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
    .join(', ');
}
