import { isObject, type Json, type JsonObject, member } from './positions.js';

/** Tells whether a version of AsyncAPI is one of 2.x. */
export function isVersion2(version: string): boolean {
  return version.startsWith('2.');
}

/** An operation of AsyncAPI 2, which stands in its channel. */
export interface ChannelOperation {
  /** Its `operationId`, or where it states none, its channel's address and its action. */
  readonly id: string;
  readonly action: 'publish' | 'subscribe';
  readonly operation: JsonObject;
}

/** Lists the operations that a channel of AsyncAPI 2 holds, in its order. */
export function operationsOf(address: string, channel: Json | undefined): ChannelOperation[] {
  return Object.entries(channel ?? {}).flatMap(([action, operation]) => {
    if ((action !== 'publish' && action !== 'subscribe') || !isObject(operation)) return [];
    const { operationId } = operation;
    const id = typeof operationId === 'string' ? operationId : `${address}.${action}`;
    return [{ id, action, operation }];
  });
}

/** What the form of AsyncAPI 3 is made with. */
interface Tools {
  /** Copies an object with changes; the copy counts as the object of the document that it was made of. */
  readonly change: (object: JsonObject, changes: JsonObject) => JsonObject;
  /** Returns what a reference names, or a value that is none. */
  readonly target: (value: Json) => Json | undefined;
}

/**
 * Puts a document of AsyncAPI 2 into the form of AsyncAPI 3, as the AsyncAPI project's own converter does: its objects
 * are linked, so no reference has to be changed. Its messages and servers are changed in place.
 * https://github.com/asyncapi/converter-js/blob/master/src/third-version.ts
 */
export function asVersion3(document: JsonObject, tools: Tools): JsonObject {
  const components = document.components;
  const schemes = member(components, 'securitySchemes');
  for (const server of Object.values(document.servers ?? {}).filter(isObject)) {
    server.pathname = pathOf(String(server.url));
    server.security = demandsOf(server.security, schemes);
  }
  nameComponents(member(components, 'messages'));
  const channels: [string, JsonObject][] = [];
  const operations: [string, JsonObject][] = [];
  for (const [address, held] of Object.entries(document.channels ?? {}).filter(holdsObject)) {
    const channel = tools.change(held, {
      address,
      servers: namedServers(held.servers, document.servers),
      parameters: withValues(held.parameters, tools),
    });
    const messages = new Set<JsonObject>();
    for (const { id, action, operation } of operationsOf(address, held)) {
      const own = messagesOf(operation.message);
      for (const [index, message] of own.entries()) {
        nameMessage(message, own.length > 1 ? `${id}.message.${index}` : `${id}.message`);
        messages.add(message);
      }
      const made = tools.change(operation, {
        // What others publish to the channel the application receives; what they subscribe to it sends.
        action: action === 'publish' ? 'receive' : 'send',
        channel,
        messages: own,
        security: demandsOf(operation.security, schemes),
      });
      operations.push([id, made]);
    }
    channel.messages = Object.fromEntries([...messages].entries());
    channels.push([address, channel]);
  }
  return tools.change(document, {
    asyncapi: '3.0.0',
    channels: Object.fromEntries(channels),
    operations: Object.fromEntries(operations),
  });
}

const holdsObject = (entry: [string, Json]): entry is [string, JsonObject] => isObject(entry[1]);

/** Gives named messages their names: `name`, or `messageId`, or the key among the components. */
function nameComponents(messages: Json | undefined): void {
  for (const [key, message] of Object.entries(messages ?? {})) {
    if (isObject(message) && message.oneOf === undefined) nameMessage(message, key);
  }
}

function nameMessage(message: JsonObject, otherwise: string): void {
  message.name ??= message.messageId ?? otherwise;
}

/** Lists an operation's messages, of which `oneOf` holds several. */
function messagesOf(message: Json | undefined): JsonObject[] {
  if (!isObject(message)) return [];
  return Array.isArray(message.oneOf) ? message.oneOf.filter(isObject) : [message];
}

/** Returns what a server's URL puts before an address; the URL may lack its scheme, or be a path. */
function pathOf(url: string): string {
  return url.replace(/^[^/]*:\/\//, '').replace(/^[^/]*/, '');
}

/** Returns the servers that a channel names; where it names none, it is on all of them. */
function namedServers(names: Json | undefined, servers: Json | undefined): Json[] {
  return Array.isArray(names) ? names.flatMap((name) => member(servers, String(name)) ?? []) : [];
}

/** Returns an address's parameters with the values that their schemas enumerate. */
function withValues(parameters: Json | undefined, { target }: Tools): JsonObject {
  return Object.fromEntries(
    Object.entries(parameters ?? {}).map(([name, parameter]) => {
      const schema = target(member(parameter, 'schema') ?? true);
      const constant = member(schema, 'const');
      const values = constant === undefined ? member(schema, 'enum') : [constant];
      return [name, values === undefined ? {} : { enum: values }];
    }),
  );
}

/**
 * Returns the security schemes of which a request must satisfy one: a list where it must satisfy several at once.
 * Nothing is demanded where a request may do without.
 * https://www.asyncapi.com/docs/reference/specification/v2.6.0#securityRequirementObject
 */
function demandsOf(requirements: Json | undefined, schemes: Json | undefined): Json[] {
  const alternatives = (Array.isArray(requirements) ? requirements : []).map((requirement) =>
    Object.keys(requirement ?? {}).flatMap((name) => member(schemes, name) ?? []),
  );
  if (alternatives.some((together) => together.length === 0)) return [];
  return alternatives.map((together) => (together.length === 1 ? (together[0] as Json) : together));
}
