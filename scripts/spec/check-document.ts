import { type Problem, problem } from '../problems/problem.js';
import { isReference, walk } from './grammar.js';
import { joinPointer, pointerTokens } from './json-pointer.js';
import { isObject, type Json, type JsonObject, type Locate, member } from './positions.js';

/**
 * Checks what AsyncAPI says in words and its JSON Schema can't: which channel an operation refers to, whose
 * messages it lists, and that a channel's parameters are those of its address.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#operationObject
 */
export function checkDocument(document: JsonObject, locate: Locate): Problem[] {
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
    ...checkObjects(document, locate),
    ...each([['/operations', member(document, 'operations')]]).flatMap(({ value, pointer }) =>
      checkOperationChannel(value, pointer, locate),
    ),
    ...each(sections('operations')).flatMap(({ value, pointer }) =>
      checkOperationMessages(value, pointer, locate),
    ),
    ...each([['/channels', member(document, 'channels')]]).flatMap(({ key, value, pointer }) => [
      ...(/[?#]/.test(key) ? [problem('channel.name', { name: key }, locate(pointer, 'key'))] : []),
      ...checkChannelServers(value, pointer, locate),
    ]),
    ...each(sections('channels')).flatMap(({ value, pointer }) =>
      checkChannelParameters(value, pointer, locate),
    ),
  ];
}

/** AsyncAPI's JSON Schema does not say of every object that it must be one. */
function checkObjects(document: JsonObject, locate: Locate): Problem[] {
  const problems: Problem[] = [];
  walk(document, ({ value, kind, pointer }) => {
    if (kind === 'schema' || isObject(value)) return;
    const what = `The value of ${JSON.stringify(pointerTokens(pointer).at(-1))} is not what AsyncAPI allows here.`;
    const found = JSON.stringify(value).slice(0, 60);
    problems.push(
      problem('structure.invalid', { what, expected: 'object', found }, locate(pointer)),
    );
  });
  return problems;
}

function checkOperationChannel(operation: Json, pointer: string, locate: Locate): Problem[] {
  const channel = member(operation, 'channel');
  if (!isReference(channel) || channel.$ref.startsWith('#/channels/')) return [];
  return [problem('operation.channel', {}, locate(`${pointer}/channel/$ref`))];
}

function checkOperationMessages(operation: Json, pointer: string, locate: Locate): Problem[] {
  const channel = member(operation, 'channel');
  const messages = member(operation, 'messages');
  if (!isReference(channel) || !Array.isArray(messages)) return [];
  return messages.flatMap((message, index) =>
    isReference(message) && !message.$ref.startsWith(`${channel.$ref}/messages/`)
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
  const address = member(channel, 'address');
  const used = new Set(
    typeof address === 'string'
      ? [...address.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name)
      : [],
  );
  const undefinedNames = [...used].filter(
    (name) => name !== undefined && !Object.hasOwn(parameters, name),
  ) as string[];
  const unused = Object.keys(parameters).filter((name) => !used.has(name));
  return [
    ...undefinedNames.map((name) =>
      problem('channel.parameter', { name, what: 'undefined' }, locate(`${pointer}/address`)),
    ),
    ...unused.map((name) =>
      problem(
        'channel.parameter',
        { name, what: 'unused' },
        locate(joinPointer(pointer, 'parameters', name), 'key'),
      ),
    ),
  ];
}
