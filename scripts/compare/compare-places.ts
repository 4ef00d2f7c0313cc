import { joinPointer } from '../spec/json-pointer.js';
import type { Channel, Message, Server, Variable } from '../spec/model.js';
import { quoted, type Sides } from './compare-messages.js';
import { type Action, type Difference, wayOf } from './difference.js';
import { type Pair, type Paired, pair } from './pairs.js';
import { urlsLost } from './urls.js';

/** Compares the servers of both documents. */
export function compareServers(
  sides: Sides,
  { pairs, removed, added }: Paired<Server>,
  messages: readonly Pair<Message>[],
  actions: ReadonlySet<Action>,
): Difference[] {
  const about = ({ id }: Server) => ({
    flow: 'promise' as const,
    subject: `the server ${quoted(id)}`,
    messages: [],
    actions,
    ...{ narrowing: [], widening: [] },
  });
  const lossOf = (one: Server) => urlsLost(sides, messages, ({ server }) => server === one);
  const at = ({ id }: Server) => joinPointer('/servers', id);
  return [
    ...pairs.flatMap(({ old: one, now: other }): Difference[] => {
      const base = { ...about(other), places: { old: at(one), now: at(other) } };
      const losing = { ...base, narrowing: lossOf(one) };
      return [
        ...(one.id === other.id
          ? []
          : [{ ...base, rule: 'server.renamed' as const, old: quoted(one.id), now: '' }]),
        ...(one.url === other.url
          ? []
          : [{ ...losing, rule: 'server.changed' as const, old: one.url, now: other.url }]),
        ...variableDifferences(
          one.variables,
          other.variables,
          one.url === other.url ? losing : base,
        ),
      ];
    }),
    ...removed.map(
      (one): Difference => ({
        ...about(one),
        rule: 'server.removed',
        ...{ old: one.url, now: '' },
        places: { old: at(one), now: undefined },
        narrowing: lossOf(one),
      }),
    ),
    ...added.map(
      (one): Difference => ({
        ...about(one),
        rule: 'server.added',
        ...{ old: '', now: one.url },
        places: { old: undefined, now: at(one) },
      }),
    ),
  ];
}

/** Pairs the servers of both documents by their keys; those that were renamed, by their URLs. */
export function pairServers({ old, now }: Sides): Paired<Server> {
  return pair(
    old.read.spec.servers,
    now.read.spec.servers,
    ({ id }) => id,
    (one, other) => one.url === other.url,
  );
}

/** Compares the addresses of the channels that both documents have, and the servers that they are on. */
export function compareAddresses(
  sides: Sides,
  { pairs }: Paired<Channel>,
  servers: Paired<Server>,
  messages: readonly Pair<Message>[],
  actionsOf: (channel: string, age: 'old' | 'now') => ReadonlySet<Action>,
): Difference[] {
  return pairs.flatMap(({ old, now }): Difference[] => {
    const [before, after] = [old.address, now.address];
    const base = {
      flow: 'promise' as const,
      subject: `the channel ${quoted(now.id)}`,
      places: { old: joinPointer('/channels', old.id), now: joinPointer('/channels', now.id) },
      messages: [],
      actions: new Set([...actionsOf(old.id, 'old'), ...actionsOf(now.id, 'now')]),
      ...{ narrowing: [], widening: [] },
    };
    const losing = {
      ...base,
      narrowing: urlsLost(sides, messages, ({ channel }) => channel === old),
    };
    const bound = channelServers(sides, { old, now }, servers, messages, base);
    if (before === after) {
      return [...bound, ...variableDifferences(old.parameters, now.parameters, losing)];
    }
    const way = wayOf(before, after);
    return [
      ...bound,
      {
        ...losing,
        rule: `address.${way}`,
        places: { old: `${base.places.old}/address`, now: `${base.places.now}/address` },
        old: before ?? 'not stated',
        now: after ?? 'not stated',
      },
    ];
  });
}

type Base = Omit<Difference, 'rule' | 'old' | 'now'>;

/** Compares the servers that a channel is on; those that came or went as a whole are reported themselves. */
function channelServers(
  sides: Sides,
  { old, now }: Pair<Channel>,
  { pairs }: Paired<Server>,
  messages: readonly Pair<Message>[],
  base: Base,
): Difference[] {
  const lost = pairs.filter(
    (one) => old.servers.includes(one.old.id) && !now.servers.includes(one.now.id),
  );
  const won = pairs.filter(
    (one) => !old.servers.includes(one.old.id) && now.servers.includes(one.now.id),
  );
  return [
    ...lost.map(
      (one): Difference => ({
        ...base,
        rule: 'channel-server.removed',
        ...{ old: quoted(one.old.id), now: '' },
        narrowing: urlsLost(
          sides,
          messages,
          ({ server, channel }) => server === one.old && channel === old,
        ),
      }),
    ),
    ...won.map(
      (one): Difference => ({
        ...base,
        rule: 'channel-server.added',
        ...{ old: '', now: quoted(one.now.id) },
      }),
    ),
  ];
}

/** Compares the values that variables or parameters of the same URL are limited to. */
function variableDifferences(
  old: readonly Variable[],
  now: readonly Variable[],
  base: Base,
): Difference[] {
  return old.flatMap((one): Difference[] => {
    const other = now.find(({ name }) => name === one.name);
    if (other === undefined) return [];
    const about = { ...base, subject: `the parameter ${quoted(one.name)} of ${base.subject}` };
    const lost = one.values.filter((value) => !other.values.includes(value));
    const won = other.values.filter((value) => !one.values.includes(value));
    const none = { ...about, narrowing: [] };
    if (one.values.length === 0 && won.length > 0) {
      return [{ ...about, rule: 'parameter.added', old: '', now: won.join(', ') }];
    }
    if (other.values.length === 0 && lost.length > 0) {
      return [{ ...none, rule: 'parameter.removed', old: lost.join(', '), now: '' }];
    }
    return [
      ...(lost.length === 0
        ? []
        : [{ ...about, rule: 'parameter.narrowed' as const, old: lost.join(', '), now: '' }]),
      ...(won.length === 0
        ? []
        : [{ ...none, rule: 'parameter.widened' as const, old: '', now: won.join(', ') }]),
    ];
  });
}
