import { joinPointer } from '../spec/json-pointer.js';
import type { Channel, Server, Variable } from '../spec/model.js';
import { eitherAction } from './carried-actions.js';
import { quoted, type Sides } from './compare-messages.js';
import { type Action, type Difference, wayOf } from './difference.js';
import { type Pair, type Paired, pair } from './pairs.js';
import type { Succession } from './successions.js';
import type { Takers } from './takers.js';
import { urlsLost } from './urls.js';

/** Compares the servers of both documents. */
export function compareServers(
  takers: Takers,
  { pairs, removed, added }: Paired<Server>,
  messages: readonly Succession[],
): Difference[] {
  const { sides } = takers;
  const about = (one: Server) => ({
    flow: 'promise' as const,
    subject: `the server ${quoted(one.id)}`,
    messages: [],
    actions: actionsAt(sides, one),
    ...{ narrowing: [], widening: [] },
  });
  /** Each action has deliveries of its own, that show what it is about. */
  const ofEach = (change: Difference, one: Server): Difference[] =>
    [...change.actions].map((action) => ({
      ...change,
      actions: new Set([action]),
      narrowing: urlsLost(
        takers,
        messages,
        ({ server, operation }) =>
          server === one && (operation === undefined || operation.action === action),
      ),
    }));
  const at = ({ id }: Server) => joinPointer('/servers', id);
  return [
    ...pairs.flatMap(({ old: one, now: other }): Difference[] => {
      const base = { ...about(other), places: { old: at(one), now: at(other) } };
      const renamed: Difference[] =
        one.id === other.id
          ? []
          : [{ ...base, rule: 'server.renamed', old: quoted(one.id), now: '' }];
      const losing: Difference[] =
        one.url === other.url
          ? variableDifferences(one.variables, other.variables, base)
          : [{ ...base, rule: 'server.changed', old: one.url, now: other.url }];
      return [
        ...renamed,
        ...losing.flatMap((change) => (isLoss(change) ? ofEach(change, one) : [change])),
      ];
    }),
    ...removed.flatMap((one) => {
      const places = { old: at(one), now: undefined };
      const change = { rule: 'server.removed', old: one.url, now: '', places } as const;
      return ofEach({ ...about(one), ...change }, one);
    }),
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

/** What the application does on the channels of a server; where no operation says it, both. */
function actionsAt({ old, now }: Sides, server: Server): ReadonlySet<Action> {
  const actions = [old, now].flatMap(({ read: { spec } }) => {
    const channels = spec.servers.includes(server)
      ? spec.channels.filter(({ servers }) => servers.includes(server.id)).map(({ id }) => id)
      : [];
    return spec.operations
      .filter(({ channel }) => channels.includes(channel))
      .map(({ action }) => action);
  });
  return eitherAction(actions);
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
  takers: Takers,
  { pairs }: Paired<Channel>,
  servers: Paired<Server>,
  messages: readonly Succession[],
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
    const bound = channelServers(takers, { old, now }, servers, messages, base);
    const limited =
      before === after ? variableDifferences(old.parameters, now.parameters, base) : [];
    if (before === after && limited.length === 0) return bound;
    const narrowing = urlsLost(takers, messages, ({ channel }) => channel === old);
    if (before === after) {
      return [...bound, ...limited.map((one) => (isLoss(one) ? { ...one, narrowing } : one))];
    }
    const way = wayOf(before, after);
    return [
      ...bound,
      {
        ...base,
        narrowing,
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
  takers: Takers,
  { old, now }: Pair<Channel>,
  { pairs }: Paired<Server>,
  messages: readonly Succession[],
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
          takers,
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

/** Tells whether URLs may be lost by a change: not by values that are allowed besides. */
function isLoss({ rule }: Difference): boolean {
  return rule !== 'parameter.removed' && rule !== 'parameter.widened';
}

/** Compares the values that variables or parameters of an URL are limited to: those of which nothing is said may be any. */
function variableDifferences(
  old: readonly Variable[],
  now: readonly Variable[],
  base: Base,
): Difference[] {
  const valuesOf = (all: readonly Variable[], name: string) =>
    all.find((one) => one.name === name)?.values ?? [];
  const names = new Set([...old, ...now].map(({ name }) => name));
  return [...names].flatMap((name): Difference[] => {
    const [before, after] = [valuesOf(old, name), valuesOf(now, name)];
    const about = { ...base, subject: `the parameter ${quoted(name)} of ${base.subject}` };
    const lost = before.filter((value) => !after.includes(value));
    const won = after.filter((value) => !before.includes(value));
    if (before.length === 0 && won.length > 0) {
      return [{ ...about, rule: 'parameter.added', old: '', now: won.join(', ') }];
    }
    if (after.length === 0 && lost.length > 0) {
      return [{ ...about, rule: 'parameter.removed', old: lost.join(', '), now: '' }];
    }
    return [
      ...(lost.length === 0
        ? []
        : [{ ...about, rule: 'parameter.narrowed' as const, old: lost.join(', '), now: '' }]),
      ...(won.length === 0
        ? []
        : [{ ...about, rule: 'parameter.widened' as const, old: '', now: won.join(', ') }]),
    ];
  });
}
