import type { Json } from '../spec/model.js';
import { shownValue } from './contradictions.js';
import type { Finding } from './finding.js';
import type { Case } from './guarantee.js';
import type { Holding } from './holds.js';
import { typeOf } from './matchers.js';
import type { Rule } from './pact.js';
import { placeName, subjectOf, type What } from './places.js';
import type { Path } from './rule-index.js';

/** What a consumer asks for at a place: in words, with the rule that asks for it if there is one. */
export interface Requirement {
  readonly words: string;
  readonly rule: Rule | undefined;
  readonly example: Json;
  readonly path: Path;
}

/** Collects what is wrong with requirements: of a rule, or else of a place, each code once. */
export class RequirementFindings {
  readonly #findings = new Map<string, Finding>();

  constructor(private readonly what: What) {}

  list(): Finding[] {
    return [...this.#findings.values()];
  }

  add(finding: Finding): void {
    const key = JSON.stringify([finding.code, finding.rule?.pointer ?? finding.path]);
    if (!this.#findings.has(key)) this.#findings.set(key, finding);
  }

  addUnknown(name: string, suggestion: string | undefined, path: Path, pointer?: string): void {
    const details = { what: this.what, name, ...(suggestion === undefined ? {} : { suggestion }) };
    this.add({ code: 'pact.field.unknown', details, path, pointer });
  }

  addOptional(path: Path, pointer: string | undefined): void {
    const details = { what: this.what, name: placeName(path) };
    this.add({ code: 'pact.field.optional', details, path, pointer });
  }

  addTooMany(path: Path, pointer: string | undefined): void {
    const reason = 'the schema has too many alternatives';
    this.#addUnjudged(subjectOf(this.what, path), reason, path, pointer);
  }

  #addUnjudged(what: string, reason: string, path: Path, pointer: string | undefined): void {
    this.add({ code: 'pact.unjudged', details: { what, reason }, path, pointer });
  }

  /** Adds what follows from whether a requirement holds in a case. */
  addHolding(one: Case, holding: Holding, { words, rule, example, path }: Requirement): void {
    const { what } = this;
    const pointer = one.parts[0]?.pointer;
    const about = { path, pointer, ...(rule === undefined ? {} : { rule }) };
    const name = placeName(path);
    switch (holding.is) {
      case 'held':
        break;
      case 'nullable': {
        const details = { subject: subjectOf(what, path), mend: mendOfNull(one, path) };
        this.add({ code: 'pact.value.nullable', details, path, pointer });
        break;
      }
      case 'empty':
        this.add({ code: 'pact.list.empty', details: { name }, path, pointer });
        break;
      case 'unjudged': {
        const { reason } = holding;
        if (rule === undefined) {
          this.#addUnjudged(`${subjectOf(what, path)} (${words})`, reason, path, pointer);
        } else {
          const details = { path: rule.path, rule: words, reason };
          this.add({ code: 'pact.rule.unjudged', details, ...about });
        }
        break;
      }
      case 'broken': {
        const subject = subjectOf(what, path);
        const text = `The document allows values of ${subject} that break what the consumer asks for (${words}).`;
        const found = shownValue(holding.witness);
        const details = { text, found, ...mendOf(holding.witness, example) };
        this.add({ code: 'pact.rule.broken', details, ...about });
        break;
      }
    }
  }
}

function mendOf(witness: Json, example: Json): { mend?: string } {
  if (typeOf(witness) === typeOf(example)) return {};
  const mend = `add an interaction of the same message in which it is of the type ${typeOf(witness)}`;
  return { mend };
}

/** What has no type in the document is hardly null on purpose. */
function mendOfNull({ parts, shape }: Case, path: Path): string {
  if (shape.types !== undefined) {
    return 'add an interaction of the same message in which it is null';
  }
  return parts.length === 0 && typeof path.at(-1) === 'number'
    ? 'state the type of all items in the document, and "additionalItems": false after a list of them'
    : 'state the type in the document';
}
