import { closestName } from '../spec/closest-name.js';
import type { Json } from '../spec/model.js';
import { isContainer, isObject } from '../spec/positions.js';
import { contradictions, type Expected } from './contradictions.js';
import {
  alike,
  type Counterparts,
  counterpartsAt,
  isOtherLengthShown,
  isShownAbsent,
  itemsOf,
  membersOf,
  shownBy,
} from './counterparts.js';
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
import { holds, oneHolds, type Shown } from './holds.js';
import { boundsApart, describeMatcher, typeOf } from './matchers.js';
import { namesHold } from './names.js';
import { subjectOf, type What } from './places.js';
import { type Impossible, Possibility, pinnedBy } from './possible.js';
import { RequirementFindings } from './requirement-findings.js';
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
  what: What = 'field',
): Finding[] {
  const contradicted: Finding[] = contradictions(expected).map((one) => ({
    code: 'pact.rule.contradicted',
    pointer: undefined,
    ...one,
  }));
  const all = new Possibility(guarantee, expected.rules, 'all values');
  const fault = all.fault(parts, expected.value, []);
  const impossible = fault === undefined ? [] : [impossibility(fault, what)];
  const findings = new RequirementFindings(what);
  const checker = new Checker(guarantee, expected.rules, findings);
  checker.check(parts, expected.value, counterpartsAt(guarantee, others), []);
  // What is wrong with the interaction itself is not said once more by the document.
  const places = new Set(impossible.map(({ path }) => JSON.stringify(path)));
  const broken = new Set(contradicted.map(({ rule }) => rule));
  const required = findings
    .list()
    .filter(({ path, rule }) => !places.has(JSON.stringify(path)) && !(rule && broken.has(rule)));
  return [...contradicted, ...impossible, ...required];
}

function impossibility({ path, pointer, words, isUnknown }: Impossible, what: What): Finding {
  if (isUnknown) {
    const details = { what, name: String(path.at(-1)) };
    return { code: 'pact.field.unknown', details, path, pointer };
  }
  const why = words.text.charAt(0).toLowerCase() + words.text.slice(1);
  const text = `The example of ${subjectOf(what, path)} is impossible: ${why}`;
  return { code: 'pact.value.impossible', details: { ...words, text }, path, pointer };
}

/** How many places are judged, each once for every way that leads to it, before there are too many. */
const MAX_STEPS = 500_000;

/** Walks contents and schemas side by side. */
class Checker {
  readonly #seen = new Map<Json, Set<string>>();
  #steps = 0;
  readonly #pinned: Possibility;
  readonly #told: Possibility;

  constructor(
    private readonly guarantee: Guarantee,
    private readonly rules: RuleIndex,
    private readonly findings: RequirementFindings,
  ) {
    this.#pinned = pinnedBy(guarantee, rules);
    this.#told = new Possibility(guarantee, rules, 'values without rules that are always there');
  }

  /** Checks that what contents require at a place holds in each case that the interaction can be about. */
  check(parts: readonly Part[], value: Json, others: Counterparts, path: Path): void {
    const cases = this.guarantee.casesOf(parts);
    if (isContainer(value) && this.#isSeen(parts, value, others)) return;
    if (cases === undefined || this.#steps > MAX_STEPS) {
      this.findings.addTooMany(cases === undefined ? path : [], parts[0]?.pointer);
      return;
    }
    const picked = cases.filter((one) => this.#pinned.faultIn(one, value, path) === undefined);
    const meant = picked.length > 0 ? picked : cases;
    const known = new Set(
      Object.keys(isObject(value) ? value : {}).filter((name) =>
        meant.some((one) => memberOf(one, name).isKnown),
      ),
    );
    for (const one of meant) this.#checkCase(one, value, alike(others, one), path, known);
    for (const one of cases) {
      if (!meant.includes(one)) this.#checkTold(one, value, others, path);
    }
  }

  /**
   * Checks that deliveries of a case that is not meant tell so by values that are always there: without the member whose
   * example picks other cases, they can't be told apart.
   */
  #checkTold(one: Case, value: Json, others: Counterparts, path: Path): void {
    if (!isObject(value) || this.#told.faultIn(one, value, path) !== undefined) return;
    for (const [name, item] of Object.entries(value)) {
      const { parts, isRequired } = memberOf(one, name);
      const place = [...path, name];
      if (this.#pinned.fault(parts, item, place) === undefined) continue;
      if (!isRequired && !isShownAbsent(alike(others, one), name)) {
        this.findings.addOptional(place, parts[0]?.pointer);
      }
      if (!isRequired) continue;
      for (const inner of this.guarantee.casesOf(parts) ?? []) {
        this.#checkTold(inner, item, membersOf(others, name), place);
      }
    }
  }

  /** Tells whether an object or a list was judged by the same schemas and counterparts: many ways may lead to it. */
  #isSeen(parts: readonly Part[], value: Json, others: Counterparts): boolean {
    this.#steps += 1;
    const seen = this.#seen.get(value) ?? new Set();
    this.#seen.set(value, seen);
    const beside = others().map(({ number, path }) => [number, ...path]);
    const key = JSON.stringify([this.guarantee.keyOf(parts), beside]);
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  }

  #checkCase(
    one: Case,
    value: Json,
    others: Counterparts,
    path: Path,
    known: ReadonlySet<string>,
  ): void {
    const shown = shownBy(others);
    const applied = this.rules.at(path);
    for (const rule of applied) this.#checkRule(one, rule, value, shown, path);
    if (applied.length === 0 && isContainer(value)) this.#checkUnruled(one, value, others, path);
    // Nothing is below where the case has no value of this type.
    if (one.shape.types?.has(typeOf(value)) === false) return;
    const map = applied.find(
      ({ matchers, isCascaded }) =>
        !isCascaded && matchers.some(({ match }) => /^(?:values|eachKey|eachValue)$/.test(match)),
    );
    if (Array.isArray(value)) {
      this.#checkItems(one, value, others, path, applied.length > 0);
    } else if (isObject(value) && map !== undefined) {
      this.#checkMap(one, map, value, others, path);
    } else if (isObject(value)) {
      for (const [name, item] of Object.entries(value)) {
        this.#checkMember(one, name, item, others, path, known.has(name));
      }
    }
  }

  #checkItems(
    one: Case,
    items: readonly Json[],
    others: Counterparts,
    path: Path,
    isRuled: boolean,
  ): void {
    const inner = itemsOf(others);
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
    others: Counterparts,
    path: Path,
  ): void {
    const inner = membersOf(others);
    // The values of members by other names are compared too, but by rules about keys alone.
    const isOfKeys = matchers.every(({ match }) => match === 'eachKey');
    for (const [name, item] of Object.entries(value)) {
      const alternatives = isOfKeys ? [memberOf(one, name).parts] : memberAlternatives(one);
      for (const parts of alternatives) this.check(parts, item, inner, [...path, name]);
    }
    for (const matcher of matchers) {
      if (matcher.match !== 'eachKey') continue;
      for (const asked of innerMatchers(matcher)) {
        const words = `each key: ${describeMatcher(asked)}`;
        const holding = namesHold(this.guarantee, one, asked);
        this.findings.addHolding(one, holding, { words, rule, example: '', path });
      }
    }
  }

  #checkMember(
    one: Case,
    name: string,
    item: Json,
    others: Counterparts,
    path: Path,
    isKnown: boolean,
  ): void {
    const { parts, isRequired, isKnown: isKnownHere } = memberOf(one, name);
    const place = [...path, name];
    const pointer = parts[0]?.pointer ?? one.parts[0]?.pointer;
    if (!isKnown) {
      this.findings.addUnknown(name, closestName(name, namesOf(one)), place, pointer);
      return;
    }
    if (!isRequired && !isShownAbsent(others, name)) this.findings.addOptional(place, pointer);
    if (isKnownHere) this.check(parts, item, membersOf(others, name), place);
  }

  /**
   * Objects and lists need their type without a rule too; and a list with rules within it, and none that leads to it,
   * its length, which Pact compares: lists of other lengths must be what other interactions are about.
   */
  #checkUnruled(one: Case, value: Json, others: Counterparts, path: Path): void {
    const { rules } = this;
    const shown = shownBy(others);
    const length = Array.isArray(value) ? value.length : 0;
    const isCounted =
      Array.isArray(value) &&
      !rules.leadsTo(path) &&
      rules.hasWithin(value, path) &&
      !isOtherLengthShown(others, length);
    const holdings = [
      { match: 'type' },
      ...(isCounted
        ? [
            { match: 'type', max: length },
            { match: 'type', min: length },
          ]
        : []),
    ].map((matcher) => holds(this.guarantee, one, matcher, value, shown));
    const holding = holdings.find(({ is }) => is !== 'held') ?? { is: 'held' };
    const items = `${length} ${length === 1 ? 'item' : 'items'}`;
    const words = isCounted
      ? `a list of exactly ${items} is needed, as it has no rule of its own`
      : `an ${typeOf(value)} is needed`;
    this.findings.addHolding(one, holding, { words, rule: undefined, example: value, path });
  }

  #checkRule(one: Case, applied: Applied, value: Json, shown: Shown, path: Path): void {
    const { guarantee, findings } = this;
    const { rule, matchers, combine } = applied;
    const asked = { rule, example: value, path };
    if (combine === 'OR' && matchers.length > 1) {
      const words = matchers.map(describeMatcher).join(' or ');
      findings.addHolding(one, oneHolds(guarantee, one, matchers, value, shown), {
        ...asked,
        words,
      });
      return;
    }
    for (const matcher of matchers.flatMap(boundsApart)) {
      const holding = holds(guarantee, one, matcher, value, shown);
      findings.addHolding(one, holding, { ...asked, words: describeMatcher(matcher) });
    }
  }
}

function namesOf(one: Case): string[] {
  return one.parts.flatMap(({ schema: { properties } }) =>
    isObject(properties) ? Object.keys(properties) : [],
  );
}
