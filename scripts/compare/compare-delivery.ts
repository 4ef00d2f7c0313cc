import { isDeliveredStatus } from '../contract/delivered-status.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Delivery as DeliveryRules } from '../spec/model.js';
import { quoted, type Sides } from './compare-messages.js';
import { type Action, type Difference, wayOf } from './difference.js';
import { NO_WITNESS, type Witness } from './evidence.js';

/** The rules that say which statuses count as delivered: judged together, by the statuses. */
const STATUS_RULES: ReadonlySet<string> = new Set(['success', 'failure']);

/** Compares how deliveries are answered and repeated. */
export function compareDelivery(sides: Sides, actions: ReadonlySet<Action>): Difference[] {
  const [old, now] = [sides.old.read.spec.delivery, sides.now.read.spec.delivery];
  return [...statusDifferences(sides, old, now, actions), ...ruleDifferences(old, now, actions)];
}

const PLACE = '/x-delivery';

/** The statuses that end an exchange. */
const STATUSES = Array.from({ length: 400 }, (_, index) => 200 + index);

function statusDifferences(
  sides: Sides,
  old: DeliveryRules,
  now: DeliveryRules,
  actions: ReadonlySet<Action>,
): Difference[] {
  const delivered = (rules: DeliveryRules) =>
    STATUSES.filter((status) => isDeliveredStatus(rules, status));
  const [before, after] = [new Set(delivered(old)), new Set(delivered(now))];
  const lost = [...before].filter((status) => !after.has(status));
  const won = [...after].filter((status) => !before.has(status));
  const witness =
    (allowedBy: 'old' | 'new', statuses: readonly number[]) => (): Witness | undefined => {
      const [status] = statuses;
      const side = allowedBy === 'old' ? sides.old : sides.now;
      const [message] = side.read.spec.messages;
      if (status === undefined || message === undefined) return undefined;
      const [delivery] = side.deliveries(message);
      if (delivery === undefined) return undefined;
      return {
        allowedBy,
        delivery: { ...delivery, answer: status },
        reason: `The status ${status} does not count as delivered.`,
      };
    };
  const about = {
    flow: 'answer' as const,
    subject: 'the delivery',
    places: { old: PLACE, now: PLACE },
    messages: [],
    actions,
    ...{ narrowing: [], widening: [] },
  };
  return [
    ...(lost.length === 0
      ? []
      : [
          {
            ...about,
            rule: 'success.narrowed' as const,
            ...{ old: inRanges(lost), now: '' },
            narrowing: [witness('old', lost)],
          },
        ]),
    ...(won.length === 0
      ? []
      : [
          {
            ...about,
            rule: 'success.widened' as const,
            ...{ old: '', now: inRanges(won) },
            widening: [witness('new', won)],
          },
        ]),
  ];
}

/** Writes ascending numbers as ranges: `200–204, 210`. */
function inRanges(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

/** The other rules are stated in words or numbers that judge no delivery, so nobody can say whom a change breaks. */
function ruleDifferences(
  old: DeliveryRules,
  now: DeliveryRules,
  actions: ReadonlySet<Action>,
): Difference[] {
  const names = new Set([...old.rules.keys(), ...now.rules.keys()]);
  return [...names]
    .filter((name) => !STATUS_RULES.has(name))
    .flatMap((name): Difference[] => {
      const [before, after] = [old.rules.get(name)?.value, now.rules.get(name)?.value];
      if (JSON.stringify(before) === JSON.stringify(after)) return [];
      const way = wayOf(before, after);
      const unknown = way === 'added' ? [] : NO_WITNESS;
      const place = joinPointer(PLACE, name);
      return [
        {
          rule: name === 'attempts' ? `attempts.${way}` : `delivery-rule.${way}`,
          flow: 'promise',
          subject: name === 'attempts' ? 'a delivery' : quoted(name),
          old: textOf(before),
          now: textOf(after),
          places: { old: place, now: place },
          messages: [],
          actions,
          narrowing: unknown,
          widening: unknown,
        },
      ];
    });
}

function textOf(value: unknown): string {
  if (value === undefined) return 'not stated';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
