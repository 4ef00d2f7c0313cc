import { closestName } from '../spec/closest-name.js';
import type { Json } from '../spec/model.js';
import { isContainer, isObject } from '../spec/positions.js';
import { contradictions, type Expected, shownValue } from './contradictions.js';
import type { Finding } from './finding.js';
import {
  type Case,
  type Guarantee,
  itemAlternatives,
  itemOf,
  memberAlternatives,
  memberOf,
  type Part,
} from './guarantee.js';
import { type Holding, holds, oneHolds, type Shown } from './holds.js';
import { describeMatcher, typeOf } from './matchers.js';
import { namesHold } from './names.js';
import type { Rule } from './pact.js';
import { allOf, type Impossible, Possibility, pinnedBy } from './possible.js';
import { type Applied, innerMatchers, type Path, type RuleIndex } from './rule-index.js';

/**
 * Judges what a consumer requires of a payload, or of headers, against what the document guarantees. `others` are what
 * other interactions of the same message expect; `what` names a member in problems.
 */
export function checkContents(
  guarantee: Guarantee,
  parts: readonly Part[],
  expected: Expected,
  others: () => readonly Expected[],
  what: 'field' | 'header' = 'field',
): Finding[] {
  const contradicted: Finding[] = contradictions(expected).map((one) => ({
    code: 'pact.rule.contradicted',
    pointer: undefined,
    ...one,
  }));
  const all = new Possibility(guarantee, expected.rules, 'all values');
  const fault = all.fault(parts, expected.value, []);
  const impossible = fault === undefined ? [] : [impossibility(fault, what)];
  const checker = new Checker(guarantee, expected.rules, what);
  checker.check(
    parts,
    expected.value,
    once(() =>
      others().map(({ value, rules }, number) => ({
        number,
        value,
        path: [],
        possibility: allOf(guarantee, rules),
      })),
    ),
    [],
  );
  // What is wrong with the interaction itself is not said once more by the document.
  const places = new Set(impossible.map(({ path }) => JSON.stringify(path)));
  const broken = new Set(contradicted.map(({ rule }) => rule));
  const required = checker
    .findings()
    .filter(({ path, rule }) => !places.has(JSON.stringify(path)) && !(rule && broken.has(rule)));
  return [...contradicted, ...impossible, ...required];
}

function impossibility(
  { path, pointer, words, isUnknown }: Impossible,
  what: 'field' | 'header',
): Finding {
  return isUnknown
    ? { code: 'pact.field.unknown', details: { what, name: String(path.at(-1)) }, path, pointer }
    : { code: 'pact.value.impossible', details: words, path, pointer };
}

/** What another interaction shows at a place. */
interface Other {
  readonly number: number;
  readonly value: Json;
  readonly path: Path;
  readonly possibility: Possibility;
}

/** What others show is looked at only where something is not guaranteed. */
type Others = () => readonly Other[];

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** How many places are judged, each once for every way that leads to it, before there are too many. */
const MAX_STEPS = 500_000;

/** Walks contents and schemas side by side. */
class Checker {
  readonly #findings = new Map<string, Finding>();
  readonly #seen = new Map<Json, Set<string>>();
  #steps = 0;
  readonly #pinned: Possibility;

  constructor(
    private readonly guarantee: Guarantee,
    private readonly rules: RuleIndex,
    private readonly what: 'field' | 'header',
  ) {
    this.#pinned = pinnedBy(guarantee, rules);
  }

  findings(): Finding[] {
    return [...this.#findings.values()];
  }

  #report(finding: Finding): void {
    const key = JSON.stringify([finding.code, finding.path]);
    if (!this.#findings.has(key)) this.#findings.set(key, finding);
  }

  /** Checks that what contents require at a place holds in each case that the interaction can be about. */
  check(parts: readonly Part[], value: Json, others: Others, path: Path): void {
    const cases = this.guarantee.casesOf(parts);
    if (isContainer(value) && this.#isSeen(parts, value, others)) return;
    if (cases === undefined || this.#steps > MAX_STEPS) {
      const details = { rule: 'contents', reason: 'the schema has too many alternatives' };
      const pointer = parts[0]?.pointer;
      const place = cases === undefined ? path : [];
      this.#report({ code: 'pact.rule.unjudged', details, path: place, pointer });
      return;
    }
    const picked = cases.filter((one) => this.#pinned.faultIn(one, value, path) === undefined);
    const meant = picked.length > 0 ? picked : cases;
    const known = new Set(
      Object.keys(isObject(value) ? value : {}).filter((name) =>
        meant.some((one) => memberOf(one, name).isKnown),
      ),
    );
    for (const one of meant) {
      const alike = once(() =>
        others().filter(
          (other) => other.possibility.faultIn(one, other.value, other.path) === undefined,
        ),
      );
      this.#checkCase(one, value, alike, path, known);
    }
  }

  /** Tells whether an object or a list was judged by the same schemas and counterparts: many ways may lead to it. */
  #isSeen(parts: readonly Part[], value: Json, others: Others): boolean {
    this.#steps += 1;
    const seen = this.#seen.get(value) ?? new Set();
    this.#seen.set(value, seen);
    const beside = others().map(({ number, path }) => [number, ...path]);
    const key = JSON.stringify([this.guarantee.keyOf(parts), beside]);
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  }

  #checkCase(one: Case, value: Json, others: Others, path: Path, known: ReadonlySet<string>): void {
    const shown = shownBy(others);
    const applied = this.rules.at(path);
    if (applied !== undefined) this.#checkRule(one, applied, value, shown, path);
    else if (isContainer(value)) this.#checkType(one, value, shown, path);
    // Nothing is below where the case has no value of this type.
    if (one.shape.types?.has(typeOf(value)) === false) return;
    const isMap = applied?.matchers.some(({ match }) =>
      /^(?:values|eachKey|eachValue)$/.test(match),
    );
    if (Array.isArray(value)) {
      this.#checkItems(one, value, others, path, applied !== undefined);
    } else if (isObject(value) && isMap === true && applied?.isCascaded === false) {
      this.#checkMap(one, applied, value, others, path);
    } else if (isObject(value)) {
      for (const [name, item] of Object.entries(value)) {
        this.#checkMember(one, name, item, others, path, known.has(name));
      }
    }
  }

  #checkItems(
    one: Case,
    items: readonly Json[],
    others: Others,
    path: Path,
    isRuled: boolean,
  ): void {
    const inner = once(() =>
      others().flatMap((other) =>
        Array.isArray(other.value)
          ? other.value.map((value, index) => ({ ...other, value, path: [...other.path, index] }))
          : [],
      ),
    );
    for (const [index, item] of items.entries()) {
      // With a rule, the list may be of any length, and what is asked of the first item is asked of further ones.
      const alternatives = isRuled
        ? itemAlternatives(one, index, items.length)
        : [itemOf(one, index)];
      for (const parts of alternatives) this.check(parts, item, inner, [...path, index]);
    }
  }

  #checkMap(
    one: Case,
    { rule, matchers }: Applied,
    value: { [name: string]: Json },
    others: Others,
    path: Path,
  ): void {
    const inner = once(() =>
      others().flatMap((other) =>
        isObject(other.value)
          ? Object.entries(other.value).map(([name, item]) => ({
              ...other,
              value: item,
              path: [...other.path, name],
            }))
          : [],
      ),
    );
    for (const [name, item] of Object.entries(value)) {
      for (const parts of memberAlternatives(one)) this.check(parts, item, inner, [...path, name]);
    }
    for (const matcher of matchers) {
      if (matcher.match !== 'eachKey') continue;
      for (const asked of innerMatchers(matcher)) {
        const holding = namesHold(one, asked);
        this.#judge(one, holding, `each key: ${describeMatcher(asked)}`, path, rule);
      }
    }
  }

  #checkMember(
    one: Case,
    name: string,
    item: Json,
    others: Others,
    path: Path,
    isKnown: boolean,
  ): void {
    const { parts, isRequired, isKnown: isKnownHere } = memberOf(one, name);
    const place = [...path, name];
    const pointer = parts[0]?.pointer ?? one.parts[0]?.pointer;
    const { what } = this;
    if (!isKnown) {
      const suggestion = closestName(name, namesOf(one));
      const details = { what, name, ...(suggestion === undefined ? {} : { suggestion }) };
      this.#report({ code: 'pact.field.unknown', details, path: place, pointer });
      return;
    }
    const beside = once(() => others().filter((other) => isObject(other.value)));
    const isShownAbsent = () => beside().some(({ value }) => !Object.hasOwn(value as object, name));
    if (!isRequired && !isShownAbsent()) {
      this.#report({ code: 'pact.field.optional', details: { what, name }, path: place, pointer });
    }
    if (!isKnownHere) return;
    const inner = once(() =>
      beside().flatMap((other) => {
        const value = (other.value as { [name: string]: Json })[name];
        return value === undefined || !Object.hasOwn(other.value as object, name)
          ? []
          : [{ ...other, value, path: [...other.path, name] }];
      }),
    );
    this.check(parts, item, inner, place);
  }

  /** Objects and lists with members need their type, with a rule or without. */
  #checkType(one: Case, value: Json, shown: Shown, path: Path): void {
    const matcher = { match: 'type' };
    const holding = holds(this.guarantee, one, matcher, value, shown);
    this.#judge(one, holding, `an ${typeOf(value)} is needed`, path, undefined);
  }

  #checkRule(one: Case, { rule, matchers }: Applied, value: Json, shown: Shown, path: Path): void {
    const { guarantee } = this;
    if (rule.combine === 'OR' && matchers.length > 1) {
      const words = matchers.map(describeMatcher).join(' or ');
      this.#judge(one, oneHolds(guarantee, one, matchers, value, shown), words, path, rule);
      return;
    }
    for (const matcher of matchers) {
      const holding = holds(guarantee, one, matcher, value, shown);
      this.#judge(one, holding, describeMatcher(matcher), path, rule);
    }
  }

  #judge(one: Case, holding: Holding, words: string, path: Path, rule: Rule | undefined): void {
    const pointer = one.parts[0]?.pointer;
    const about = { path, pointer, ...(rule === undefined ? {} : { rule }) };
    const name = String(path.at(-1) ?? 'payload');
    switch (holding.is) {
      case 'held':
        break;
      case 'nullable': {
        const details = { what: this.what, name };
        this.#report({ code: 'pact.value.nullable', details, path, pointer });
        break;
      }
      case 'empty':
        this.#report({ code: 'pact.list.empty', details: { name }, path, pointer });
        break;
      case 'unjudged': {
        const details = { rule: words, reason: holding.reason };
        this.#report({ code: 'pact.rule.unjudged', details, ...about });
        break;
      }
      case 'broken': {
        const text = `The document allows values that break what the consumer asks for (${words}).`;
        const found = holding.witness === undefined ? {} : { found: shownValue(holding.witness) };
        this.#report({ code: 'pact.rule.broken', details: { text, ...found }, ...about });
        break;
      }
    }
  }
}

function shownBy(others: Others): Shown {
  return {
    get isNull() {
      return others().some(({ value }) => value === null);
    },
    get isValue() {
      return others().some(({ value }) => value !== null);
    },
    get isEmptyList() {
      return others().some(({ value }) => Array.isArray(value) && value.length === 0);
    },
  };
}

function namesOf(one: Case): string[] {
  return one.parts.flatMap(({ schema: { properties } }) =>
    isObject(properties) ? Object.keys(properties) : [],
  );
}
