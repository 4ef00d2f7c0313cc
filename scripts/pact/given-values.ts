import type { Rule } from '../contract/pact.js';
import { type Path, RuleIndex } from '../contract/rule-index.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Json } from '../spec/model.js';
import { RESERVED } from './matchers.js';
import { isEach, itemNeeds, needed } from './needs.js';

/** The values that needs give; null stands where a value is `needed`, and a list of one item for `each`. */
export interface GivenValues {
  readonly value: Json;
  /** Where other values may stand. */
  readonly rules: RuleIndex;
}

/** Takes the given values out of needs. Throws where Pact can't have them. */
export function givenValues(needs: unknown, path: Path): GivenValues {
  const rules: Rule[] = [];
  return { value: valueAt(needs, path, rules), rules: new RuleIndex(rules) };
}

function valueAt(needs: unknown, path: Path, rules: Rule[]): Json {
  if (needs === needed || isEach(needs)) {
    const tokens = path.map((name) => ({ name }));
    rules.push({ path: '', tokens, combine: 'AND', matchers: [{ match: 'type' }], pointer: '' });
    return needs === needed ? null : [valueAt(itemNeeds(needs), [...path, 0], rules)];
  }
  if (Array.isArray(needs)) return needs.map((one, index) => valueAt(one, [...path, index], rules));
  if (typeof needs === 'object' && needs !== null) {
    const members = Object.entries(needs).filter(([, held]) => held !== undefined);
    return Object.fromEntries(
      members.map(([name, held]) => {
        const place = [...path, name];
        checkName(place);
        return [name, valueAt(held, place, rules)];
      }),
    );
  }
  const isJson =
    needs === null ||
    typeof needs === 'string' ||
    typeof needs === 'boolean' ||
    (typeof needs === 'number' && Number.isFinite(needs));
  return isJson ? (needs as Json) : refuse(path, `${String(needs)} is nothing that JSON can hold`);
}

/** Refuses the name of a member that Pact would take for a rule, or that no pact with rules can be loaded with. */
export function checkName(path: Path): void {
  const name = String(path.at(-1));
  const quoted = JSON.stringify(name);
  if (name.startsWith(RESERVED)) refuse(path, `Pact takes the name ${quoted} for a rule`);
  if (/['\\]/.test(name)) {
    refuse(path, `Pact can't read rules of members with a quote or backslash: ${quoted}`);
  }
}

/** Tells whether a value holds a name by which Pact would take it for a rule. */
export function holdsReserved(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, held]) => name.startsWith(RESERVED) || holdsReserved(held),
  );
}

/** Tells whether Pact would take the text of a header for a rule: it reads each JSON object there as one. */
export function isReadAsRule(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Throws what is wrong with the needs of a place. */
export function refuse(path: Path, reason: string): never {
  throw new TypeError(`${joinPointer('', ...path) || 'the payload'}: ${reason}`);
}
