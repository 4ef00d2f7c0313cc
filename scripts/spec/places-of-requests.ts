import type { AsyncAPIDocumentInterface } from './asyncapi-document.js';
import { readDescription, textOf } from './described.js';
import type { Channel, Json, JsonObject, Server, Variable } from './model.js';
import { entriesOf, listOf, member } from './positions.js';

/**
 * Reads the servers of a document.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#serverObject
 */
export function readServers(model: AsyncAPIDocumentInterface): Server[] {
  return model
    .servers()
    .all()
    .map((server) => {
      const json = server.json<JsonObject>();
      const { protocol, host = '', pathname = '', url } = json;
      return {
        ...readDescription(json),
        id: server.id(),
        protocol: String(protocol),
        // A server of AsyncAPI 2 states its URL.
        url: textOf(url) ?? `${protocol}://${host}${pathname}`,
        variables: readVariables(json.variables),
      };
    });
}

/**
 * Reads the channels of a document.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#channelObject
 */
export function readChannels(model: AsyncAPIDocumentInterface): Channel[] {
  return model
    .channels()
    .all()
    .map((channel) => {
      const json = channel.json<JsonObject>();
      return {
        ...readDescription(json),
        id: channel.id(),
        address: textOf(json.address),
        parameters: readVariables(json.parameters),
        servers: channel
          .servers()
          .all()
          .map((server) => server.id()),
      };
    });
}

function readVariables(described: Json | undefined): Variable[] {
  return entriesOf(described).map(([name, one]) => ({
    name,
    description: textOf(member(one, 'description')),
    values: listOf(member(one, 'enum')).map(String),
    default: textOf(member(one, 'default')),
    examples: listOf(member(one, 'examples')).map(String),
  }));
}
