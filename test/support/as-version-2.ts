import { joinPointer } from '../../scripts/spec/json-pointer.js';
import { isObject, type Json, type JsonObject, member } from '../../scripts/spec/positions.js';
import { follow } from '../../scripts/spec/references.js';
import { dialectOf, opened } from '../../scripts/spec/schema-format.js';

/**
 * Writes a document of AsyncAPI 3 that stands in one file as one of AsyncAPI 2.6 with the same messages, and its
 * channels' keys for addresses; undefined where AsyncAPI 2 has no words for it: for replies, two operations of one kind on a
 * channel, traits that a message overrules, references into channels.
 */
export function asVersion2(document: JsonObject): JsonObject | undefined {
  try {
    const made = new Downgrade(document).make();
    return /"#\/(channels|operations)/.test(JSON.stringify(made)) ? undefined : made;
  } catch (error) {
    if (error instanceof NoWords) return undefined;
    throw error;
  }
}

class NoWords extends Error {}

class Downgrade {
  readonly #messages: JsonObject = {};
  readonly #keys = new Map<Json, string>();
  readonly #schemes: JsonObject = {};

  constructor(private readonly document: JsonObject) {
    const components = member(document, 'components');
    for (const [key, scheme] of entriesOf(member(components, 'securitySchemes')))
      this.#schemes[key] = schemeOf(scheme);
    for (const [key, message] of entriesOf(member(components, 'messages'))) {
      if (this.#keys.has(this.#target(message))) continue;
      this.#keys.set(this.#target(message), key);
      this.#messages[key] = this.#messageOf(message);
    }
  }

  make(): JsonObject {
    const { info, servers, operations: _, components, ...rest } = this.document;
    const channels = this.#channels();
    const operationTraits = mapped(member(components, 'operationTraits'), (trait) =>
      this.#operationOf(trait),
    );
    const kept = without(components, ...NEW_SECTIONS);
    return {
      ...rest,
      asyncapi: '2.6.0',
      info: without(info, 'tags', 'externalDocs'),
      ...(servers !== undefined && { servers: mapped(servers, (one) => this.#serverOf(one)) }),
      channels,
      components: {
        ...kept,
        schemas: mapped(member(components, 'schemas'), unmarked),
        messages: this.#messages,
        securitySchemes: this.#schemes,
        ...(operationTraits !== undefined && { operationTraits }),
      },
    };
  }

  #channels(): JsonObject {
    const items = new Map<Json, JsonObject>();
    const left = new Map<Json, Set<string>>();
    const channels: JsonObject = {};
    for (const [id, held] of entriesOf(this.document.channels)) {
      const channel = this.#target(held);
      if (!/^[\w{}./-]+$/.test(id)) throw new NoWords();
      const item: JsonObject = {};
      const names = listOf(member(channel, 'servers')).map((one) => lastToken(one));
      if (names.length > 0) item.servers = names;
      channels[id] = item;
      items.set(channel, item);
      const own = entriesOf(member(channel, 'messages')).map(([key, message]) =>
        this.#register(message, key, `${id}.${key}`),
      );
      left.set(channel, new Set(own));
    }
    for (const [id, held] of entriesOf(this.document.operations)) {
      const operation = this.#target(held);
      const channel = this.#target(member(operation, 'channel') ?? null);
      const item = items.get(channel);
      const action = member(operation, 'action') === 'send' ? 'subscribe' : 'publish';
      if (item === undefined || item[action] !== undefined) throw new NoWords();
      if (member(operation, 'reply') !== undefined) throw new NoWords();
      const messages = member(operation, 'messages') ?? member(channel, 'messages');
      const keys = Object.values(messages ?? {}).map((one) => this.#keys.get(this.#target(one)));
      for (const key of keys) left.get(channel)?.delete(key ?? '');
      item[action] = {
        ...this.#operationOf(operation),
        operationId: id,
        message: oneOf(keys as string[]),
      };
    }
    for (const [channel, keys] of left) {
      const item = items.get(channel);
      if (keys.size === 0 || item === undefined) continue;
      if (item.publish !== undefined || item.subscribe !== undefined) throw new NoWords();
      item.subscribe = { message: oneOf([...keys]) };
    }
    return channels;
  }

  /** Gives a channel's message a place among the components; returns its key there. */
  #register(value: Json, name: string, place: string): string {
    const target = this.#target(value);
    const known = this.#keys.get(target);
    const key = known ?? place;
    if (known === undefined) {
      this.#keys.set(target, key);
      this.#messages[key] = this.#messageOf(target);
    }
    const message = this.#messages[key] as JsonObject;
    if (member(target, 'name') === undefined) message.messageId ??= name;
    return key;
  }

  #messageOf(value: Json): JsonObject {
    const message = this.#target(value);
    const { payload, headers, ...rest } = without(message, 'tags', 'externalDocs');
    const inTraits = listOf(member(message, 'traits')).flatMap((one) =>
      Object.keys(this.#target(one) ?? {}),
    );
    if (inTraits.some((name) => member(message, name) !== undefined)) throw new NoWords();
    const format = member(payload, 'schemaFormat');
    return {
      ...rest,
      ...(format !== undefined && { schemaFormat: format }),
      ...(payload !== undefined && { payload: opened(payload) }),
      ...(headers !== undefined && { headers: unmarked(headers) }),
    };
  }

  #operationOf(operation: Json): JsonObject {
    const { security, ...rest } = without(operation, ...NEW_IN_OPERATIONS);
    return security === undefined ? rest : { ...rest, security: this.#requirements(security) };
  }

  #serverOf(value: Json): JsonObject {
    const server = this.#target(value);
    const { host, pathname = '', security, ...rest } = without(server, ...NEW_IN_SERVERS);
    return {
      ...rest,
      url: `${rest.protocol}://${host}${pathname}`,
      ...(security !== undefined && { security: this.#requirements(security) }),
    };
  }

  #requirements(security: Json): Json[] {
    return listOf(security).map((one) => {
      const key =
        member(one, '$ref') === undefined ? `inline${JSON.stringify(one)}` : lastToken(one);
      this.#schemes[key] ??= schemeOf(one);
      return { [key]: [] };
    });
  }

  #target(value: Json): Json {
    return follow(this.document, value) ?? null;
  }
}

const NEW_SECTIONS = [
  ...['operations', 'replies', 'replyAddresses', 'tags', 'externalDocs', 'channels'],
  ...['servers', 'parameters'],
];
const NEW_IN_OPERATIONS = [
  ...['action', 'channel', 'messages', 'reply', 'title', 'tags', 'externalDocs'],
];
const NEW_IN_SERVERS = ['title', 'summary', 'tags', 'externalDocs'];

const entriesOf = (value: Json | undefined): [string, Json][] => Object.entries(value ?? {});
const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const lastToken = (reference: Json) => String(member(reference, '$ref')).split('/').at(-1) ?? '';

function mapped(value: Json | undefined, change: (one: Json) => Json): JsonObject {
  return Object.fromEntries(entriesOf(value).map(([key, one]) => [key, change(one)]));
}

function without(value: Json | undefined, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(entriesOf(value).filter(([name]) => !names.includes(name)));
}

/** Unwraps a schema that stands where AsyncAPI 2 has no words for its dialect. */
function unmarked(value: Json): Json {
  if (dialectOf(String(member(value, 'schemaFormat'))) === '2020-12') throw new NoWords();
  return opened(value);
}

function schemeOf(value: Json): Json {
  const { flows, ...rest } = without(value, 'scopes');
  if (!isObject(flows)) return rest;
  const changed = mapped(flows, (flow) => ({
    ...without(flow, 'availableScopes'),
    scopes: member(flow, 'availableScopes') ?? {},
  }));
  return { ...rest, flows: changed };
}

function oneOf(keys: readonly string[]): JsonObject {
  const references = keys.map((key) => ({ $ref: `#${joinPointer('/components/messages', key)}` }));
  const [only] = references;
  return references.length === 1 && only !== undefined ? only : { oneOf: references };
}
