import type { AsyncAPIDocumentInterface } from './asyncapi-document.js';
import { readDescription, textOf } from './described.js';
import { joinPointer } from './json-pointer.js';
import type { Json, JsonObject, Operation } from './model.js';
import { entriesOf, isContainer, isObject, member } from './positions.js';
import type { SecurityIndex } from './security.js';

/**
 * Reads the document's operations; `nameOf` returns the name of a message of the model, `pointerOf` where an
 * operation stands, `security` knows what they demand. An operation without a list of messages is about all of its channel.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#operationObject
 */
export function readOperations(
  model: AsyncAPIDocumentInterface,
  nameOf: (message: object) => string | undefined,
  pointerOf: (operation: object) => string | undefined,
  security: SecurityIndex,
): Operation[] {
  const channels = new Map<unknown, string>(
    model
      .channels()
      .all()
      .map((channel) => [channel.json(), channel.id()]),
  );
  return model
    .operations()
    .all()
    .map((operation): Operation => {
      const id = operation.id() ?? '';
      const json = operation.json<JsonObject>();
      const { action, channel, messages, bindings } = json;
      const http = member(bindings, 'http');
      const method = member(http, 'method');
      const address = member(channel, 'address');
      const names = Object.values(messages ?? member(channel, 'messages') ?? {})
        .filter(isContainer)
        .flatMap((message) => nameOf(message) ?? []);
      return {
        ...readDescription(json),
        id,
        pointer: pointerOf(json) ?? joinPointer('/operations', id),
        action: action === 'receive' ? 'receive' : 'send',
        channel: channels.get(channel) ?? '',
        messages: [...new Set(names)],
        method: textOf(method),
        bindingVersion: textOf(member(http, 'bindingVersion')),
        query: member(http, 'query'),
        address: textOf(address),
        parameters: enumerated(member(channel, 'parameters')),
        ...basesOf(channel, model),
        security: security.requirementOfOperation(json),
      };
    });
}

/** Returns the values of those of an address's parameters, or of a server's variables, that have an `enum`. */
function enumerated(described: Json | undefined): Map<string, readonly string[]> {
  return new Map(
    entriesOf(described).flatMap(([name, one]) => {
      const values = member(one, 'enum');
      return Array.isArray(values) ? [[name, values.map(String)]] : [];
    }),
  );
}

/**
 * Returns what the channel's servers put before its address, each once, and the values of its variables.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#serverObject
 */
function basesOf(
  channel: unknown,
  model: AsyncAPIDocumentInterface,
): Pick<Operation, 'basePaths' | 'baseVariables'> {
  const own = Object.values(member(channel, 'servers') ?? {}).filter(isObject);
  const servers =
    own.length > 0
      ? own
      : model
          .servers()
          .all()
          .map((server) => server.json<JsonObject>());
  const stated = servers.map(({ pathname, variables }) => ({
    path: typeof pathname === 'string' ? pathname.replace(/^(?=[^/])/, '/').replace(/\/$/, '') : '',
    variables: enumerated(variables),
  }));
  const all = stated.length > 0 ? stated : [{ path: '', variables: enumerated(undefined) }];
  const keyOf = ({ path, variables }: (typeof all)[number]) => JSON.stringify([path, ...variables]);
  const bases = [...new Map(all.map((one) => [keyOf(one), one])).values()];
  return {
    basePaths: bases.map(({ path }) => path),
    baseVariables: bases.map(({ variables }) => variables),
  };
}
