import type { Guarantee, Part } from '../contract/guarantee.js';
import type { Json } from '../spec/model.js';
import { Inclusion } from './inclusion/inclusion.js';
import { SameSchemas } from './inclusion/same-schema.js';
import {
  type Findings,
  keysOf,
  type Shortfall,
  type Statement,
  type Subject,
  unjudged,
} from './inclusion/shortfall.js';
import { byWay } from './pairs.js';
import { type RuledDifference, schemaRules } from './schema-rules.js';

/** What is different at one place of two schemas, by one keyword. */
export interface SchemaDifference {
  readonly subject: Subject;
  readonly name: string | undefined;
  /** The names and indexes that lead to the place, from the root. */
  readonly path: readonly (string | number)[];
  readonly old: Statement;
  readonly now: Statement;
  /** Where the new document refuses what the old one allows, as far as was not shown that it never does. */
  readonly narrowing: readonly Shortfall[];
  /** The reverse. */
  readonly widening: readonly Shortfall[];
  /** Whether it is a member that only one of them describes: the new one, or the old one. */
  readonly member: 'added' | 'removed' | undefined;
}

/** Two documents whose schemas are compared. */
export class SchemaComparison {
  /** Holds the values of the old document against the new one. */
  narrowing: Inclusion;
  /** Holds the values of the new document against the old one. */
  widening: Inclusion;
  readonly #same: SameSchemas;

  constructor(old: Guarantee, now: Guarantee) {
    const same = new SameSchemas(old.read.document, now.read.document);
    this.#same = same;
    this.narrowing = new Inclusion(old, now, same);
    this.widening = new Inclusion(now, old, {
      are: (one, other) => same.are(other, one),
      haveSame: (keyword, one, other) => same.haveSame(keyword, other, one),
    });
  }

  /** Tells whether a schema of the old document says the same as one of the new. */
  areSame(old: Json, now: Json): boolean {
    return this.#same.are(old, now);
  }

  /** Lists what is different between a schema of the old document and one of the new, both ways. */
  differences(old: Part, now: Part): RuledDifference[] {
    if (this.areSame(old.schema, now.schema)) return [];
    const found = new Map<string, SchemaDifference>();
    for (const way of ['narrowing', 'widening'] as const) {
      const [given, demanded] = byWay({ old, now }, way);
      collect(found, this.#judge(way, given, demanded), way);
    }
    return withoutAlternatives(membersFirst([...found.values()])).flatMap(schemaRules);
  }

  #judge(way: Way, given: Part, demanded: Part): Findings {
    try {
      return this[way].judge([given], demanded);
    } catch (error) {
      // It works by recursion; what is too deep for it can't be told before.
      if (!(error instanceof RangeError)) throw error;
      this[way] = this[way].again();
      return unjudged(given.pointer, { pointer: demanded.pointer, says: undefined });
    }
  }
}

/** From the old document to the new one, which may refuse more; or back. */
export type Way = 'narrowing' | 'widening';

/** Adds what one way shows: the document that gives is the old one where values are narrowed. */
function collect(found: Map<string, SchemaDifference>, findings: Findings, way: Way): void {
  const inOrder = ({ given, demanded }: { given: Statement; demanded: Statement }) =>
    way === 'narrowing' ? { old: given, now: demanded } : { old: demanded, now: given };
  const blank = { narrowing: [], widening: [], member: undefined };
  for (const shortfall of findings.shortfalls) {
    const { subject, name, steps } = shortfall;
    const key = keyOf(subject, name, keysOf(steps));
    const known = found.get(key) ?? {
      ...{ ...blank, subject, name, path: keysOf(steps) },
      ...inOrder(shortfall),
    };
    found.set(key, { ...known, [way]: [...known[way], shortfall] });
  }
  for (const stranger of findings.strangers) {
    const { name, steps, isDemanded } = stranger;
    const key = keyOf('property', name, keysOf(steps));
    const known = found.get(key) ?? {
      ...{ ...blank, subject: 'property', name, path: keysOf(steps) },
      ...inOrder(stranger),
    };
    const member = isDemanded === (way === 'narrowing') ? 'added' : 'removed';
    found.set(key, { ...known, ...inOrder(stranger), member });
  }
}

function keyOf(subject: Subject, name: string | undefined, path: readonly (string | number)[]) {
  return JSON.stringify([subject, name ?? null, ...path]);
}

/** Counts what is required of a member that is new or gone as part of that. */
function membersFirst(all: readonly SchemaDifference[]): SchemaDifference[] {
  const members = new Map(
    all
      .filter(({ subject }) => subject === 'property')
      .map((one) => [keyOf('property', one.name, one.path), { ...one }]),
  );
  const others = all.filter((one) => {
    if (one.subject === 'property') return false;
    const member = one.subject === 'required' && members.get(keyOf('property', one.name, one.path));
    if (!member) return true;
    members.set(keyOf('property', one.name, one.path), {
      ...member,
      narrowing: [...member.narrowing, ...one.narrowing],
      widening: [...member.widening, ...one.widening],
    });
    return false;
  });
  return [...members.values(), ...others];
}

/** Leaves out members that come or go with an alternative, which is reported itself. */
function withoutAlternatives(all: readonly SchemaDifference[]): SchemaDifference[] {
  const places = new Set(
    all.filter(({ subject }) => subject === 'alternative').map(({ path }) => JSON.stringify(path)),
  );
  return all.filter(
    ({ subject, path, narrowing, widening }) =>
      subject !== 'property' ||
      narrowing.length + widening.length > 0 ||
      !places.has(JSON.stringify(path)),
  );
}
