import { isSameMediaType } from '../contract/content-type.js';
import type { Part } from '../contract/guarantee.js';
import { anything, contradict } from '../judge/shape.js';
import type { Channel, Message, Operation } from '../spec/model.js';
import type { Sides } from './compare-messages.js';
import type { Way } from './compare-schemas.js';
import type { Side } from './deliveries.js';
import { spelledAlike } from './header-spelling.js';
import { areHeadersTaken } from './header-texts.js';
import type { Shortfall } from './inclusion/shortfall.js';
import { byWay, type Pair, type Paired } from './pairs.js';
import { Requests } from './requests.js';

/** How many messages are looked at together; of more, those that take some deliveries. */
const MAX_TAKERS = 50;

function isTypeTaken({ contentType: given }: Message, { contentType: demanded }: Message): boolean {
  return demanded === undefined || (given !== undefined && isSameMediaType(given, demanded));
}

/** Which messages of one document take the deliveries of a message of the other, whatever they are called. */
export class Takers {
  readonly #missing = new Map<Message, readonly Shortfall[] | undefined>();
  readonly #inPlace = new Map<Message, readonly Message[]>();
  readonly #operations = new Map<Message, readonly Operation[]>();
  readonly requests: Requests;

  constructor(
    readonly sides: Sides,
    readonly channels: Paired<Channel>,
    readonly operations: Paired<Operation>,
  ) {
    this.requests = new Requests(sides, channels);
  }

  /** Returns the document that a message is of, and the other one. */
  sidesOf(way: Way): readonly [giving: Side, judging: Side] {
    return byWay(this.sides, way);
  }

  /** Lists the messages that take some deliveries of a message, sent to whatever channel. */
  of(message: Message, way: Way): Message[] {
    const [giving, judging] = this.sidesOf(way);
    const names = new Set<string | undefined>();
    for (const delivery of giving.deliveries(message)) names.add(judging.takerOf(delivery));
    return judging.read.spec.messages.filter(({ name }) => names.has(name));
  }

  /** Lists the messages that are sent to where a message is, by operations with the same action and requests. */
  inPlace(message: Message, way: Way): readonly Message[] {
    const known = this.#inPlace.get(message) ?? this.#findInPlace(message, way);
    this.#inPlace.set(message, known);
    return known;
  }

  /** Lists those of them whose payloads have something in common with those of a message. */
  kindred(message: Message, way: Way): Message[] {
    const [giving, judging] = this.sidesOf(way);
    const shapes = ({ guarantee }: Side, part: Part) =>
      guarantee.casesOf([part])?.map(({ shape }) => shape) ?? [anything];
    const own = shapes(giving, giving.payloadOf(message));
    return this.inPlace(message, way).filter((other) =>
      shapes(judging, judging.payloadOf(other)).some((shape) =>
        own.some((one) => !contradict(one, shape)),
      ),
    );
  }

  /**
   * Holds the payloads of a message against the messages in the same place, whichever takes which: where a message was
   * split, or several were put into one. Nothing is missing where all its deliveries are shown to be taken; undefined:
   * no message is there to take them.
   */
  missing(message: Message, way: Way): readonly Shortfall[] | undefined {
    if (!this.#missing.has(message)) this.#missing.set(message, this.#findMissing(message, way));
    return this.#missing.get(message);
  }

  #findMissing(message: Message, way: Way): readonly Shortfall[] | undefined {
    const [giving, judging] = this.sidesOf(way);
    const inclusion = this.sides.schemas[way];
    const headers = giving.headersOf(message);
    const inPlace = this.inPlace(message, way).filter((one) =>
      areHeadersTaken(inclusion, headers, spelledAlike([judging, one], [giving, message])),
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

  #findInPlace(message: Message, way: Way): readonly Message[] {
    const [giving, judging] = this.sidesOf(way);
    const pairs = this.channels.pairs.map((pair) => byWay(pair, way));
    const there = message.channels.map((id) => pairs.find(([own]) => own.id === id)?.[1].id);
    const operations = this.operationsOf(message, giving);
    return judging.read.spec.messages.filter(
      (other) =>
        isTypeTaken(message, other) &&
        there.every((id) => id !== undefined && other.channels.includes(id)) &&
        operations.every((one) =>
          this.operationsOf(other, judging).some(
            (carrier) => carrier.action === one.action && this.requests.areSame(one, carrier, way),
          ),
        ),
    );
  }

  /**
   * Tells whether an operation goes on in one of the other document: its counterpart, whose changes are reported
   * themselves, or one that does the same by the same requests, wherever they go.
   */
  goesOn(one: Operation, other: Operation, way: Way): boolean {
    if (one.action !== other.action) return false;
    const isPair = (pair: Pair<Operation>) => {
      const [own, counterpart] = byWay(pair, way);
      return own === one && counterpart === other;
    };
    return this.operations.pairs.some(isPair) || this.requests.areAlike(one, other, way);
  }

  /** Lists the operations that carry a message of a document. */
  operationsOf(message: Message, { read: { spec } }: Side): readonly Operation[] {
    const known =
      this.#operations.get(message) ??
      spec.operations.filter(({ messages }) => messages.includes(message.name));
    this.#operations.set(message, known);
    return known;
  }
}
