import { isSameMediaType } from '../contract/content-type.js';
import { subjectOf } from '../contract/places.js';
import type { Json, Message } from '../spec/model.js';
import type { SchemaComparison, SchemaDifference, Way } from './compare-schemas.js';
import { headerTexts, type Side } from './deliveries.js';
import { type Action, type Difference, wayOf } from './difference.js';
import { type Delivery, NO_WITNESS } from './evidence.js';
import { spelledAlike } from './header-spelling.js';
import { headersDifferences } from './header-texts.js';
import type { Pair } from './pairs.js';
import type { RuledDifference } from './schema-rules.js';
import type { Takers } from './takers.js';
import { evidenceOf, type Making, ofPayload, shownBy } from './witnesses.js';

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
