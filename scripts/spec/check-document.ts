import { type Problem, problem } from '../problems/problem.js';
import { checkChannelName, checkParameters } from './check-address.js';
import { checkVersion2 } from './check-version-2.js';
import { isReference, type Visited } from './grammar.js';
import { joinPointer, pointerTokens } from './json-pointer.js';
import { isObject, type Json, type JsonObject, type Locate, member } from './positions.js';
import { follow, lookUp } from './references.js';
import { isVersion2 } from './version-2.js';

/**
 * Checks what AsyncAPI says in words and its JSON Schema can't: which channel an operation refers to, whose
 * messages it lists, and that a channel's parameters are those of its address.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#operationObject
 */
export function checkDocument(
  document: JsonObject,
  places: readonly Visited[],
  version: string,
  locate: Locate,
): Problem[] {
  return [
    ...checkObjects(places, locate),
    ...(isVersion2(version)
      ? checkVersion2(document, places, locate)
      : checkVersion3(document, locate)),
  ];
}

function checkVersion3(document: JsonObject, locate: Locate): Problem[] {
  const sections = (...names: string[]) =>
    names.flatMap((name) => [
      [joinPointer('', name), member(document, name)] as const,
      [joinPointer('', 'components', name), member(member(document, 'components'), name)] as const,
    ]);
  const each = (pairs: readonly (readonly [string, Json | undefined])[]) =>
    pairs.flatMap(([pointer, held]) =>
      isObject(held)
        ? Object.entries(held).map(([key, value]) => ({
            key,
            value,
            pointer: joinPointer(pointer, key),
          }))
        : [],
    );
  return [
    ...each([['/operations', member(document, 'operations')]]).flatMap(({ value, pointer }) =>
      checkOperationChannel(value, pointer, locate),
    ),
    ...each(sections('operations')).flatMap(({ value, pointer }) =>
      checkOperationMessages(document, value, pointer, locate),
    ),
    ...each([['/channels', member(document, 'channels')]]).flatMap(({ key, value, pointer }) => [
      ...checkChannelName(key, pointer, locate),
      ...checkChannelServers(value, pointer, locate),
    ]),
    ...each(sections('channels')).flatMap(({ value, pointer }) =>
      checkChannelParameters(value, pointer, locate),
    ),
  ];
}

/** AsyncAPI's JSON Schema does not say of every object that it must be one. */
function checkObjects(places: readonly Visited[], locate: Locate): Problem[] {
  const problems: Problem[] = [];
  for (const { value, kind, pointer } of places) {
    if (kind === 'schema' || isObject(value)) continue;
    const what = `The value of ${JSON.stringify(pointerTokens(pointer).at(-1))} is not what AsyncAPI allows here.`;
    const found = JSON.stringify(value).slice(0, 60);
    problems.push(
      problem('structure.invalid', { what, expected: 'object', found }, locate(pointer)),
    );
  }
  return problems;
}

function checkOperationChannel(operation: Json, pointer: string, locate: Locate): Problem[] {
  const channel = member(operation, 'channel');
  if (!isReference(channel) || channel.$ref.startsWith('#/channels/')) return [];
  return [problem('operation.channel', {}, locate(`${pointer}/channel/$ref`))];
}

function checkOperationMessages(
  document: JsonObject,
  operation: Json,
  pointer: string,
  locate: Locate,
): Problem[] {
  const channel = member(operation, 'channel');
  const messages = member(operation, 'messages');
  if (!isReference(channel) || !Array.isArray(messages)) return [];
  return messages.flatMap((message, index) =>
    isReference(message) && !belongs(document, message, channel)
      ? [
          problem(
            'operation.message',
            { channel: channel.$ref },
            locate(`${pointer}/messages/${index}/$ref`),
          ),
        ]
      : [],
  );
}

/** Tells whether a message is referred to in its channel; where that is itself a reference, in the one that it names. */
function belongs(document: JsonObject, message: Reference, channel: Reference): boolean {
  if (message.$ref.startsWith(`${channel.$ref}/messages/`)) return true;
  if (!isReference(lookUp(document, channel.$ref))) return false;
  const target = follow(document, message);
  return Object.values(member(follow(document, channel), 'messages') ?? {}).some(
    (one) => follow(document, one) === target,
  );
}

type Reference = JsonObject & { $ref: string };

function checkChannelServers(channel: Json, pointer: string, locate: Locate): Problem[] {
  const servers = member(channel, 'servers');
  if (!Array.isArray(servers)) return [];
  return servers.flatMap((server, index) =>
    isReference(server) && !server.$ref.startsWith('#/servers/')
      ? [problem('channel.server', {}, locate(`${pointer}/servers/${index}/$ref`))]
      : [],
  );
}

function checkChannelParameters(channel: Json, pointer: string, locate: Locate): Problem[] {
  const parameters = member(channel, 'parameters');
  if (!isObject(parameters)) return [];
  const stated = member(channel, 'address');
  const address = typeof stated === 'string' ? stated : '';
  const place = locate(`${pointer}/address`);
  return checkParameters(
    parameters,
    { address, place, pointer: joinPointer(pointer, 'parameters') },
    locate,
  );
}
