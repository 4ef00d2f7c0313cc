import type { Json, JsonObject } from '../spec/model.js';
import { isContainer } from '../spec/positions.js';
import { isAboutMembers } from './cases.js';
import { shownValue } from './contradictions.js';
import {
  type Case,
  type Guarantee,
  itemOf,
  listLengths,
  memberOf,
  nameBounds,
  objectSizes,
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
 * Which values of contents count: all; or those without a rule, which say which deliveries an interaction is about; or,
 * of these, those whose place all deliveries of a case have, so that each tells by its value that it is not meant.
 */
type Counted = 'all values' | 'values without rules' | 'values without rules that are always there';

/** Looks for values that contents, which may leave members out, show and no delivery has. */
export class Possibility {
  readonly #known = new Map<Json, Known>();
  readonly #pinned: Possibility;

  constructor(
    private readonly guarantee: Guarantee,
    private readonly rules: RuleIndex,
    private readonly count: Counted,
  ) {
    this.#pinned = count === 'all values' ? pinnedBy(guarantee, rules) : this;
  }

  get #isPinning(): boolean {
    return this.count !== 'all values';
  }

  /** Tells why contents can't be part of any value that satisfies some schemas; undefined where they can. */
  fault(parts: readonly Part[], value: Json, path: Path): Impossible | undefined {
    const cases = this.guarantee.casesOf(parts);
    if (cases === undefined) return undefined;
    // A rule asks for what is not there in this case, and so doesn't pick the deliveries that have it.
    const isAsked = this.#isPinning && this.rules.covers(value, path);
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

  /**
   * Returns the fault in the case that is meant most likely: one with values of this type, that the values without rules
   * pick, or go far in.
   */
  #nearest(
    cases: readonly Case[],
    faults: readonly Impossible[],
    value: Json,
    path: Path,
  ): Impossible | undefined {
    const all = faults.map((fault, index) => ({ fault, one: cases[index] as Case }));
    const fitting = all.filter(({ one }) => one.shape.types?.has(typeOf(value)) !== false);
    const known = fitting.length > 0 ? fitting : all;
    const picked = known.filter(({ one }) => this.#pinned.faultIn(one, value, path) === undefined);
    const meant = picked.length > 0 ? picked : known;
    return meant
      .map(({ fault }) => fault)
      .reduce<Impossible | undefined>(
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
      if (!this.#counts(path)) return undefined;
      const words = this.guarantee.fault(one, value);
      return words === undefined ? undefined : { path, pointer, words, isUnknown: false };
    }
    const type = typeOf(value);
    const { types } = one.shape;
    if (types !== undefined && !types.has(type)) {
      // That it must be an object or a list is required of all deliveries, and picks none of them.
      if (this.#isPinning) return undefined;
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
    // With a rule, the list may be of any length, and shows an item or two of what it may hold.
    if (!this.rules.has(path)) {
      const words =
        wrongLength(one, list) ?? this.#repetition(one, list, path) ?? this.#lack(one, list, path);
      if (words !== undefined) {
        return { path, pointer: one.parts[0]?.pointer, words, isUnknown: false };
      }
    }
    for (const [index, item] of list.entries()) {
      const fault = this.fault(itemOf(one, index), item, [...path, index]);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  /** `uniqueItems`. Of objects, members may be left out that differ. */
  #repetition(one: Case, list: readonly Json[], path: Path): Impossible['words'] | undefined {
    if (!one.parts.some(({ schema }) => schema.uniqueItems === true)) return undefined;
    const seen = new Set<Json>();
    for (const [index, item] of list.entries()) {
      if (isContainer(item) || !this.#counts([...path, index])) continue;
      if (seen.has(item)) {
        const text = 'No delivery has the same item twice in this list.';
        return { text, found: shownValue(item) };
      }
      seen.add(item);
    }
    return undefined;
  }

  /** `contains`. */
  #lack(one: Case, list: readonly Json[], path: Path): Impossible['words'] | undefined {
    for (const { schema, pointer } of one.parts) {
      if (schema.contains === undefined || schema.minContains === 0) continue;
      const part = { schema: schema.contains, pointer: `${pointer}/contains` };
      const isThere = list.some(
        (item, index) => this.fault([part], item, [...path, index]) === undefined,
      );
      if (!isThere) return { text: 'No delivery has a list without the item that must be there.' };
    }
    return undefined;
  }

  #faultInMembers(one: Case, members: [string, Json][], path: Path): Impossible | undefined {
    const pointer = one.parts[0]?.pointer;
    const words = this.#isPinning ? undefined : tooMany(one, members);
    if (words !== undefined) return { path, pointer, words, isUnknown: false };
    for (const [name, item] of members) {
      const { parts, isKnown, isRequired } = memberOf(one, name);
      const place = [...path, name];
      const closed = parts.find(({ schema }) => schema === false) ?? this.#excludedName(one, name);
      // That a member is there is asked for, and picks no deliveries: but for examples of a member that others can't have.
      const isAsked = isKnown || this.rules.covers(item, place);
      if (closed !== undefined && this.#isPinning && isAsked) continue;
      if (closed !== undefined) {
        const text = `No delivery has the member ${JSON.stringify(name)} here.`;
        return { path: place, pointer: closed.pointer, words: { text }, isUnknown: !isKnown };
      }
      if (this.count === 'values without rules that are always there' && !isRequired) continue;
      const fault = this.fault(parts, item, place);
      if (fault !== undefined) return fault;
    }
    return this.#exclusion(one, Object.fromEntries(members), path);
  }

  /** `not`, where it is about scalars that are all shown: what is left out decides nothing. */
  #exclusion(one: Case, members: JsonObject, path: Path): Impossible | undefined {
    for (const { schema, pointer } of one.parts) {
      const { not = true } = schema;
      if (!isAboutMembers(not)) continue;
      const names = [...Object.keys(not.properties ?? {}), ...Object.values(not.required ?? [])];
      const named = names.map((name) => [name, members[String(name)]] as const);
      const isShown = named.every(
        ([name, item]) =>
          item !== undefined && !isContainer(item) && this.#counts([...path, String(name)]),
      );
      const isSure =
        this.count !== 'values without rules that are always there' ||
        names.every((name) => one.shape.required.has(String(name)));
      const excluded = { parts: [{ schema: not, pointer: `${pointer}/not` }] };
      const value = Object.fromEntries(named) as JsonObject;
      if (!isShown || !isSure || this.guarantee.fault(excluded, value) !== undefined) continue;
      const text = 'No delivery has these values together here.';
      return {
        path,
        pointer: `${pointer}/not`,
        words: { text, found: shownValue(value) },
        isUnknown: false,
      };
    }
    return undefined;
  }

  /** Returns the `propertyNames` that a name breaks. */
  #excludedName(one: Case, name: string): Part | undefined {
    return nameBounds(one).find((part) => !this.guarantee.allows(part, name));
  }

  /** Tells whether the scalar at a place counts. */
  #counts(path: Path): boolean {
    return !this.#isPinning || !this.rules.has(path);
  }
}

function wrongLength(one: Case, { length }: readonly Json[]): Impossible['words'] | undefined {
  const { min, max } = listLengths(one);
  if (length >= min && length <= max) return undefined;
  const expected = max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`;
  return {
    text: 'No delivery has a list of this length here.',
    expected: `${expected} items`,
    found: `${length}`,
  };
}

/** `maxProperties`: those that are shown, and those that are required besides. */
function tooMany(one: Case, members: [string, Json][]): Impossible['words'] | undefined {
  const { max } = objectSizes(one);
  const { size } = new Set([...one.shape.required, ...members.map(([name]) => name)]);
  if (size <= max) return undefined;
  return {
    text: 'No delivery has all of these members beside those that it must have.',
    expected: `at most ${max} members`,
    found: `${size}`,
  };
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
