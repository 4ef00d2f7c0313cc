import { joinPointer } from '../spec/json-pointer.js';
import type { Json, Message } from '../spec/model.js';
import { quoted, type Sides } from './compare-messages.js';
import type { Way } from './compare-schemas.js';
import type { Refusal, Side } from './deliveries.js';
import type { Delivery, Evidence, Witness } from './evidence.js';
import type { Inclusion } from './inclusion/inclusion.js';
import { keysOf, type Shortfall } from './inclusion/shortfall.js';
import { valuesOf } from './inclusion/witness-values.js';
import { byWay, type Pair } from './pairs.js';
import type { Takers } from './takers.js';
import { lostRequest } from './urls.js';

/** How deliveries of a message are made of values for the part that differs. */
export interface Making {
  readonly sides: Sides;
  readonly pair: Pair<Message>;
  readonly part: 'payload' | 'headers' | 'query';
  readonly put: (base: Delivery, value: Json) => Delivery | undefined;
  readonly partIn: (base: Delivery) => Json | undefined;
  /** Of payloads, the other messages that may take such a delivery. */
  readonly takers?: Takers;
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
  const missing = takers?.missing(byWay(make.pair, way)[0], way);
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
  const [giving, judging] = byWay(sides, way);
  const [message] = byWay(pair, way);
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
  pair: Pair<Message>,
  way: Way,
): Shown | undefined {
  const [giving, judging] = takers.sidesOf(way);
  const [message, counterpart] = byWay(pair, way);
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
