import type { Part } from '../contract/guarantee.js';
import type { Channel, Message } from '../spec/model.js';
import type { Sides } from './compare-messages.js';
import { isSameRequest, isSameRequestBack } from './compare-routes.js';
import type { Way } from './compare-schemas.js';
import type { Side } from './deliveries.js';
import type { Paired } from './pairs.js';
import type { Shortfall } from './shortfall.js';

/** How many messages are looked at together; of more, those that take some deliveries. */
const MAX_TAKERS = 50;

/** Which messages of one document take the deliveries of a message of the other, whatever they are called. */
export class Takers {
  readonly #known = new Map<Message, readonly Shortfall[] | undefined>();

  constructor(
    readonly sides: Sides,
    readonly channels: Paired<Channel>,
  ) {}

  /** Returns the document that a message is of, and the other one. */
  sidesOf(way: Way): readonly [giving: Side, judging: Side] {
    const { old, now } = this.sides;
    return way === 'narrowing' ? [old, now] : [now, old];
  }

  /** Lists the messages that take some deliveries of a message, sent to whatever channel. */
  of(message: Message, way: Way): Message[] {
    const [giving, judging] = this.sidesOf(way);
    const names = new Set<string | undefined>();
    for (const delivery of giving.deliveries(message)) names.add(judging.takerOf(delivery));
    return judging.read.spec.messages.filter(({ name }) => names.has(name));
  }

  /**
   * Holds the payloads of a message against the messages in the same place, whichever takes which: where a message was
   * split, or several were put into one. Nothing is missing where all its deliveries are shown to be taken; undefined:
   * no message is there to take them.
   */
  missing(message: Message, way: Way): readonly Shortfall[] | undefined {
    if (!this.#known.has(message)) this.#known.set(message, this.#missing(message, way));
    return this.#known.get(message);
  }

  #missing(message: Message, way: Way): readonly Shortfall[] | undefined {
    const [giving, judging] = this.sidesOf(way);
    const inclusion = this.sides.schemas[way];
    const headers = giving.headersOf(message);
    const inPlace = judging.read.spec.messages.filter(
      (one) =>
        this.#areCarriedAlike(message, one, way) &&
        [undefined, message.contentType].includes(one.contentType) &&
        inclusion.judge([headers], judging.headersOf(one)).shortfalls.length === 0,
    );
    const takers =
      inPlace.length > MAX_TAKERS
        ? this.of(message, way).filter((one) => inPlace.includes(one))
        : inPlace;
    if (takers.length === 0) return undefined;
    const [first, ...others] = takers.map((one) => judging.payloadOf(one)) as [Part, ...Part[]];
    const anyOf = [first, ...others].map(({ schema }) => schema);
    const demand = others.length === 0 ? first : { schema: { anyOf }, pointer: first.pointer };
    return inclusion.judge([giving.payloadOf(message)], demand).shortfalls;
  }

  /** Tells whether what carries a message is there for another one too: its channels, and its operations with their requests. */
  #areCarriedAlike(message: Message, taker: Message, way: Way): boolean {
    const [giving, judging] = this.sidesOf(way);
    const isNarrowing = way === 'narrowing';
    const areOnChannels = message.channels.every((id) =>
      this.channels.pairs.some(({ old, now }) => {
        const [own, other] = isNarrowing ? [old, now] : [now, old];
        return own.id === id && taker.channels.includes(other.id);
      }),
    );
    const operations = giving.read.spec.operations.filter((one) =>
      one.messages.includes(message.name),
    );
    return (
      areOnChannels &&
      operations.every((one) =>
        judging.read.spec.operations.some(
          (other) =>
            other.action === one.action &&
            other.messages.includes(taker.name) &&
            (isNarrowing
              ? isSameRequest(this.sides, this, { old: one, now: other })
              : isSameRequestBack(this.sides, this, { old: other, now: one })),
        ),
      )
    );
  }
}
