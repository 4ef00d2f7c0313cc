import { type Problem, problem } from '../problems/problem.js';
import { checkChannelName, checkParameters, namesIn } from './check-address.js';
import { isReference, type Visited } from './grammar.js';
import { joinPointer } from './json-pointer.js';
import { isObject, type Json, type JsonObject, type Locate, member } from './positions.js';
import { follow, lookUp } from './references.js';
import { dialectOf } from './schema-format.js';
import { operationsOf } from './version-2.js';

/**
 * Checks what AsyncAPI 2 says in words and its JSON Schema can't: that names of servers, security schemes, parameters
 * and variables are names of some, that ids are unique, and that payloads are of a schema format that can be read.
 * https://www.asyncapi.com/docs/reference/specification/v2.6.0
 */
export function checkVersion2(
  document: JsonObject,
  places: readonly Visited[],
  locate: Locate,
): Problem[] {
  const problems: Problem[] = [];
  const messageIds = new Map<string, { message: JsonObject; pointer: string }>();
  for (const { value, kind, pointer } of places) {
    if (!isObject(value)) continue;
    if (kind === 'channel') problems.push(...checkSiblings(value, pointer, locate));
    if (isReference(value)) continue;
    if (kind === 'server') problems.push(...checkVariables(value, pointer, locate));
    if (kind === 'securityRequirement')
      problems.push(...checkRequirement(value, document, pointer, locate));
    if (kind === 'multiFormatSchema') problems.push(misplacedWrapper(pointer, locate));
    if (kind === 'message') {
      problems.push(...checkFormat(value, pointer, locate));
      problems.push(...checkId(value, pointer, messageIds, locate));
      problems.push(...checkAlternatives(value, document, pointer, locate));
    }
  }
  return [...problems, ...checkChannels(document, locate)];
}

/** What a channel says beside its `$ref` is ignored; AsyncAPI leaves open how the two come together. */
function checkSiblings(channel: JsonObject, pointer: string, locate: Locate): Problem[] {
  if (!isReference(channel)) return [];
  return Object.keys(channel)
    .filter((field) => ['publish', 'subscribe', 'parameters', 'servers'].includes(field))
    .map((keyword) =>
      problem('reference.siblings', { keyword }, locate(joinPointer(pointer, keyword), 'key')),
    );
}

function checkVariables(server: JsonObject, pointer: string, locate: Locate): Problem[] {
  const defined = server.variables;
  return [...namesIn(String(server.url))]
    .filter((name) => member(defined, name) === undefined)
    .map((name) => {
      const what = `The server's URL uses {${name}}, which "variables" does not define.`;
      return problem('structure.invalid', { what }, locate(`${pointer}/url`));
    });
}

function checkRequirement(
  requirement: JsonObject,
  document: JsonObject,
  pointer: string,
  locate: Locate,
): Problem[] {
  const schemes = member(member(document, 'components'), 'securitySchemes');
  const reason = 'no such security scheme stands under "#/components/securitySchemes"';
  return Object.keys(requirement)
    .filter((name) => member(schemes, name) === undefined)
    .map((reference) =>
      problem(
        'reference.broken',
        { reference, reason },
        locate(joinPointer(pointer, reference), 'key'),
      ),
    );
}

/** The object that holds a schema together with its format is one of AsyncAPI 3. */
function misplacedWrapper(pointer: string, locate: Locate): Problem {
  const what =
    'The field "schema" does not belong here: the schema itself does, its format in the message.';
  return problem('structure.invalid', { what }, locate(`${pointer}/schema`, 'key'));
}

function checkFormat({ schemaFormat }: JsonObject, pointer: string, locate: Locate): Problem[] {
  if (typeof schemaFormat !== 'string' || dialectOf(schemaFormat) !== undefined) return [];
  return [problem('schema.dialect', { found: schemaFormat }, locate(`${pointer}/schemaFormat`))];
}

function checkId(
  message: JsonObject,
  pointer: string,
  known: Map<string, { message: JsonObject; pointer: string }>,
  locate: Locate,
): Problem[] {
  const { messageId } = message;
  if (typeof messageId !== 'string') return [];
  const earlier = known.get(messageId);
  known.set(messageId, { message, pointer });
  // A message that YAML aliases repeat is one.
  if (earlier === undefined || earlier.message === message) return [];
  const places = [pointer, earlier.pointer].map((one) => locate(`${one}/messageId`));
  return [problem('message.duplicate', { name: messageId }, ...places)];
}

/** Checks that what stands under `oneOf` are messages, not further lists of them. */
function checkAlternatives(
  { oneOf }: JsonObject,
  document: JsonObject,
  pointer: string,
  locate: Locate,
): Problem[] {
  const what = 'The messages of "oneOf" are themselves a "oneOf".';
  return (Array.isArray(oneOf) ? oneOf : []).flatMap((message, index) =>
    member(follow(document, message), 'oneOf') === undefined
      ? []
      : [problem('structure.invalid', { what }, locate(joinPointer(pointer, 'oneOf', index)))],
  );
}

/** Checks the channels where they are used, each with the address that is its key there. */
function checkChannels(document: JsonObject, locate: Locate): Problem[] {
  const ids = new Map<string, string>();
  return Object.entries(document.channels ?? {}).flatMap(([address, value]) => {
    const key = joinPointer('/channels', address);
    const { channel, pointer } = resolve(document, value, key);
    const parameters = joinPointer(pointer, 'parameters');
    const place = locate(key, 'key');
    return [
      ...checkChannelName(address, key, locate),
      ...checkParameters(
        member(channel, 'parameters'),
        { address, place, pointer: parameters },
        locate,
      ),
      ...checkServers(channel, document, pointer, locate),
      ...operationsOf(address, channel).flatMap(({ id, action, operation }) => {
        const field = operation.operationId === undefined ? '' : '/operationId';
        const at = `${pointer}/${action}${field}`;
        const earlier = ids.get(id);
        ids.set(id, at);
        if (earlier === undefined) return [];
        return [problem('operation.duplicate', { id }, locate(at), locate(earlier))];
      }),
    ];
  });
}

/** Follows a channel to its definition. */
function resolve(
  document: JsonObject,
  value: Json,
  pointer: string,
): { channel: Json; pointer: string } {
  let at = { channel: value, pointer };
  while (isReference(at.channel)) {
    const { $ref } = at.channel;
    at = { channel: lookUp(document, $ref) ?? null, pointer: $ref.slice(1) };
  }
  return at;
}

function checkServers(
  channel: Json,
  document: JsonObject,
  pointer: string,
  locate: Locate,
): Problem[] {
  const names = member(channel, 'servers');
  return (Array.isArray(names) ? names : []).flatMap((name, index) =>
    member(member(document, 'servers'), String(name)) === undefined
      ? [problem('channel.server', {}, locate(joinPointer(pointer, 'servers', index)))]
      : [],
  );
}
