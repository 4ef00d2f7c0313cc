import type { Channel, Message, Operation } from '../spec/model.js';
import { quoted, type Sides } from './compare-messages.js';
import { isTaken } from './compare-security.js';
import type { Action, Difference } from './difference.js';
import { NO_WITNESS } from './evidence.js';
import type { Pair, Paired } from './pairs.js';
import type { Takers } from './takers.js';
import { lostUrls } from './urls.js';

/** What both documents have of operations, channels and messages. */
export interface Routes {
  readonly operations: Paired<Operation>;
  readonly channels: Paired<Channel>;
  readonly messages: Paired<Message>;
}

/** Compares which operations carry the messages that both documents have, and on which channels. */
export function compareRoutes(sides: Sides, routes: Routes, takers: Takers): Difference[] {
  return routes.messages.pairs.flatMap((message) => [
    ...(['send', 'receive'] as const).flatMap((action) => [
      ...carriers(sides, routes, message, action, takers),
      ...newCarriers(sides, routes, message, action),
      ...leftChannels(sides, routes, message, action),
    ]),
  ]);
}

const DONE: Readonly<Record<Action, string>> = { send: 'sent', receive: 'received' };

/** Finds the operations that carry a message no more, where none of the others does by the same request. */
function carriers(
  sides: Sides,
  routes: Routes,
  { old, now }: Pair<Message>,
  action: Action,
  takers: Takers,
): Difference[] {
  const [before, after] = [
    carrying(sides.old.read.spec.operations, old, action),
    carrying(sides.now.read.spec.operations, now, action),
  ];
  const about = {
    flow: 'promise' as const,
    subject: `the message ${quoted(now.name)}`,
    places: { old: old.pointer, now: now.pointer },
    messages: [now.name],
    actions: new Set([action]),
    ...{ narrowing: [], widening: [] },
  };
  const isTurned = (one: Operation, other: 'old' | 'now') =>
    routes.operations.pairs.some((pair) => {
      const isPair = pair.old === one || pair.now === one;
      return isPair && pair[other].action !== action;
    });
  if (before.length === 0) {
    const isNew = after.length > 0 && sides.old.read.spec.operations.length > 0;
    return !isNew || after.some((one) => isTurned(one, 'old'))
      ? []
      : [{ ...about, rule: 'message.enlisted', old: '', now: DONE[action] }];
  }
  if (after.length === 0) {
    if (before.some((one) => isTurned(one, 'now'))) return [];
    const witness = () => {
      if (takers.missing(old, 'narrowing')?.length === 0) return 'none';
      const names = takers.inPlace(old, 'narrowing').map(({ name }) => name);
      for (const delivery of sides.old.deliveries(old)) {
        if (names.includes(sides.now.takerOf(delivery) ?? '')) continue;
        const reason = `It is not ${DONE[action]} by any operation.`;
        return { allowedBy: 'old' as const, delivery, reason };
      }
      return undefined;
    };
    const texts = { old: DONE[action], now: 'any operation' };
    return [{ ...about, rule: 'message.withdrawn', ...texts, narrowing: [witness] }];
  }
  // Of an operation that is gone, and of a channel that the message has left, that is said once.
  const left = before.filter(({ id, channel }) => {
    if (hasLeft(routes, { old, now }, channel)) return false;
    const pair = routes.operations.pairs.find((one) => one.old.id === id);
    return pair !== undefined && !after.includes(pair.now) && !isTurned(pair.old, 'now');
  });
  return left
    .filter((one) => !after.some((other) => isSameRequest(sides, routes, { old: one, now: other })))
    .map(({ id }) => ({
      ...about,
      rule: 'message.withdrawn',
      ...{ old: DONE[action], now: `the operation ${quoted(id)}` },
      narrowing: NO_WITNESS,
    }));
}

/** Finds the operations that carry a message now too, where none did by the same request. */
function newCarriers(
  sides: Sides,
  routes: Routes,
  { old, now }: Pair<Message>,
  action: Action,
): Difference[] {
  const before = carrying(sides.old.read.spec.operations, old, action);
  // Of a message that has left a channel that is said instead.
  const isMoved = old.channels.some((id) => hasLeft(routes, { old, now }, id));
  if (before.length === 0 || isMoved) return [];
  return carrying(sides.now.read.spec.operations, now, action)
    .filter((one) => {
      const pair = routes.operations.pairs.find((known) => known.now === one);
      // Of an operation that is new, or that carried it before, that is said once.
      return (
        pair !== undefined &&
        pair.old.action === action &&
        !before.includes(pair.old) &&
        !before.some((other) => isSameRequestBack(sides, routes, { old: other, now: one }))
      );
    })
    .map(({ id }) => ({
      rule: 'message.enlisted',
      flow: 'request',
      subject: `the message ${quoted(now.name)}`,
      ...{ old: '', now: `${DONE[action]} by the operation ${quoted(id)}` },
      places: { old: old.pointer, now: now.pointer },
      messages: [now.name],
      actions: new Set([action]),
      ...{ narrowing: [], widening: NO_WITNESS },
    }));
}

function carrying(
  operations: readonly Operation[],
  { name }: Message,
  action: Action,
): readonly Operation[] {
  return operations.filter((one) => one.action === action && one.messages.includes(name));
}

/** What requests are compared by. */
type Ends = Pick<Sides, 'old' | 'now'> & { readonly schemas: Pick<Sides['schemas'], 'areSame'> };

/** Tells whether an operation of the old document takes whatever requests one of the new makes. */
export function isSameRequestBack(
  { old, now, schemas }: Sides,
  { channels }: Pick<Routes, 'channels'>,
  pair: Pair<Operation>,
): boolean {
  const back = <T>(one: Pair<T>): Pair<T> => ({ old: one.now, now: one.old });
  const areSame: Ends['schemas']['areSame'] = (one, other) => schemas.areSame(other, one);
  const ends = { ...back({ old, now }), schemas: { areSame } };
  const turned = { channels: { ...channels, pairs: channels.pairs.map(back) } };
  return isSameRequest(ends, turned, back(pair));
}

/** Tells whether an operation of the new document takes whatever requests one of the old makes. */
export function isSameRequest(
  sides: Ends,
  { channels }: Pick<Routes, 'channels'>,
  { old, now }: Pair<Operation>,
): boolean {
  const isChannel = channels.pairs.some(
    (one) => one.old.id === old.channel && one.now.id === now.channel,
  );
  return isChannel && isSameDemand(sides, { old, now });
}

/** The same, wherever these are made to. */
function isSameDemand(sides: Ends, { old, now }: Pair<Operation>): boolean {
  const isMethod =
    now.method === undefined || old.method?.toUpperCase() === now.method.toUpperCase();
  const isQuery =
    now.query === undefined ||
    (old.query !== undefined && sides.schemas.areSame(old.query, now.query));
  return isMethod && isQuery && isTaken(sides, { old, now });
}

/** Tells whether a message is no longer on a channel of the old document. */
function hasLeft(
  { channels }: Pick<Routes, 'channels'>,
  { now }: Pair<Message>,
  channel: string,
): boolean {
  const pair = channels.pairs.find((one) => one.old.id === channel);
  return pair === undefined || !now.channels.includes(pair.now.id);
}

/** Finds the channels that a message has left, with what carried it there. */
function leftChannels(
  sides: Sides,
  routes: Routes,
  { old, now }: Pair<Message>,
  action: Action,
): Difference[] {
  const { channels } = routes;
  const { operations } = sides.old.read.spec;
  const carriers = carrying(operations, old, action);
  const isUncarried = !operations.some(({ messages }) => messages.includes(old.name));
  const others = carrying(sides.now.read.spec.operations, now, action);
  return sides.old.read.spec.channels
    .filter(({ id }) => old.channels.includes(id) && hasLeft({ channels }, { old, now }, id))
    .flatMap((channel): Difference[] => {
      const here = carriers.filter((one) => one.channel === channel.id);
      if (here.length === 0 && !isUncarried) return [];
      const lost = lostUrls(old, [now], [sides.old, sides.now], (at) => at.channel === channel);
      // Where only the consumer knows the address, each channel may be one of its own.
      const isSame =
        channel.address !== undefined &&
        here.every((one) => others.some((other) => isSameDemand(sides, { old: one, now: other })));
      return [
        {
          rule: 'message.moved',
          flow: 'promise',
          subject: `the message ${quoted(now.name)}`,
          ...{ old: quoted(channel.id), now: '' },
          places: { old: old.pointer, now: now.pointer },
          messages: [now.name],
          actions: new Set([action]),
          narrowing: lost.length === 0 && !isSame ? NO_WITNESS : lost,
          widening: [],
        },
      ];
    });
}
