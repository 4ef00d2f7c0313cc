import type { AsyncAPIDocumentInterface } from './asyncapi-document.js';
import { joinPointer } from './json-pointer.js';
import type { Json, JsonObject, Operation } from './model.js';
import { isContainer, isObject, member } from './positions.js';

/**
 * Reads the document's operations; `nameOf` returns the name of a message of the model. An operation without a list of
 * messages is about all of its channel.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#operationObject
 */
export function readOperations(
  model: AsyncAPIDocumentInterface,
  nameOf: (message: object) => string | undefined,
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
      const { action, channel, messages, bindings } = operation.json<JsonObject>();
      const http = member(bindings, 'http');
      const method = member(http, 'method');
      const address = member(channel, 'address');
      const names = Object.values(messages ?? member(channel, 'messages') ?? {})
        .filter(isContainer)
        .flatMap((message) => nameOf(message) ?? []);
      return {
        id,
        pointer: joinPointer('/operations', id),
        action: action === 'receive' ? 'receive' : 'send',
        channel: channels.get(channel) ?? '',
        messages: [...new Set(names)],
        method: typeof method === 'string' ? method : undefined,
        query: member(http, 'query'),
        address: typeof address === 'string' ? address : undefined,
        parameters: enumeratedParameters(channel),
        basePaths: basePathsOf(channel, model),
      };
    });
}

/** https://www.asyncapi.com/docs/reference/specification/v3.1.0#parameterObject */
function enumeratedParameters(channel: Json | undefined): Map<string, readonly string[]> {
  const parameters = member(channel, 'parameters');
  return new Map(
    Object.entries(isObject(parameters) ? parameters : {}).flatMap(([name, parameter]) => {
      const values = member(parameter, 'enum');
      return Array.isArray(values) ? [[name, values.map(String)]] : [];
    }),
  );
}

/** Returns the paths that the channel's servers put before its address, `''` where they have none; once each. */
function basePathsOf(channel: unknown, model: AsyncAPIDocumentInterface): string[] {
  const own = Object.values(member(channel, 'servers') ?? {}).filter(isObject);
  const servers =
    own.length > 0
      ? own
      : model
          .servers()
          .all()
          .map((server) => server.json<JsonObject>());
  const paths = servers.map(({ pathname }) =>
    typeof pathname === 'string' ? pathname.replace(/\/$/, '') : '',
  );
  return [...new Set(paths.length > 0 ? paths : [''])];
}
