import type { Channel, Message, Operation, Spec } from '../spec/model.js';
import type { Sides } from './compare-messages.js';
import type { Way } from './compare-schemas.js';
import { constantsOf } from './inclusion/constants.js';

/** The same thing in both documents. */
export interface Pair<T> {
  readonly old: T;
  readonly now: T;
}

/** Returns what is of the document that gives, then what is of the one that judges. */
export function byWay<T>({ old, now }: Pair<T>, way: Way): readonly [given: T, judging: T] {
  return way === 'narrowing' ? [old, now] : [now, old];
}

/** What both documents have, and what only one has. */
export interface Paired<T> {
  readonly pairs: readonly Pair<T>[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/** Pairs things by their keys, and what is left over by other tests, one after the other; each takes the first that fits. */
export function pair<T>(
  old: readonly T[],
  now: readonly T[],
  keyOf: (one: T) => string,
  ...alike: readonly ((old: T, now: T) => boolean)[]
): Paired<T> {
  const byKey = new Map(now.map((one) => [keyOf(one), one]));
  const pairs = old.flatMap((one): Pair<T>[] => {
    const same = byKey.get(keyOf(one));
    return same === undefined ? [] : [{ old: one, now: same }];
  });
  const [paired, taken] = [
    new Set(pairs.map((one) => one.old)),
    new Set(pairs.map((one) => one.now)),
  ];
  const [removed, added] = [
    old.filter((one) => !paired.has(one)),
    now.filter((one) => !taken.has(one)),
  ];
  for (const isAlike of alike) {
    for (const one of [...removed]) {
      const same = added.find((other) => isAlike(one, other));
      if (same === undefined) continue;
      pairs.push({ old: one, now: same });
      removed.splice(removed.indexOf(one), 1);
      added.splice(added.indexOf(same), 1);
    }
  }
  return { pairs, removed, added };
}

/**
 * Pairs messages by their names; those that were renamed by what they hold, or by the constants that tell them apart, in
 * the same channel before any other.
 */
export function pairMessages(sides: Sides, old: Spec, now: Spec): Paired<Message> {
  const constants = (side: Sides['old'], message: Message) =>
    constantsOf(side.guarantee.casesOf([side.payloadOf(message)])?.[0]?.shape).join();
  const holdSame = (one: Message, other: Message) =>
    one.payload !== undefined &&
    other.payload !== undefined &&
    sides.schemas.areSame(one.payload.json, other.payload.json) &&
    sides.schemas.areSame(one.headers?.json ?? true, other.headers?.json ?? true);
  const haveConstants = (one: Message, other: Message) => {
    const own = constants(sides.old, one);
    return own !== '' && own === constants(sides.now, other);
  };
  const addresses = ({ channels }: Spec, message: Message) =>
    channels
      .filter(({ id }) => message.channels.includes(id))
      .flatMap(({ id, address }) => [`#${id}`, address ?? []])
      .flat();
  const areTogether = (one: Message, other: Message) => {
    const there = addresses(now, other);
    return addresses(old, one).some((place) => there.includes(place));
  };
  return pair(
    old.messages,
    now.messages,
    ({ name }) => name,
    (one, other) => areTogether(one, other) && holdSame(one, other),
    (one, other) => areTogether(one, other) && haveConstants(one, other),
    holdSame,
    haveConstants,
  );
}

/** Pairs channels by their keys; those that were renamed, by their addresses or their messages. */
export function pairChannels({ old, now }: Sides, messages: Paired<Message>): Paired<Channel> {
  const renamed = new Map(messages.pairs.map((one) => [one.old.name, one.now.name]));
  const namesOf = (all: readonly Message[], { id }: Channel) =>
    all.filter(({ channels }) => channels.includes(id)).map(({ name }) => name);
  return pair(
    old.read.spec.channels,
    now.read.spec.channels,
    ({ id }) => id,
    (one, other) => one.address !== undefined && one.address === other.address,
    (one, other) => {
      const names = namesOf(old.read.spec.messages, one).map((name) => renamed.get(name) ?? name);
      const others = new Set(namesOf(now.read.spec.messages, other));
      return names.some((name) => others.has(name));
    },
  );
}

/**
 * Pairs operations by what they do on which channel, under their keys; those that were renamed, by which messages they do
 * it with; those that do something else now, by their keys.
 */
export function pairOperations(
  { old, now }: Sides,
  messages: Paired<Message>,
  channels: Paired<Channel>,
): Paired<Operation> {
  const renamed = new Map(messages.pairs.map((one) => [one.old.name, one.now.name]));
  const moved = new Map(channels.pairs.map((one) => [one.old.id, one.now.id]));
  const ofOld = new Set(old.read.spec.operations);
  const channelOf = (one: Operation) => (ofOld.has(one) ? moved.get(one.channel) : one.channel);
  const doSame = (one: Operation, other: Operation) =>
    one.action === other.action && channelOf(one) === channelOf(other);
  return pair(
    old.read.spec.operations,
    now.read.spec.operations,
    (one) => JSON.stringify([one.id, one.action, channelOf(one) ?? null]),
    (one, other) =>
      doSame(one, other) &&
      one.messages.some((name) => other.messages.includes(renamed.get(name) ?? name)),
    (one, other) => one.id === other.id,
  );
}
