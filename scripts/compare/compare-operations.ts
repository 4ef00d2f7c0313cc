import { subjectOf } from '../contract/places.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Channel, Json, Message, Operation } from '../spec/model.js';
import { pathOf, quoted, type Sides } from './compare-messages.js';
import type { Routes } from './compare-routes.js';
import type { Side } from './deliveries.js';
import { type Action, type Difference, wayOf } from './difference.js';
import { type Delivery, type Evidence, NO_WITNESS } from './evidence.js';
import type { Pair, Paired } from './pairs.js';
import type { Requests } from './requests.js';
import { evidenceOf, shownBy } from './witnesses.js';

/** Compares an operation that both documents have: its name, its action, its method, its query. */
export function compareOperation(
  sides: Sides,
  { old, now }: Pair<Operation>,
  messages: readonly Pair<Message>[],
): Difference[] {
  const subject = `the operation ${quoted(now.id)}`;
  const about = {
    flow: 'request' as const,
    subject,
    places: { old: old.pointer, now: now.pointer },
    messages: now.messages,
    actions: new Set<Action>([old.action, now.action]),
    narrowing: [],
    widening: [],
  };
  const found: Difference[] = [];
  if (old.id !== now.id) {
    found.push({ ...about, rule: 'operation.renamed', old: quoted(old.id), now: quoted(now.id) });
  }
  if (old.action !== now.action) {
    found.push({
      ...about,
      rule: 'action.changed',
      ...{ old: old.action, now: now.action },
      ...{ narrowing: NO_WITNESS, widening: NO_WITNESS },
    });
  }
  const carried = messages.filter(
    (one) => old.messages.includes(one.old.name) && now.messages.includes(one.now.name),
  );
  return [
    ...found,
    ...methodDifference(sides, { old, now }, carried, about),
    ...queryDifferences(sides, { old, now }, carried, about),
  ];
}

type About = Omit<Difference, 'rule' | 'old' | 'now'>;

function methodDifference(
  sides: Sides,
  { old, now }: Pair<Operation>,
  messages: readonly Pair<Message>[],
  about: About,
): Difference[] {
  const [before, after] = [old.method?.toUpperCase(), now.method?.toUpperCase()];
  if (before === after) return [];
  const way = wayOf(before, after);
  const other = (refused: string) => (refused === 'PUT' ? 'POST' : 'PUT');
  const narrowing = (refused: string) =>
    requested(
      sides.old,
      sides.now,
      messages.map((one) => one.old),
      { method: before ?? other(refused) },
    );
  const widening = (refused: string) =>
    requested(
      sides.now,
      sides.old,
      messages.map((one) => one.now),
      { method: after ?? other(refused) },
    );
  return [
    {
      ...about,
      rule: `method.${way}`,
      old: before ?? 'not stated',
      now: after ?? 'not stated',
      narrowing: after === undefined ? [] : [narrowing(after)],
      widening: before === undefined ? [] : [widening(before)],
    },
  ];
}

/** Looks for a delivery that one document allows with such a request, and the other refuses. */
function requested(
  giving: Side,
  judging: Side,
  messages: readonly Message[],
  request: Pick<Delivery, 'method'>,
): Evidence {
  return () => {
    for (const message of messages) {
      const witness = shownBy(message, [giving, judging], (delivery) => ({
        ...delivery,
        ...request,
      }));
      if (witness !== undefined) return witness;
    }
    return undefined;
  };
}

/** Without a schema an operation knows no parameter, and refuses none. */
const NO_QUERY: Json = { type: 'object', properties: {} };

function queryDifferences(
  sides: Sides,
  { old, now }: Pair<Operation>,
  messages: readonly Pair<Message>[],
  about: About,
): Difference[] {
  const [pair] = messages;
  const partOf = ({ query = NO_QUERY, pointer }: Operation) => ({
    schema: query,
    pointer: query === NO_QUERY ? pointer : `${pointer}/bindings/http/query`,
  });
  const differences = sides.schemas.differences(partOf(old), partOf(now));
  if (pair === undefined) return [];
  // Other operations, which may carry the same message, are told by their methods.
  const isSameMethod = old.method !== undefined && old.method === now.method;
  const request = isSameMethod ? { method: old.method } : {};
  const put = (base: Delivery, query: Json): Delivery => ({ ...base, ...request, query });
  const part = 'query' as const;
  const make = { sides, pair, part, put, partIn: ({ query }: Delivery) => query };
  return differences.map((one) => ({
    ...about,
    rule: one.rule,
    subject: `${subjectOf('parameter', pathOf(one))} of ${about.subject}`,
    ...one.words,
    places: { old: one.old.pointer, now: one.now.pointer },
    narrowing: evidenceOf(one.narrowing, 'narrowing', make),
    widening: evidenceOf(one.widening, 'widening', make),
  }));
}

/** Names the operations that only one document has; what that does to messages is said of these. */
export function lonelyOperations(requests: Requests, routes: Routes): Difference[] {
  const { sides } = requests;
  const { removed, added } = routes.operations;
  const [old, now] = [sides.old.read.spec, sides.now.read.spec];
  const about = (one: Operation) => ({
    subject: `the operation ${quoted(one.id)}`,
    ...{ old: quoted(one.id), now: quoted(one.id) },
    messages: one.messages,
    actions: new Set<Action>([one.action]),
    ...{ narrowing: [], widening: [] },
  });
  const names = new Map(routes.messages.pairs.map((one) => [one.old.name, one.now.name]));
  // Its messages may go on in other operations; those that are gone, or new, are reported themselves.
  const goesOn = (one: Operation) =>
    one.messages.every((message) => {
      const name = names.get(message);
      const others = now.operations.filter(
        ({ action, messages }) => action === one.action && messages.includes(name ?? ''),
      );
      return (
        others.length === 0 || others.some((other) => requests.areSame(one, other, 'narrowing'))
      );
    });
  const isKnown = (one: Operation) =>
    routes.messages.pairs
      .filter((pair) => one.messages.includes(pair.now.name))
      .every((pair) => {
        const others = old.operations.filter(
          ({ action, messages }) => action === one.action && messages.includes(pair.old.name),
        );
        return (
          others.length === 0 || others.some((other) => requests.areSame(one, other, 'widening'))
        );
      });
  return [
    ...removed.map(
      (one): Difference => ({
        ...about(one),
        rule: 'operation.removed',
        flow: 'promise',
        places: { old: one.pointer, now: undefined },
        narrowing: goesOn(one) ? [] : NO_WITNESS,
      }),
    ),
    ...added.map(
      (one): Difference => ({
        ...about(one),
        rule: 'operation.added',
        flow: 'request',
        places: { old: undefined, now: one.pointer },
        widening: isKnown(one) ? [] : NO_WITNESS,
      }),
    ),
  ];
}

/** Names the channels that only one document has, or that are called otherwise. */
export function channelNames(
  { pairs, removed, added }: Paired<Channel>,
  actionsOf: (channel: string, age: 'old' | 'now') => ReadonlySet<Action>,
): Difference[] {
  const about = (id: string, age: 'old' | 'now') => ({
    flow: 'promise' as const,
    subject: `the channel ${quoted(id)}`,
    ...{ old: quoted(id), now: quoted(id), messages: [] },
    actions: actionsOf(id, age),
    ...{ narrowing: [], widening: [] },
  });
  const at = (id: string) => joinPointer('/channels', id);
  return [
    ...pairs
      .filter(({ old, now }) => old.id !== now.id)
      .map(
        ({ old, now }): Difference => ({
          ...about(now.id, 'now'),
          rule: 'channel.renamed',
          old: quoted(old.id),
          places: { old: at(old.id), now: at(now.id) },
        }),
      ),
    ...removed.map(
      ({ id }): Difference => ({
        ...about(id, 'old'),
        rule: 'channel.removed',
        places: { old: at(id), now: undefined },
      }),
    ),
    ...added.map(
      ({ id }): Difference => ({
        ...about(id, 'now'),
        rule: 'channel.added',
        places: { old: undefined, now: at(id) },
      }),
    ),
  ];
}
