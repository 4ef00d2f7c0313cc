import { templateSource } from '../contract/addresses.js';
import { Language } from '../contract/language.js';
import type { Channel, Message, Operation, Server, Variable } from '../spec/model.js';
import type { Way } from './compare-schemas.js';
import type { Side } from './deliveries.js';
import type { Delivery, Evidence } from './evidence.js';
import type { Succession } from './successions.js';
import type { Takers } from './takers.js';

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

/** Says which of the URLs are meant: those of a server, of a channel, of an operation. */
export type IsMeant = (at: {
  readonly server: Base;
  readonly channel: Channel;
  /** The operation that makes the request; undefined where none carries the message. */
  readonly operation: Operation | undefined;
}) => boolean;

/**
 * Returns how to look for deliveries of a message to URLs that the other document knows for none of the messages that take
 * them there, by operations that go on: not at all where it knows all of them. Where a document has no servers, URLs are
 * those below any server.
 */
export function lostUrls(
  message: Message,
  successors: readonly Message[],
  takers: Takers,
  way: Way,
  isMeant: IsMeant = () => true,
): Evidence[] {
  const [giving] = takers.sidesOf(way);
  const isBelowAny = giving.read.spec.servers.length === 0;
  const reason = isBelowAny
    ? 'No operation has this address for it.'
    : 'No operation has this server and address for it.';
  return lostRequests(message, successors, takers, way, isMeant).map(
    (find): Evidence =>
      () => {
        const request = find();
        const [delivery] = giving.deliveries(message);
        if (request === undefined || delivery === undefined) return undefined;
        return { allowedBy: giving.age, delivery: { ...delivery, ...request }, reason };
      },
  );
}

/** Returns a request of a message to an URL that the other document knows for none of some messages, where one is found. */
export function lostRequest(
  message: Message,
  successors: readonly Message[],
  takers: Takers,
  way: Way,
): LostRequest | undefined {
  for (const find of lostRequests(message, successors, takers, way, () => true)) {
    const request = find();
    if (request !== undefined) return request;
  }
  return undefined;
}

type LostRequest = Pick<Delivery, 'method' | 'url'>;

/** Lists, for each kind of requests that is lost, how to find one. */
function lostRequests(
  message: Message,
  successors: readonly Message[],
  takers: Takers,
  way: Way,
  isMeant: IsMeant,
): (() => LostRequest | undefined)[] {
  const [giving, judging] = takers.sidesOf(way);
  const isBelowAny = giving.read.spec.servers.length === 0;
  const operations = new Set(successors.flatMap((one) => takers.operationsOf(one, judging)));
  const known = [...operations].map((operation) => ({
    operation,
    urls: urlsOn(judging, [operation.channel], isBelowAny),
  }));
  // What no operation carries, is wherever its channels are.
  const uncarried = successors.filter((one) => takers.operationsOf(one, judging).length === 0);
  const channels = new Set(uncarried.flatMap((one) => one.channels));
  const anywhere = urlsOn(judging, [...channels], isBelowAny);
  const carrying = takers.operationsOf(message, giving);
  return (carrying.length > 0 ? carrying : [undefined]).flatMap((operation) => {
    const kept = known
      .filter((one) => operation === undefined || takers.goesOn(operation, one.operation, way))
      .flatMap(({ urls }) => urls);
    const sources = [...kept, ...anywhere].map(({ source }) => source);
    const isKept = matcherOf(sources);
    const others = known.filter((one) => one.operation.action === operation?.action);
    const own = operation === undefined ? message.channels : [operation.channel];
    return urlsOn(giving, own, isBelowAny)
      .filter((urls) => isMeant({ ...urls, operation }) && !isCovered(urls.source, sources))
      .map(({ samples }) => () => {
        const url = samples.find((sample) => !isKept(sample));
        if (url === undefined) return undefined;
        const method = operation?.method;
        const there = others.filter(({ urls }) => matcherOf(urls.map(({ source }) => source))(url));
        // What another operation takes there, it may take by these requests too, unless their methods differ.
        const isRefused = there.every((one) => isOtherMethod(method, one.operation.method));
        return isRefused ? { ...(method === undefined ? {} : { method }), url } : undefined;
      });
  });
}

/** Tells of URLs whether one of some patterns matches; these are compiled when the first one is asked for. */
function matcherOf(sources: readonly string[]): (url: string) => boolean {
  let patterns: readonly RegExp[] | undefined;
  return (url) => {
    patterns ??= sources.map((source) => new RegExp(`^${source}$`, 'u'));
    return patterns.some((pattern) => pattern.test(url));
  };
}

function isOtherMethod(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one.toUpperCase() !== other.toUpperCase();
}

/** The same for messages of the old document that go on in the new one. */
export function urlsLost(
  takers: Takers,
  messages: readonly Succession[],
  isMeant: IsMeant,
): Evidence[] {
  return messages.flatMap(({ message, successors }) =>
    lostUrls(message, successors, takers, 'narrowing', isMeant),
  );
}

const ANY_SERVER: Base = { url: '', variables: [] };

/** Lists the URLs of some channels. */
function urlsOn({ read: { spec } }: Side, ids: readonly string[], isBelowAny: boolean): Urls[] {
  const channels = spec.channels.filter(({ id }) => ids.includes(id));
  return channels.flatMap((channel) => {
    const own: readonly Base[] = isBelowAny
      ? [ANY_SERVER]
      : spec.servers.filter(({ id }) => channel.servers.includes(id));
    return own.map((server) => urlsAt(server, channel));
  });
}

/** By channel and server, since each is asked for by all of their messages. */
const made = new WeakMap<Channel, Map<Base, Urls>>();

function urlsAt(server: Base, channel: Channel): Urls {
  const ofChannel = made.get(channel) ?? new Map<Base, Urls>();
  made.set(channel, ofChannel);
  const known = ofChannel.get(server) ?? makeUrls(server, channel);
  ofChannel.set(server, known);
  return known;
}

function makeUrls(server: Base, channel: Channel): Urls {
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

const PORTS: Readonly<Record<string, string>> = {
  'http://': ':80',
  'https://': ':443',
  'ws://': ':80',
  'wss://': ':443',
};

/** Hosts are the same in any case, and with the port that their protocol has anyway. */
function withoutPort(url: string): string {
  const [, protocol = '', host = '', path = ''] = /^([^:/]*:\/\/)([^/]*)(.*)$/s.exec(url) ?? [];
  if (host === '') return url;
  const port = PORTS[protocol.toLowerCase()];
  const named = port !== undefined && host.endsWith(port) ? host.slice(0, -port.length) : host;
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
