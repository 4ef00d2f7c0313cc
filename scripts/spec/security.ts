import type { AsyncAPIDocumentInterface } from './asyncapi-document.js';
import type { Credential, Json, JsonObject } from './model.js';
import { isContainer, isObject, listOf, member } from './positions.js';

/** How far a signed time may be from now, in seconds, where the document does not say. */
const TOLERANCE = 300;

/** Collects the credentials that messages demand, once each, and what each message demands of them. */
export class SecurityIndex {
  readonly #credentials: Credential[] = [];
  readonly #schemes: (JsonObject | undefined)[] = [];
  readonly #indexes = new Map<string, number>();
  /** The servers of each channel. */
  readonly #channels = new Map<Json | undefined, readonly JsonObject[]>();
  readonly #servers = new Map<object, Set<JsonObject>>();
  readonly #operations = new Map<object, Set<JsonObject>>();
  /** What each server and operation demands: many messages share them. */
  readonly #alternatives = new Map<JsonObject, ReadonlyMap<string, readonly Demanded[]>>();

  constructor(model: AsyncAPIDocumentInterface) {
    const operations = new Map<Json | undefined, JsonObject[]>();
    for (const operation of model.operations().all()) {
      const json = operation.json<JsonObject>();
      const { channel, messages, reply } = json;
      operations.set(channel, [...(operations.get(channel) ?? []), json]);
      // Without a list, an operation is about all messages of its channel.
      for (const message of held(messages ?? member(channel, 'messages'))) {
        add(this.#operations, message, json);
      }
      for (const message of held(
        member(reply, 'messages') ?? member(member(reply, 'channel'), 'messages'),
      )) {
        add(this.#operations, message, json);
      }
    }
    const forgotten = new Map<object, Set<JsonObject>>();
    for (const channel of model.channels().all()) {
      const json = channel.json<JsonObject>();
      const servers = httpServers(
        channel
          .servers()
          .all()
          .map((one) => one.json<JsonObject>()),
      );
      this.#channels.set(json, servers);
      for (const message of held(json.messages)) {
        for (const server of servers) add(this.#servers, message, server);
        if (this.#operations.has(message)) continue;
        for (const operation of operations.get(json) ?? []) add(forgotten, message, operation);
      }
    }
    // A message that no operation lists is not freed of what the others of its channel demand.
    for (const [message, holders] of forgotten) this.#operations.set(message, holders);
  }

  /** Returns what was demanded so far. */
  credentials(): readonly Credential[] {
    return this.#credentials;
  }

  /** Returns the security scheme of each; undefined where several are demanded at once. */
  schemes(): readonly (JsonObject | undefined)[] {
    return this.#schemes;
  }

  /**
   * Returns what a message of the model demands: one credential of each list. Servers are places of which a consumer
   * has one, so their alternatives make one list; so do those of the message's operations.
   */
  requirementOf(message: object): readonly (readonly number[])[] {
    return this.#demanded([
      [...(this.#servers.get(message) ?? [])],
      [...(this.#operations.get(message) ?? [])],
    ]);
  }

  /** Returns what an operation of the model demands by itself, whatever others demand of its messages. */
  requirementOfOperation(operation: JsonObject): readonly (readonly number[])[] {
    return this.#demanded([this.#channels.get(operation.channel) ?? [], [operation]]);
  }

  #demanded(holders: readonly (readonly JsonObject[])[]): readonly (readonly number[])[] {
    const lists = holders.flatMap((objects) => this.#listsOf(objects));
    const stated = lists.filter((list) => list.length > 0);
    return [...new Map(stated.map((list) => [String(list), list])).values()];
  }

  /** Returns what objects demand, one or the other: a list of alternatives, or one for each scheme demanded at once. */
  #listsOf(objects: readonly JsonObject[]): number[][] {
    const alternatives = new Map(objects.flatMap((one) => [...this.#alternativesOf(one)]));
    const distinct = [...alternatives.values()];
    const [only = []] = distinct;
    if (distinct.length === 1) return only.map((one) => [this.#indexOf(one)]);
    const credential: Credential = { kind: 'unsupported', scheme: 'several schemes at once' };
    const several: Demanded = { credential, scheme: undefined };
    const indexes = distinct.map(([one = several, ...others]) =>
      this.#indexOf(others.length > 0 ? several : one),
    );
    return [[...new Set(indexes)].sort((one, other) => one - other)];
  }

  #alternativesOf(holder: JsonObject): ReadonlyMap<string, readonly Demanded[]> {
    const known = this.#alternatives.get(holder) ?? alternativesOf(holder);
    this.#alternatives.set(holder, known);
    return known;
  }

  #indexOf({ credential, scheme }: Demanded): number {
    const key = JSON.stringify(credential);
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const index = this.#credentials.push(credential) - 1;
    this.#schemes.push(scheme);
    this.#indexes.set(key, index);
    return index;
  }
}

/** A credential that is demanded, and the scheme that it was read from. */
interface Demanded {
  readonly credential: Credential;
  readonly scheme: JsonObject | undefined;
}

/** Reads what a server or an operation demands: the credentials of each alternative, under a text that tells it. */
function alternativesOf({ security }: JsonObject): Map<string, readonly Demanded[]> {
  return new Map(
    listOf(security).map((demand) => {
      const together = [demand]
        .flat()
        .filter(isObject)
        .map((scheme) => ({ credential: credentialOf(scheme), scheme }));
      const texts = together.map(({ credential }) => JSON.stringify(credential)).sort();
      return [String(texts), together];
    }),
  );
}

/** Keeps the servers that requests come to; all of them where none is for HTTP. */
function httpServers(servers: readonly JsonObject[]): readonly JsonObject[] {
  const found = servers.filter(({ protocol }) => /^https?$/i.test(String(protocol)));
  return found.length > 0 ? found : servers;
}

/** Returns the objects of a map or a list. */
function held(value: Json | undefined): object[] {
  return isContainer(value) ? Object.values(value).filter(isContainer) : [];
}

function add(holders: Map<object, Set<JsonObject>>, message: object, holder: JsonObject): void {
  const known = holders.get(message);
  if (known === undefined) holders.set(message, new Set([holder]));
  else known.add(holder);
}

/**
 * Reads a security scheme.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#securitySchemeObject
 */
export function credentialOf(scheme: JsonObject): Credential {
  const { type } = scheme;
  if (type === 'http' && String(scheme.scheme).toLowerCase() === 'bearer')
    return { kind: 'bearer' };
  if (type === 'http') return { kind: 'unsupported', scheme: `HTTP ${scheme.scheme}` };
  if (type !== 'httpApiKey') return { kind: 'unsupported', scheme: String(type) };
  if (scheme.in !== 'header') return { kind: 'unsupported', scheme: `a key in the ${scheme.in}` };
  return headerCredential(String(scheme.name), scheme['x-credential']);
}

/** Reads what a header holds (`x-credential`); where nothing says so, a value that both sides know. */
function headerCredential(header: string, held: Json | undefined): Credential {
  const tolerance = Number(member(held, 'tolerance') ?? TOLERANCE);
  switch (member(held, 'kind')) {
    case 'hmac':
      return {
        kind: 'hmac',
        header,
        encoding: member(held, 'encoding') === 'hex' ? 'hex' : 'base64',
        prefix: String(member(held, 'prefix') ?? ''),
      };
    case 'timestamped-hmac':
      return { kind: 'timestamped-hmac', header, tolerance };
    case 'standard-webhooks':
      return { kind: 'standard-webhooks', prefix: header.replace(/signature$/i, ''), tolerance };
    default: {
      const isOptional = member(held, 'required') === false;
      return member(held, 'name') === 'free'
        ? { kind: 'static-header', isOptional }
        : { kind: 'static-header', header, isOptional };
    }
  }
}
