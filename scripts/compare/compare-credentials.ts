import { joinPointer } from '../spec/json-pointer.js';
import type { JsonObject, Message, Operation, Server } from '../spec/model.js';
import { isObject, listOf } from '../spec/positions.js';
import { follow, lookUp } from '../spec/references.js';
import { credentialOf } from '../spec/security.js';
import { quoted, type Sides } from './compare-messages.js';
import { compareSecurity } from './compare-security.js';
import type { Side } from './deliveries.js';
import { type Action, type Difference, wayOf } from './difference.js';
import { NO_WITNESS } from './evidence.js';
import type { Paired } from './pairs.js';

/** Compares what proves the origin of deliveries: as it is judged, and, where nothing judges it, as it is stated. */
export function compareCredentials(
  sides: Sides,
  { operations, servers, messages }: Parts,
  actions: ReadonlySet<Action>,
): Difference[] {
  const judged = operations.pairs.map((one) => compareSecurity(sides, one, messages.pairs));
  const ofOperations = operations.pairs.flatMap(({ old, now }, index) =>
    judged[index]?.length === 0
      ? schemesDifference(sides, {
          subject: `the operation ${quoted(now.id)}`,
          places: { old: old.pointer, now: now.pointer },
          messages: now.messages,
          actions: new Set([old.action, now.action]),
          isMeant: (scheme) => credentialOf(scheme).kind === 'unsupported',
        })
      : [],
  );
  // What all servers demand is a demand of each operation, which is judged; what one of them does, is not.
  const isJudged =
    judged.flat().length > 0 && areServersAlike(sides.old) && areServersAlike(sides.now);
  const ofServers = sides.old.read.spec.servers.flatMap((old) => {
    const now = successorOf(old, sides, servers);
    return now === undefined || isJudged
      ? []
      : schemesDifference(sides, {
          subject: `the server ${quoted(now.id)}`,
          places: { old: joinPointer('/servers', old.id), now: joinPointer('/servers', now.id) },
          messages: [],
          actions,
          isMeant: () => true,
        });
  });
  return [...judged.flat(), ...ofOperations, ...ofServers];
}

interface Parts {
  readonly operations: Paired<Operation>;
  readonly servers: Paired<Server>;
  readonly messages: Paired<Message>;
}

/** Returns the server of the new document that is where one of the old document is, or else its counterpart. */
function successorOf(old: Server, sides: Sides, { pairs }: Paired<Server>): Server | undefined {
  return (
    sides.now.read.spec.servers.find(({ url }) => url === old.url) ??
    pairs.find((one) => one.old === old)?.now
  );
}

function areServersAlike(side: Side): boolean {
  const all = side.read.spec.servers.map(({ id }) =>
    inWords(schemesAt(side, joinPointer('/servers', id)), essence),
  );
  return new Set(all).size < 2;
}

interface Compared extends Pick<Difference, 'subject' | 'messages' | 'actions'> {
  readonly places: { readonly old: string; readonly now: string };
  readonly isMeant: (scheme: JsonObject) => boolean;
}

function schemesDifference(
  { old, now }: Sides,
  { places, isMeant, ...about }: Compared,
): Difference[] {
  const before = schemesAt(old, places.old).filter(isMeant);
  const after = schemesAt(now, places.now).filter(isMeant);
  if (inWords(before, essence) === inWords(after, essence)) return [];
  const stated = (schemes: readonly JsonObject[]) => (schemes.length > 0 ? schemes : undefined);
  return [
    {
      ...about,
      rule: `security.${wayOf(stated(before), stated(after))}`,
      flow: 'request',
      old: inWords(before, nameOf),
      now: inWords(after, nameOf),
      places,
      ...{ narrowing: NO_WITNESS, widening: NO_WITNESS },
    },
  ];
}

/** Lists the security schemes that an object of a document demands one of. */
function schemesAt({ read: { document } }: Side, pointer: string): JsonObject[] {
  const holder = follow(document, lookUp(document, `#${pointer}`) ?? null);
  return listOf(isObject(holder) ? holder.security : undefined)
    .map((one) => follow(document, one))
    .filter((one): one is JsonObject => isObject(one));
}

/** Writes what a scheme demands, without what it says to people. */
function essence(scheme: JsonObject): string {
  const stated = Object.entries(scheme).filter(
    ([name]) => name !== 'description' && !name.startsWith('x-'),
  );
  return JSON.stringify(stated.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function nameOf({ type, scheme, name, in: place, openIdConnectUrl }: JsonObject): string {
  return [type, scheme, name, place, openIdConnectUrl]
    .filter((word) => word !== undefined)
    .join(' ');
}

function inWords(schemes: readonly JsonObject[], write: (one: JsonObject) => string): string {
  return [...new Set(schemes.map(write))].sort().join(' or ') || 'nothing';
}
