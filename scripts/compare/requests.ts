import type { Channel, Json, Operation } from '../spec/model.js';
import type { Sides } from './compare-messages.js';
import type { Way } from './compare-schemas.js';
import { isTaken } from './compare-security.js';
import { byWay, type Paired } from './pairs.js';

/** Compares the requests that operations make: of one document, held against an operation of the other. */
export class Requests {
  readonly #alike = new Map<Operation, Map<Operation, boolean>>();

  constructor(
    readonly sides: Sides,
    readonly channels: Paired<Channel>,
  ) {}

  /** Tells whether an operation takes whatever requests one of the other document makes, on the same channel. */
  areSame(one: Operation, other: Operation, way: Way): boolean {
    return this.isSameChannel(one, other, way) && this.areAlike(one, other, way);
  }

  /** Tells whether two operations are on the same channel. */
  isSameChannel(one: Operation, other: Operation, way: Way): boolean {
    return this.channels.pairs.some((pair) => {
      const [own, counterpart] = byWay(pair, way);
      return own.id === one.channel && counterpart.id === other.channel;
    });
  }

  /** Tells whether an operation takes whatever requests one of the other document makes, wherever these are made to. */
  areAlike(one: Operation, other: Operation, way: Way): boolean {
    const known = this.#alike.get(one) ?? new Map<Operation, boolean>();
    this.#alike.set(one, known);
    const areAlike = known.get(other) ?? this.#compare(one, other, way);
    known.set(other, areAlike);
    return areAlike;
  }

  #compare(one: Operation, other: Operation, way: Way): boolean {
    const [giving, judging] = byWay(this.sides, way);
    const isMethod =
      other.method === undefined || one.method?.toUpperCase() === other.method.toUpperCase();
    const isQuery =
      other.query === undefined ||
      (one.query !== undefined && this.#areSameQueries(one.query, other.query, way));
    return isMethod && isQuery && isTaken({ old: giving, now: judging }, { old: one, now: other });
  }

  #areSameQueries(one: Json, other: Json, way: Way): boolean {
    return this.sides.schemas.areSame(...byWay({ old: one, now: other }, way));
  }
}
