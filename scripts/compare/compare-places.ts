import { templateSource } from '../contract/addresses.js';
import { Language } from '../contract/language.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Channel, Server, Variable } from '../spec/model.js';
import { quoted, type Sides } from './compare-messages.js';
import type { Action, Difference } from './difference.js';
import type { Evidence } from './evidence.js';
import { type Paired, pair } from './pairs.js';
import { urlsOf } from './urls.js';

/** Compares the servers of both documents. */
export function compareServers(sides: Sides, actions: ReadonlySet<Action>): Difference[] {
  const [old, now] = [sides.old.read.spec.servers, sides.now.read.spec.servers];
  const { pairs, removed, added }: Paired<Server> = pair(
    old,
    now,
    ({ id }) => id,
    (one, other) => one.url === other.url,
  );
  const about = ({ id }: Server) => ({
    flow: 'promise' as const,
    subject: `the server ${quoted(id)}`,
    messages: [],
    actions,
    widening: [],
  });
  const covering = now.map((server) => templateSource(server.url, valuesOf(server.variables)));
  const lossOf = (server: Server): Evidence[] =>
    isCovered(templateSource(server.url, valuesOf(server.variables)), covering)
      ? []
      : [lostUrl(sides, ({ servers }) => servers.includes(server.id))];
  const at = ({ id }: Server) => joinPointer('/servers', id);
  return [
    ...pairs.flatMap(({ old: one, now: other }): Difference[] => {
      const places = { old: at(one), now: at(other) };
      const base = { ...about(other), places };
      return [
        ...(one.id === other.id
          ? []
          : [
              {
                ...base,
                rule: 'server.renamed' as const,
                old: quoted(one.id),
                now: '',
                narrowing: [],
              },
            ]),
        ...(one.url === other.url
          ? []
          : [
              {
                ...base,
                rule: 'server.changed' as const,
                old: one.url,
                now: other.url,
                narrowing: lossOf(one),
              },
            ]),
        ...variableDifferences(one.variables, other.variables, base.subject, {
          ...base,
          narrowing: one.url === other.url ? lossOf(one) : [],
        }),
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
        narrowing: [],
      }),
    ),
  ];
}

/** Compares the addresses of the channels that both documents have. */
export function compareAddresses(
  sides: Sides,
  { pairs }: Paired<Channel>,
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
      widening: [],
    };
    const source = (channel: Channel) =>
      templateSource(channel.address ?? '', valuesOf(channel.parameters));
    const loss =
      after === undefined || (before !== undefined && isCovered(source(old), [source(now)]))
        ? []
        : [lostUrl(sides, ({ id }) => id === old.id)];
    if (before === after) {
      return variableDifferences(old.parameters, now.parameters, base.subject, {
        ...base,
        narrowing: loss,
      });
    }
    const way = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
    return [
      {
        ...base,
        rule: `address.${way}`,
        places: { old: `${base.places.old}/address`, now: `${base.places.now}/address` },
        old: before ?? 'not stated',
        now: after ?? 'not stated',
        narrowing: loss,
      },
    ];
  });
}

function valuesOf(variables: readonly Variable[]): Map<string, readonly string[]> {
  return new Map(
    variables.filter(({ values }) => values.length > 0).map(({ name, values }) => [name, values]),
  );
}

/** Compares the values that variables or parameters of the same URL are limited to. */
function variableDifferences(
  old: readonly Variable[],
  now: readonly Variable[],
  holder: string,
  base: Omit<Difference, 'rule' | 'old' | 'now'>,
): Difference[] {
  return old.flatMap((one): Difference[] => {
    const other = now.find(({ name }) => name === one.name);
    if (other === undefined) return [];
    const about = { ...base, subject: `the parameter ${quoted(one.name)} of ${holder}` };
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

/** Tells whether all texts of one pattern are texts of at least one of others. */
function isCovered(source: string, others: readonly string[]): boolean {
  const own = Language.of(`^(?:${source})$`);
  const all = Language.of(`^(?:${others.join('|') || '[]'})$`);
  return own !== undefined && all !== undefined && own.beyond(all, 1)?.length === 0;
}

/** Looks for an URL of some channels of the old document that the new one knows no more. */
function lostUrl({ old, now }: Sides, isMeant: (channel: Channel) => boolean): Evidence {
  return () => {
    for (const channel of old.read.spec.channels.filter(isMeant)) {
      for (const message of old.read.spec.messages) {
        if (!message.channels.includes(channel.id)) continue;
        const known = urlsOf(now.read.spec, message.name);
        for (const { samples } of urlsOf(old.read.spec, message.name, channel.id)) {
          const url = samples.find((sample) => !known.some(({ pattern }) => pattern.test(sample)));
          if (url === undefined || known.length === 0) continue;
          const [delivery] = old.deliveries(message);
          if (delivery === undefined) continue;
          const reason = 'No server and address make this URL.';
          return { allowedBy: 'old', delivery: { ...delivery, url }, reason };
        }
      }
    }
    return undefined;
  };
}
