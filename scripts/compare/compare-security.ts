import { authenticatorOf } from '../generate/runtime/authentication.js';
import { headerMap } from '../generate/runtime/check.js';
import { createSign } from '../generate/runtime/sign.js';
import type { Credential, Message, Operation } from '../spec/model.js';
import type { Sides } from './compare-messages.js';
import type { Side } from './deliveries.js';
import type { Action, Difference } from './difference.js';
import type { Delivery, Evidence, Witness } from './evidence.js';
import type { Pair } from './pairs.js';
import type { Rule } from './rules.js';

/** What deliveries of an operation bear: one credential of each list. */
type Demand = readonly (readonly Credential[])[];

/** What proves the origin of one delivery; nothing where that may be left out. */
type Borne = readonly Credential[];

/** Compares the credentials that an operation's deliveries must bear. */
export function compareSecurity(
  sides: Sides,
  { old, now }: Pair<Operation>,
  messages: readonly Pair<Message>[],
): Difference[] {
  const [before, after] = [demandOf(sides.old, old), demandOf(sides.now, now)];
  const lost = waysToBear(before).filter((borne) => !isEnough(borne, after));
  const won = waysToBear(after).filter((borne) => !isEnough(borne, before));
  if (lost.length === 0 && won.length === 0) return [];
  const carried = messages.filter(({ old: { name } }) => old.messages.includes(name));
  const evidence =
    (giving: Side, demands: readonly [Demand, Demand], all: Message[]) =>
    (borne: Borne): Evidence =>
    () =>
      witnessOf(giving, demands, borne, all);
  const narrowing = evidence(
    sides.old,
    [before, after],
    carried.map((one) => one.old),
  );
  const widening = evidence(
    sides.now,
    [after, before],
    carried.map((one) => one.now),
  );
  return [
    {
      ...ruleOf(before, after, lost, won),
      flow: 'request',
      subject: `the operation ${JSON.stringify(now.id)}`,
      places: { old: placeOf(sides.old, old), now: placeOf(sides.now, now) },
      messages: now.messages,
      actions: new Set<Action>([old.action, now.action]),
      narrowing: lost.map(narrowing),
      widening: won.map(widening),
    },
  ];
}

/** Tells whether what an operation's deliveries bear is enough for one of the new document. */
export function isTaken(sides: Pick<Sides, 'old' | 'now'>, { old, now }: Pair<Operation>): boolean {
  const demand = demandOf(sides.now, now);
  return waysToBear(demandOf(sides.old, old)).every((borne) => isEnough(borne, demand));
}

function demandOf({ read: { spec } }: Side, { security }: Operation): Demand {
  return security.map((list) => list.flatMap((index) => spec.credentials[index] ?? []));
}

/** The operation's own demand, or that of a server. */
function placeOf({ read }: Side, { pointer }: Operation): string {
  return read.locate(`${pointer}/security`).pointer;
}

/** How many ways of bearing credentials are compared. */
const MAX_WAYS = 256;

function waysToBear(demand: Demand): Borne[] {
  let ways: Borne[] = [[]];
  for (const list of demand) {
    const single = list.map((one): Borne => [one]);
    const choices = list.every(isOptional) ? [...single, []] : single;
    ways = ways.flatMap((way) => choices.map((choice) => [...way, ...choice])).slice(0, MAX_WAYS);
  }
  return ways;
}

function isOptional(one: Credential): boolean {
  return one.kind === 'static-header' && one.isOptional;
}

function isEnough(borne: Borne, demand: Demand): boolean {
  return demand.every(
    (list) =>
      list.every(isOptional) || list.some((one) => borne.some((own) => satisfies(own, one))),
  );
}

/** Tells whether a credential is always taken for another one. */
function satisfies(own: Credential, demanded: Credential): boolean {
  if (toleranceOf(own) > toleranceOf(demanded)) return false;
  return likeness(own) === likeness(demanded);
}

function toleranceOf(one: Credential): number {
  return 'tolerance' in one ? one.tolerance : 0;
}

/** What a credential is, whatever its tolerance and whether it may be left out; names of headers match in any case. */
function likeness(one: Credential): string {
  const { tolerance, isOptional: optional, ...rest } = { tolerance: 0, isOptional: false, ...one };
  return JSON.stringify('header' in rest ? { ...rest, header: rest.header?.toLowerCase() } : rest);
}

function ruleOf(
  before: Demand,
  after: Demand,
  lost: readonly Borne[],
  won: readonly Borne[],
): { rule: Rule; old: string; now: string } {
  const words = { old: inWords(before), now: inWords(after) };
  if (before.length === 0) return { rule: 'security.added', ...words };
  if (after.length === 0) return { rule: 'security.removed', ...words };
  const [from, to] = [before.flat(), after.flat()];
  const [one, other] = [from[0], to[0]];
  if (from.length === 1 && to.length === 1 && one && other && likeness(one) === likeness(other)) {
    const [old, now] = [toleranceOf(one), toleranceOf(other)];
    if (old !== now) {
      const rule = now > old ? 'tolerance.raised' : 'tolerance.lowered';
      return { rule, old: String(old), now: String(now) };
    }
  }
  if (won.length === 0)
    return { rule: 'security.narrowed', old: borneInWords(lost), now: words.now };
  if (lost.length === 0)
    return { rule: 'security.widened', old: words.old, now: borneInWords(won) };
  return { rule: 'security.changed', ...words };
}

function inWords(demand: Demand): string {
  return demand.map((list) => list.map(credentialText).join(' or ')).join('; and ') || 'none';
}

function borneInWords(ways: readonly Borne[]): string {
  const texts = ways.map((way) => way.map(credentialText).join(' with ') || 'a request without it');
  return [...new Set(texts)].join(' or ');
}

function credentialText(one: Credential): string {
  switch (one.kind) {
    case 'hmac':
      return `the HMAC in ${one.header} (${one.encoding}${one.prefix === '' ? '' : `, after ${JSON.stringify(one.prefix)}`})`;
    case 'timestamped-hmac':
      return `the HMAC with a time in ${one.header}`;
    case 'standard-webhooks':
      return `the signature of Standard Webhooks in ${one.prefix}signature`;
    case 'bearer':
      return 'a bearer token';
    case 'static-header':
      return one.header === undefined
        ? 'a header that the consumer names'
        : `the header ${one.header}`;
    case 'unsupported':
      return one.scheme;
  }
}

/** What witnesses are signed with: worthless by being published. */
const SECRET = 'whsec_ZXhhbXBsZS1zZWNyZXQtZm9yLXdpdG5lc3Nlcw==';
const TOKEN = 'example-token';
const VALUE = 'example-value';
const TIME = 1_700_000_000;
const ID = 'msg_example';
/** The name of a header whose name the consumer chooses. */
const CHOSEN = 'X-Chosen-By-The-Consumer';

/** Looks for a delivery with these credentials that one document takes for authentic, and the other does not. */
async function witnessOf(
  giving: Side,
  [own, demanded]: readonly [Demand, Demand],
  borne: Borne,
  messages: readonly Message[],
): Promise<Witness | undefined> {
  for (const message of messages) {
    for (const base of giving.deliveries(message)) {
      if (giving.refusal(base) !== undefined) continue;
      const body = JSON.stringify(base.payload ?? null);
      const signed = borne.length === 0 ? {} : await signedBy(borne, body);
      if (signed === undefined) continue;
      const delivery: Delivery = { ...base, headers: { ...base.headers, ...signed } };
      const seconds = TIME + Math.max(0, ...borne.map(toleranceOf));
      if ((await lackOf(own, delivery, body, seconds)) !== undefined) continue;
      const reason = await lackOf(demanded, delivery, body, seconds);
      if (reason !== undefined) return { allowedBy: giving.age, delivery, reason };
    }
  }
  return undefined;
}

async function signedBy(
  borne: Borne,
  body: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  if (borne.some(({ kind }) => kind === 'unsupported')) return undefined;
  return createSign(borne)(body, {
    ...{ secret: SECRET, token: TOKEN, id: ID, timestamp: TIME },
    headers: chosenHeaders(borne),
  });
}

function chosenHeaders(credentials: readonly Credential[]): Record<string, string> {
  return Object.fromEntries(
    credentials.flatMap((one) =>
      one.kind === 'static-header' ? [[one.header ?? CHOSEN, VALUE]] : [],
    ),
  );
}

/** Tells what a delivery lacks of what is demanded, at a time; undefined where that is nothing. */
async function lackOf(
  demand: Demand,
  { headers }: Delivery,
  body: string,
  seconds: number,
): Promise<string | undefined> {
  const credentials = demand.flat().filter(({ kind }) => kind !== 'unsupported');
  const requirement = demand.map((list) =>
    list.map((one) => credentials.indexOf(one)).filter((index) => index >= 0),
  );
  if (credentials.length === 0) return undefined;
  const kinds = new Set(credentials.map(({ kind }) => kind));
  const { judge, lackOf: lack } = authenticatorOf(
    { credentials, requirements: [requirement] },
    {
      ...([...kinds].some((kind) => SIGNED.has(kind)) ? { secrets: [SECRET] } : {}),
      ...(kinds.has('bearer') ? { tokens: [TOKEN] } : {}),
      ...(kinds.has('static-header') ? { headers: acceptedHeaders(credentials) } : {}),
    },
  );
  const bytes = new TextEncoder().encode(body);
  const verdicts = await judge(headerMap(headers), bytes, () => seconds);
  return lack(verdicts)?.text;
}

const SIGNED: ReadonlySet<string> = new Set(['hmac', 'timestamped-hmac', 'standard-webhooks']);

function acceptedHeaders(credentials: readonly Credential[]): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(chosenHeaders(credentials)).map(([name, value]) => [name, [value]]),
  );
}
