import type { Channel, Message, Operation } from '../spec/model.js';
import { quoted, type Sides } from './compare-messages.js';
import type { Way } from './compare-schemas.js';
import type { Action, Difference } from './difference.js';
import { type Evidence, NO_WITNESS } from './evidence.js';
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
export function compareRoutes(takers: Takers, routes: Routes): Difference[] {
  return [
    ...routes.messages.pairs.flatMap((message) =>
      (['send', 'receive'] as const).flatMap((action) => [
        ...carriers(takers, routes, message, action),
        ...newCarriers(takers, routes, message, action),
        ...leftChannels(takers, routes, message, action),
      ]),
    ),
    ...routes.operations.pairs.flatMap((pair) => movedOperation(takers, routes, pair)),
  ];
}

/** Reports an operation that goes to another channel, though its messages stay on the one where it was. */
function movedOperation(
  takers: Takers,
  { channels, messages }: Routes,
  { old, now }: Pair<Operation>,
): Difference[] {
  const { sides } = takers;
  const isSame = takers.requests.isSameChannel(old, now, 'narrowing');
  const left = messages.pairs.filter(
    (pair) => old.messages.includes(pair.old.name) && !hasLeft({ channels }, pair, old.channel),
  );
  if (isSame || left.length === 0) return [];
  const address = (side: Sides['old'], { channel }: Operation) =>
    side.read.spec.channels.find(({ id }) => id === channel)?.address;
  // Where only the consumer knows the address, each channel may be one of its own.
  const isKnown = address(sides.old, old) !== undefined && address(sides.now, now) !== undefined;
  const isMeant = ({ operation }: { operation: Operation | undefined }) => operation === old;
  return [
    {
      rule: 'operation.moved',
      flow: 'promise',
      subject: `the operation ${quoted(now.id)}`,
      ...{ old: quoted(old.channel), now: quoted(now.channel) },
      places: { old: old.pointer, now: now.pointer },
      messages: now.messages,
      actions: new Set([old.action]),
      narrowing: isKnown
        ? left.flatMap((pair) => lostUrls(pair.old, [pair.now], takers, 'narrowing', isMeant))
        : NO_WITNESS,
      widening: [],
    },
  ];
}

const DONE: Readonly<Record<Action, string>> = { send: 'sent', receive: 'received' };

/** Finds the operations that carry a message no more, where none of the others does by the same request. */
function carriers(
  takers: Takers,
  routes: Routes,
  { old, now }: Pair<Message>,
  action: Action,
): Difference[] {
  const { sides } = takers;
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
    if (!isNew || after.some((one) => isTurned(one, 'old'))) return [];
    const added = {
      rule: 'message.enlisted',
      flow: 'request',
      old: '',
      now: DONE[action],
    } as const;
    return [{ ...about, ...added, widening: [unsent(takers, now, action, 'widening')] }];
  }
  if (after.length === 0) {
    if (before.some((one) => isTurned(one, 'now'))) return [];
    const texts = { old: DONE[action], now: 'any operation' };
    return [
      {
        ...about,
        rule: 'message.withdrawn',
        ...texts,
        narrowing: [unsent(takers, old, action, 'narrowing')],
      },
    ];
  }
  // Of an operation that is gone, and of a channel that the message has left, that is said once.
  const left = before.filter(({ id, channel }) => {
    if (hasLeft(routes, { old, now }, channel)) return false;
    const pair = routes.operations.pairs.find((one) => one.old.id === id);
    return pair !== undefined && !after.includes(pair.now) && !isTurned(pair.old, 'now');
  });
  return left
    .filter((one) => !after.some((other) => takers.requests.areSame(one, other, 'narrowing')))
    .map(({ id }) => ({
      ...about,
      rule: 'message.withdrawn',
      ...{ old: DONE[action], now: `the operation ${quoted(id)}` },
      narrowing: NO_WITNESS,
    }));
}

/** Returns how to find a delivery that no operation of the other document makes: none, where other messages take all. */
function unsent(takers: Takers, message: Message, action: Action, way: Way): Evidence {
  return () => {
    if (takers.missing(message, way)?.length === 0) return 'none';
    const [giving, judging] = takers.sidesOf(way);
    const names = takers.inPlace(message, way).map(({ name }) => name);
    for (const delivery of giving.deliveries(message)) {
      if (names.includes(judging.takerOf(delivery) ?? '')) continue;
      const reason = `It is not ${DONE[action]} by any operation.`;
      return { allowedBy: giving.age, delivery, reason };
    }
    return undefined;
  };
}

/** Finds the operations that carry a message now too, where none did by the same request. */
function newCarriers(
  takers: Takers,
  routes: Routes,
  { old, now }: Pair<Message>,
  action: Action,
): Difference[] {
  const { sides } = takers;
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
        !before.some((other) => takers.requests.areSame(one, other, 'widening'))
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
  takers: Takers,
  { channels }: Routes,
  { old, now }: Pair<Message>,
  action: Action,
): Difference[] {
  const { sides } = takers;
  const { operations } = sides.old.read.spec;
  const carriers = carrying(operations, old, action);
  const isUncarried = !operations.some(({ messages }) => messages.includes(old.name));
  const others = carrying(sides.now.read.spec.operations, now, action);
  return sides.old.read.spec.channels
    .filter(({ id }) => old.channels.includes(id) && hasLeft({ channels }, { old, now }, id))
    .flatMap((channel): Difference[] => {
      const here = carriers.filter((one) => one.channel === channel.id);
      if (here.length === 0 && !isUncarried) return [];
      const lost = lostUrls(old, [now], takers, 'narrowing', (at) => at.channel === channel);
      // Where only the consumer knows the address, each channel may be one of its own.
      const isSame =
        channel.address !== undefined &&
        here.every((one) =>
          others.some((other) => takers.requests.areAlike(one, other, 'narrowing')),
        );
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
