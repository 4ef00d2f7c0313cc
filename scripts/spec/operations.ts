import type { AsyncAPIDocumentInterface } from './asyncapi-document.js';
import { joinPointer } from './json-pointer.js';
import type { JsonObject, Operation } from './model.js';
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
      const method = member(member(bindings, 'http'), 'method');
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
        address: typeof address === 'string' ? address : undefined,
        basePaths: basePathsOf(channel, model),
      };
    });
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
