import type { Json } from '../spec/model.js';
import { isContainer } from '../spec/positions.js';
import {
  type Case,
  type Guarantee,
  itemOf,
  listLengths,
  memberOf,
  type Part,
} from './guarantee.js';
import { typeOf } from './matchers.js';
import type { Path, RuleIndex } from './rule-index.js';

/** Why no delivery holds what contents show: where, and in words. */
export interface Impossible {
  readonly path: Path;
  readonly pointer: string | undefined;
  readonly words: { readonly text: string; readonly expected?: string; readonly found?: string };
  /** Whether it is a member that the document does not know, and allows no others. */
  readonly isUnknown: boolean;
}

/** What was found out about contents in one case; null: nothing is wrong. */
type Known = Map<Case, Impossible | null>;

/**
 * Looks for values that contents, which may leave members out, show and no delivery has. Of a message's contents either
 * all values count, or only those without a rule: these say which deliveries an interaction is about.
 */
export class Possibility {
  readonly #known = new Map<Json, Known>();
  readonly #pinned: Possibility;

  constructor(
    private readonly guarantee: Guarantee,
    private readonly rules: RuleIndex,
    private readonly count: 'all values' | 'values without rules',
  ) {
    this.#pinned = count === 'values without rules' ? this : pinnedBy(guarantee, rules);
  }

  /** Tells why contents can't be part of any value that satisfies some schemas; undefined where they can. */
  fault(parts: readonly Part[], value: Json, path: Path): Impossible | undefined {
    const cases = this.guarantee.casesOf(parts);
    if (cases === undefined) return undefined;
    // A rule asks for what is not there in this case, and so doesn't pick the deliveries that have it.
    const isAsked = this.count === 'values without rules' && this.rules.at(path) !== undefined;
    if (cases.length === 0 && isAsked) return undefined;
    const faults: Impossible[] = [];
    for (const one of cases) {
      const fault = this.faultIn(one, value, path);
      if (fault === undefined) return undefined;
      faults.push(fault);
    }
    const pointer = parts[0]?.pointer;
    return (
      this.#nearest(cases, faults, value, path) ?? {
        path,
        pointer,
        words: { text: 'No delivery has a value here.' },
        isUnknown: false,
      }
    );
  }

  /** Returns the fault in the case that is meant most likely: one that the values without rules pick, or go far in. */
  #nearest(
    cases: readonly Case[],
    faults: readonly Impossible[],
    value: Json,
    path: Path,
  ): Impossible | undefined {
    const meant = faults.filter(
      (_, index) => this.#pinned.faultIn(cases[index] as Case, value, path) === undefined,
    );
    return (meant.length > 0 ? meant : faults).reduce<Impossible | undefined>(
      (best, one) => (best === undefined || one.path.length > best.path.length ? one : best),
      undefined,
    );
  }

  /** Tells why contents can't be part of any value of one case. */
  faultIn(one: Case, value: Json, path: Path): Impossible | undefined {
    if (!isContainer(value)) return this.#faultIn(one, value, path);
    // An object or a list stands at one place only. Without this, the time doubles with each level.
    const known: Known = this.#known.get(value) ?? new Map();
    this.#known.set(value, known);
    const earlier = known.get(one);
    if (earlier !== undefined) return earlier ?? undefined;
    const fault = this.#faultIn(one, value, path);
    known.set(one, fault ?? null);
    return fault;
  }

  #faultIn(one: Case, value: Json, path: Path): Impossible | undefined {
    const pointer = one.parts[0]?.pointer;
    if (!isContainer(value)) {
      if (this.count === 'values without rules' && this.rules.at(path) !== undefined)
        return undefined;
      const words = this.guarantee.fault(one, value);
      return words === undefined ? undefined : { path, pointer, words, isUnknown: false };
    }
    const type = typeOf(value);
    const { types } = one.shape;
    if (types !== undefined && !types.has(type)) {
      // That it must be an object or a list is required of all deliveries, and picks none of them.
      if (this.count === 'values without rules') return undefined;
      const text = 'No delivery has a value of this type here.';
      return {
        path,
        pointer,
        words: { text, expected: [...types].join(' or '), found: type },
        isUnknown: false,
      };
    }
    return Array.isArray(value)
      ? this.#faultInList(one, value, path)
      : this.#faultInMembers(one, Object.entries(value), path);
  }

  #faultInList(one: Case, list: readonly Json[], path: Path): Impossible | undefined {
    const { min, max } = listLengths(one);
    const { length } = list;
    if ((length < min || length > max) && this.rules.at(path) === undefined) {
      const expected = max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`;
      const words = {
        text: 'No delivery has a list of this length here.',
        expected: `${expected} items`,
        found: `${length}`,
      };
      return { path, pointer: one.parts[0]?.pointer, words, isUnknown: false };
    }
    for (const [index, item] of list.entries()) {
      const fault = this.fault(itemOf(one, index), item, [...path, index]);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  #faultInMembers(one: Case, members: [string, Json][], path: Path): Impossible | undefined {
    for (const [name, item] of members) {
      const { parts, isKnown } = memberOf(one, name);
      const place = [...path, name];
      const closed = parts.find(({ schema }) => schema === false);
      // That a member is there is asked for, and picks no deliveries: but for examples of a member that others can't have.
      const isAsked = isKnown || this.rules.at(place) !== undefined;
      if (closed !== undefined && this.count === 'values without rules' && isAsked) continue;
      if (closed !== undefined) {
        const text = `No delivery has the member ${JSON.stringify(name)} here.`;
        return { path: place, pointer: closed.pointer, words: { text }, isUnknown: !isKnown };
      }
      const fault = this.fault(parts, item, place);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
}

const pinned = new WeakMap<RuleIndex, Possibility>();

/** Looks, among the values without rules, for what picks the deliveries that an interaction is about. */
export function pinnedBy(guarantee: Guarantee, rules: RuleIndex): Possibility {
  const known = pinned.get(rules) ?? new Possibility(guarantee, rules, 'values without rules');
  pinned.set(rules, known);
  return known;
}

const all = new WeakMap<RuleIndex, Possibility>();

/** Looks for values of any kind that no delivery has, so that a counterpart counts only where it is possible. */
export function allOf(guarantee: Guarantee, rules: RuleIndex): Possibility {
  const known = all.get(rules) ?? new Possibility(guarantee, rules, 'all values');
  all.set(rules, known);
  return known;
}
