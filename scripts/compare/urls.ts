import { templateSource } from '../contract/addresses.js';
import { Language } from '../contract/language.js';
import type { Channel, Message, Server, Spec, Variable } from '../spec/model.js';
import type { Sides } from './compare-messages.js';
import type { Side } from './deliveries.js';
import type { Evidence } from './evidence.js';
import type { Succession } from './successions.js';

/** Where URLs begin: at a server. */
type Base = Pick<Server, 'url' | 'variables'>;

/** The URLs that a message's deliveries go to on one server and one channel. */
interface Urls {
  readonly server: Base;
  readonly channel: Channel;
  /** The source of the pattern that they match. */
  readonly source: string;
  /** Some of them. */
  readonly samples: readonly string[];
}

/** Says which of the URLs are meant: those of a server, or of a channel. */
export type IsMeant = (at: { readonly server: Base; readonly channel: Channel }) => boolean;

/**
 * Returns how to look for deliveries of a message to URLs that the other document knows for none of the messages that take
 * them there: not at all where it knows all of them. Where a document has no servers, URLs are those below any server.
 */
export function lostUrls(
  message: Message,
  takers: readonly Message[],
  [giving, judging]: readonly [Side, Side],
  isMeant: IsMeant = () => true,
): Evidence[] {
  const isBelowAny = giving.read.spec.servers.length === 0;
  const reason = isBelowAny ? 'No address makes this URL.' : 'No server and address make this URL.';
  return lostPatterns(message, takers, [giving, judging], isMeant).map(
    (find): Evidence =>
      () => {
        const url = find();
        const [delivery] = giving.deliveries(message);
        if (url === undefined || delivery === undefined) return undefined;
        return { allowedBy: giving.age, delivery: { ...delivery, url }, reason };
      },
  );
}

/** Returns an URL of a message that the other document knows for none of some messages, where one is found. */
export function lostUrl(
  message: Message,
  takers: readonly Message[],
  sides: readonly [Side, Side],
): string | undefined {
  for (const find of lostPatterns(message, takers, sides, () => true)) {
    const url = find();
    if (url !== undefined) return url;
  }
  return undefined;
}

/** Lists, for each kind of URLs that is lost, how to find one. */
function lostPatterns(
  message: Message,
  takers: readonly Message[],
  [giving, judging]: readonly [Side, Side],
  isMeant: IsMeant,
): (() => string | undefined)[] {
  const isBelowAny = giving.read.spec.servers.length === 0;
  const known = takers.flatMap((taker) => urlsOf(judging.read.spec, taker, isBelowAny));
  const sources = known.map(({ source }) => source);
  return urlsOf(giving.read.spec, message, isBelowAny)
    .filter((urls) => isMeant(urls) && !isCovered(urls.source, sources))
    .map(({ samples }) => () => {
      const patterns = sources.map((source) => new RegExp(`^${source}$`, 'u'));
      return samples.find((sample) => !patterns.some((pattern) => pattern.test(sample)));
    });
}

/** The same for messages of the old document that go on in the new one. */
export function urlsLost(
  { old, now }: Sides,
  messages: readonly Succession[],
  isMeant: IsMeant,
): Evidence[] {
  return messages.flatMap(({ message, successors }) =>
    lostUrls(message, successors, [old, now], isMeant),
  );
}

const ANY_SERVER: Base = { url: '', variables: [] };

function urlsOf({ servers, channels }: Spec, message: Message, isBelowAny: boolean): Urls[] {
  return channels
    .filter(({ id }) => message.channels.includes(id))
    .flatMap((channel) => {
      const own: readonly Base[] = isBelowAny
        ? [ANY_SERVER]
        : servers.filter(({ id }) => channel.servers.includes(id));
      return own.map((server) => urlsAt(server, channel));
    });
}

function urlsAt(server: Base, channel: Channel): Urls {
  const { address } = channel;
  const variables = [...server.variables, ...channel.parameters];
  // An URL says by itself where it is.
  const isWhole = address !== undefined && /^[a-z][a-z0-9+.-]*:\/\//i.test(address);
  const base = withoutPort(isWhole ? address : server.url.replace(/\/$/, ''));
  const template =
    isWhole || address === undefined
      ? base
      : `${base}${address.startsWith('/') ? '' : '/'}${address}`;
  // Where only the consumer knows the address, it may be any path there.
  const rest = address === undefined ? '(?:[/?#].*)?' : '';
  const source = `${templateSource(template, valuesOf(variables))}${rest}`;
  return {
    server,
    channel,
    source,
    samples: samplesOf(template === '' ? '/' : template, variables),
  };
}

/** Hosts are the same in any case, and with the port that their protocol has anyway. */
function withoutPort(url: string): string {
  const [, protocol = '', host = '', path = ''] = /^([^:/]*:\/\/)([^/]*)(.*)$/s.exec(url) ?? [];
  if (host === '') return url;
  const port = protocol === 'http://' ? ':80' : ':443';
  const named = host.endsWith(port) ? host.slice(0, -port.length) : host;
  // The names of variables keep their case.
  return `${protocol}${named.replace(/\{[^{}]*\}|[A-Z]+/g, (part) => (part.startsWith('{') ? part : part.toLowerCase()))}${path}`;
}

/** Returns the values that variables or parameters are limited to, by their names. */
function valuesOf(variables: readonly Variable[]): Map<string, readonly string[]> {
  return new Map(
    variables.filter(({ values }) => values.length > 0).map(({ name, values }) => [name, values]),
  );
}

/** Tells whether all texts of one pattern are texts of at least one of others. */
function isCovered(source: string, others: readonly string[]): boolean {
  if (others.includes(source)) return true;
  const own = Language.of(`^(?:${source})$`);
  const all = Language.of(`^(?:${others.join('|') || '[]'})$`);
  return own !== undefined && all !== undefined && own.beyond(all, 1)?.length === 0;
}

/** How many values of one variable are tried, and how many URLs are made. */
const MAX_VALUES = 50;
const MAX_SAMPLES = 200;

function samplesOf(template: string, variables: readonly Variable[]): string[] {
  let samples = [template];
  for (const { name, values, default: usual } of variables) {
    const tried = values.length > 0 ? values.slice(0, MAX_VALUES) : [usual ?? 'x', 'other'];
    samples = samples
      .flatMap((sample) => tried.map((value) => sample.replaceAll(`{${name}}`, value)))
      .slice(0, MAX_SAMPLES);
  }
  return samples;
}
