import type { Json } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import type { Expected } from './contradictions.js';
import type { Case, Guarantee } from './guarantee.js';
import type { Shown } from './holds.js';
import { typeOf } from './matchers.js';
import { allOf, type Possibility } from './possible.js';
import type { Path } from './rule-index.js';

/** What another interaction of the same message shows at a place. */
export interface Counterpart {
  readonly number: number;
  readonly value: Json;
  readonly path: Path;
  readonly possibility: Possibility;
}

/** Counterparts are looked at only where something is not guaranteed. */
export type Counterparts = () => readonly Counterpart[];

/** Returns what other interactions show at the root. */
export function counterpartsAt(
  guarantee: Guarantee,
  others: () => readonly Expected[],
): Counterparts {
  return once(() =>
    others().map(({ value, rules }, number) => ({
      number,
      value,
      path: [],
      possibility: allOf(guarantee, rules),
    })),
  );
}

/** Keeps those that show what is possible in a case. */
export function alike(counterparts: Counterparts, one: Case): Counterparts {
  return once(() =>
    counterparts().filter(
      ({ possibility, value, path }) => possibility.faultIn(one, value, path) === undefined,
    ),
  );
}

/** Returns what they show as items of a list. */
export function itemsOf(counterparts: Counterparts): Counterparts {
  return once(() =>
    counterparts().flatMap((other) =>
      Array.isArray(other.value)
        ? other.value.map((value, index) => ({ ...other, value, path: [...other.path, index] }))
        : [],
    ),
  );
}

/** Returns what they show as members of an object: those of any name, or of one. */
export function membersOf(counterparts: Counterparts, only?: string): Counterparts {
  return once(() =>
    counterparts().flatMap((other) =>
      isObject(other.value)
        ? Object.entries(other.value)
            .filter(([name]) => only === undefined || name === only)
            .map(([name, value]) => ({ ...other, value, path: [...other.path, name] }))
        : [],
    ),
  );
}

/** Tells whether one of them shows an object without a member. */
export function isShownAbsent(counterparts: Counterparts, name: string): boolean {
  return counterparts().some(({ value }) => isObject(value) && !Object.hasOwn(value, name));
}

/** Tells whether one of them shows a list that has not so many items. */
export function isOtherLengthShown(counterparts: Counterparts, length: number): boolean {
  return counterparts().some(({ value }) => Array.isArray(value) && value.length !== length);
}

/** Sums up what they show, for rules. */
export function shownBy(counterparts: Counterparts): Shown {
  const types = once(() => new Set(counterparts().map(({ value }) => typeOf(value))));
  return {
    get types() {
      return types();
    },
    get isEmptyList() {
      return counterparts().some(({ value }) => Array.isArray(value) && value.length === 0);
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
