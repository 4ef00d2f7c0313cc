import { isSameMediaType } from '../contract/content-type.js';
import { subjectOf } from '../contract/places.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Json, Message } from '../spec/model.js';
import type { SchemaComparison, SchemaDifference, Way } from './compare-schemas.js';
import { headerTexts, type Refusal, type Side } from './deliveries.js';
import { type Action, type Difference, wayOf } from './difference.js';
import { type Delivery, type Evidence, NO_WITNESS, type Witness } from './evidence.js';
import { spelledAlike } from './header-spelling.js';
import { headersDifferences } from './header-texts.js';
import type { Inclusion } from './inclusion/inclusion.js';
import { keysOf, type Shortfall } from './inclusion/shortfall.js';
import { valuesOf } from './inclusion/witness-values.js';
import type { Pair } from './pairs.js';
import type { RuledDifference } from './schema-rules.js';
import type { Takers } from './takers.js';
import { lostRequest } from './urls.js';

/** Both documents, and what compares their schemas. */
export interface Sides {
  readonly old: Side;
  readonly now: Side;
  readonly schemas: SchemaComparison;
}

/** Compares a message that both documents have: payload, headers, content type, correlation id. */
export function compareMessage(
  sides: Sides,
  { old, now }: Pair<Message>,
  actions: ReadonlySet<Action>,
  takers: Takers,
): Difference[] {
  const about = { messages: [now.name], actions };
  const places = { old: old.pointer, now: now.pointer };
  const plain = (rule: Difference['rule'], texts: { old: string; now: string }): Difference => ({
    ...{
      rule,
      flow: 'request',
      subject: `the message ${quoted(now.name)}`,
      ...texts,
      places,
      ...about,
    },
    ...{ narrowing: [], widening: [] },
  });
  return [
    ...(old.name === now.name
      ? []
      : [plain('message.renamed', { old: quoted(old.name), now: quoted(now.name) })]),
    ...payloadDifferences({ sides, pair: { old, now }, takers }, about),
    ...headerDifferences({ sides, pair: { old, now } }, about),
    ...contentTypeDifference(sides, { old, now }, plain),
    ...correlationDifference({ old, now }, actions),
  ];
}

type About = Pick<Difference, 'messages' | 'actions'>;

/** A message of both documents. */
type Of = Pick<Making, 'sides' | 'pair' | 'takers'>;

function payloadDifferences(of: Of, about: About): Difference[] {
  const { sides, pair } = of;
  const { old, now } = pair;
  const [from, to] = [sides.old.payloadOf(old), sides.now.payloadOf(now)];
  const found = sides.schemas.differences(from, to);
  const make = { ...of, ...ofPayload };
  if (old.payload !== undefined && now.payload !== undefined) {
    return found.map((one) => schemaDifference(one, 'field', make, about));
  }
  if (old.payload === now.payload) return [];
  const all = (way: Way) => found.flatMap((one) => evidenceOf(one[way], way, make));
  return [
    {
      rule: now.payload === undefined ? 'payload.removed' : 'payload.added',
      flow: 'request',
      subject: `the message ${quoted(now.name)}`,
      ...{ old: '', now: '' },
      places: { old: from.pointer, now: to.pointer },
      ...about,
      narrowing: all('narrowing'),
      widening: all('widening'),
    },
  ];
}

function headerDifferences(of: Of, about: About): Difference[] {
  const { sides, pair } = of;
  const from = sides.old.headersOf(pair.old);
  const found = headersDifferences(
    sides.schemas,
    from,
    spelledAlike([sides.now, pair.now], [sides.old, pair.old]),
  );
  const put = (base: Delivery, values: Json): Delivery | undefined => {
    const headers = headerTexts(values);
    return headers && { ...base, headers };
  };
  const partIn = ({ headers }: Delivery) => headers as Json;
  const make: Making = { ...of, part: 'headers', put, partIn };
  return found.map((one) => schemaDifference(one, 'header', make, about));
}

/** How deliveries of a message are made of values for the part that differs. */
interface Making {
  readonly sides: Sides;
  readonly pair: Pair<Message>;
  readonly part: 'payload' | 'headers' | 'query';
  readonly put: (base: Delivery, value: Json) => Delivery | undefined;
  readonly partIn: (base: Delivery) => Json | undefined;
  /** Of payloads, the other messages that may take such a delivery. */
  readonly takers?: Takers;
}

function schemaDifference(
  difference: RuledDifference,
  what: 'field' | 'header',
  make: Making,
  about: About,
): Difference {
  const { rule, words, old, now, narrowing, widening } = difference;
  return {
    rule,
    flow: 'request',
    subject: `${subjectOf(what, pathOf(difference))} of ${quoted(make.pair.now.name)}`,
    ...words,
    ...(difference.name === undefined ? {} : { member: difference.name }),
    places: { old: old.pointer, now: now.pointer },
    ...about,
    narrowing: evidenceOf(narrowing, 'narrowing', make),
    widening: evidenceOf(widening, 'widening', make),
  };
}

/** Returns the path of what differs, with the member that it is about. */
export function pathOf({ path, name }: SchemaDifference): readonly (string | number)[] {
  return name === undefined ? path : [...path, name];
}

/** How deliveries are made of payloads. */
export const ofPayload: Pick<Making, 'part' | 'put' | 'partIn'> = {
  part: 'payload',
  put: (base, payload) => ({ ...base, payload }),
  partIn: ({ payload }) => payload,
};

/** How many deliveries are tried for one shortfall. */
const MAX_TRIES = 200;

/** After how many of them it is good enough to have shown it by something else. */
const MAX_BETTER = 10;

/** Returns how to look for deliveries that show what falls short. */
export function evidenceOf(shortfalls: readonly Shortfall[], way: Way, make: Making): Evidence[] {
  return shortfalls.map(
    (shortfall) => () => witnessOf([shortfall], way, make) ?? besides(shortfall, way, make),
  );
}

/** Looks at what other messages leave: deliveries that one of them takes show nothing. */
function besides(
  { subject, name, steps }: Shortfall,
  way: Way,
  { takers, ...make }: Making,
): Witness | 'none' | undefined {
  const missing = takers?.missing(way === 'narrowing' ? make.pair.old : make.pair.now, way);
  if (missing === undefined) return undefined;
  if (missing.length === 0) return 'none';
  const path = keysOf(steps).join('/');
  const alike = missing.filter(
    (one) => one.subject === subject && one.name === name && keysOf(one.steps).join('/') === path,
  );
  // What has another constant now is another message, which may refuse the rest.
  return witnessOf(alike.length === 0 && subject === 'enum' ? missing : alike, way, make);
}

/** Looks for a delivery of a message that one document allows and the other refuses, among those that shortfalls make. */
export function witnessOf(
  shortfalls: readonly Shortfall[],
  way: Way,
  { sides, pair, part, put, partIn, takers }: Making,
): Witness | undefined {
  const isNarrowing = way === 'narrowing';
  const [giving, judging] = isNarrowing ? [sides.old, sides.now] : [sides.now, sides.old];
  const message = isNarrowing ? pair.old : pair.now;
  const inclusion: Inclusion = sides.schemas[way];
  for (const shortfall of shortfalls) {
    let tries = 0;
    let other: Witness | undefined;
    const place = joinPointer(`/${part}`, ...keysOf(shortfall.steps));
    for (const base of giving.deliveries(message)) {
      for (const current of [partIn(base), undefined]) {
        for (const value of valuesOf(shortfall, current, inclusion)) {
          if (tries > (other === undefined ? MAX_TRIES : MAX_BETTER)) break;
          tries += 1;
          const delivery = put(base, value);
          const found =
            delivery &&
            (confirmed(delivery, giving, judging) ??
              (takers && strayed(delivery, takers, pair, way)));
          if (found === undefined) continue;
          if (isAbout(found.refusal, place, shortfall)) return found.witness;
          other ??= found.witness;
        }
      }
    }
    if (other !== undefined) return other;
  }
  return undefined;
}

/** Returns a delivery as a witness, if what takes it in the other document is sent elsewhere. */
function strayed(
  delivery: Delivery,
  takers: Takers,
  { old, now }: Pair<Message>,
  way: Way,
): Shown | undefined {
  const [giving, judging] = takers.sidesOf(way);
  const [message, counterpart] = way === 'narrowing' ? [old, now] : [now, old];
  const refusal = judging.refusalBy(counterpart, delivery);
  if (refusal === undefined || giving.refusalBy(message, delivery) !== undefined) return undefined;
  const others = judging.read.spec.messages.filter(
    (one) => judging.refusalBy(one, delivery) === undefined,
  );
  const request = lostRequest(message, others, takers, way);
  if (request === undefined) return undefined;
  const { reason } = refusal;
  return {
    witness: { allowedBy: giving.age, delivery: { ...delivery, ...request }, reason },
    refusal,
  };
}

/** Tells whether a delivery is refused for what falls short, rather than for something else that it shows. */
function isAbout({ at, reason }: Refusal, place: string, { subject, name }: Shortfall): boolean {
  // Of alternatives none says what is at fault in it.
  if (/alternative/.test(reason) && `${place}/`.startsWith(`${at}/`)) return true;
  if (name === undefined) return `${at}/`.startsWith(`${place}/`);
  const isNamed = at === place && reason.includes(quoted(name));
  return isNamed || (subject !== 'required' && `${at}/`.startsWith(`${joinPointer(place, name)}/`));
}

/** Returns the first delivery of a message, changed in one way, that one document allows and the other refuses. */
export function shownBy(
  message: Message,
  [giving, judging]: readonly [Side, Side],
  change: (delivery: Delivery) => Delivery = (delivery) => delivery,
): Witness | undefined {
  for (const delivery of giving.deliveries(message)) {
    const found = confirmed(change(delivery), giving, judging);
    if (found !== undefined) return found.witness;
  }
  return undefined;
}

/** A witness, and where it is refused. */
interface Shown {
  readonly witness: Witness;
  readonly refusal: Refusal;
}

/** Returns a delivery as a witness, if one document allows it and the other refuses it. */
function confirmed(delivery: Delivery, giving: Side, judging: Side): Shown | undefined {
  if (giving.refusal(delivery) !== undefined) return undefined;
  const refusal = judging.refusal(delivery);
  if (refusal === undefined) return undefined;
  return { witness: { allowedBy: giving.age, delivery, reason: refusal.reason }, refusal };
}

type Plain = (rule: Difference['rule'], texts: { old: string; now: string }) => Difference;

function contentTypeDifference(
  sides: Sides,
  { old, now }: Pair<Message>,
  plain: Plain,
): Difference[] {
  const [before, after] = [old.contentType, now.contentType];
  if (before === after || (before && after && isSameMediaType(before, after))) return [];
  const way = wayOf(before, after);
  const difference = plain(`content-type.${way}`, {
    old: before ?? 'not stated',
    now: after ?? 'not stated',
  });
  const evidence = (giving: Side, judging: Side, message: Message, refused: string) => () =>
    shownBy(message, [giving, judging], (delivery) => ({
      ...delivery,
      contentType: message.contentType ?? otherTypeThan(refused),
    }));
  return [
    {
      ...difference,
      narrowing: after === undefined ? [] : [evidence(sides.old, sides.now, old, after)],
      widening: before === undefined ? [] : [evidence(sides.now, sides.old, now, before)],
    },
  ];
}

function otherTypeThan(type: string): string {
  return type.toLowerCase() === 'text/plain' ? 'application/json' : 'text/plain';
}

/** Where the id stands that ties deliveries to others: nothing judges it, so nobody can say whom a change breaks. */
export function correlationDifference(
  { old, now }: Pair<Message>,
  actions: ReadonlySet<Action>,
): Difference[] {
  const [before, after] = [old.correlationId, now.correlationId];
  if (before?.location === after?.location) return [];
  const way = wayOf(before, after);
  return [
    {
      rule: `correlation-id.${way}`,
      flow: 'promise',
      subject: `the message ${quoted(now.name)}`,
      ...{ old: before?.location ?? 'not stated', now: after?.location ?? 'not stated' },
      messages: [now.name],
      actions,
      places: { old: before?.pointer ?? old.pointer, now: after?.pointer ?? now.pointer },
      narrowing: way === 'added' ? [] : NO_WITNESS,
      widening: NO_WITNESS,
    },
  ];
}

/** Writes a name in quotes. */
export function quoted(name: string): string {
  return JSON.stringify(name);
}
