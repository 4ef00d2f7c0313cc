import { allValues } from '../../contract/all-values.js';
import type { Case, Guarantee, Part } from '../../contract/guarantee.js';
import { samplesOf } from '../../contract/samples.js';
import { type JsonType, TYPES } from '../../judge/shape.js';
import type { Json, JsonObject } from '../../spec/model.js';
import { isObject } from '../../spec/positions.js';
import { alternativeDemands } from './alternative-demands.js';
import { type KnownMembers, knownMembers } from './known-members.js';
import { listDemands } from './list-demands.js';
import { objectDemands } from './object-demands.js';
import type { SameSchemas } from './same-schema.js';
import { scalarDemands } from './scalar-demands.js';
import {
  type Findings,
  forbidden,
  joined,
  nothing,
  type Shortfall,
  type Subject,
  unjudged,
} from './shortfall.js';

/** A value's place: what the documents know of its members. */
export interface Surroundings {
  readonly given: KnownMembers;
  readonly demanded: KnownMembers;
}

/** One case of the values that one document allows, held against one schema of the other. */
export interface Look {
  readonly inclusion: Inclusion;
  readonly one: Case;
  readonly schema: JsonObject;
  readonly pointer: string;
  readonly around: Surroundings;
}

function settle(results: Map<Json, Known>, schema: Json): void {
  const known = results.get(schema);
  if (known !== undefined) results.set(schema, { ...known, lowest: Number.POSITIVE_INFINITY });
}

/** What was found out of a pair; `lowest` is the depth of the pair that it depends on, infinite where on none. */
interface Known {
  readonly findings: Findings;
  readonly lowest: number;
}

/** How many schemas are held against each other for one document; beyond, nothing more is judged. */
const MAX_LOOKS = 400_000;

/**
 * Looks for values that one document allows and another one refuses: whatever it does not report is shown to be
 * accepted. Schemas that say the same are not looked at, so the work is that of what differs.
 *
 * Of the document that gives, values count that somebody who keeps to it sends: they have the members that it describes,
 * and perhaps others of names that neither document describes. A name that only the other one describes is not sent.
 */
export class Inclusion {
  readonly #known = new Map<string, Map<Json, Known>>();
  /** The pairs that are being judged, by how deep they stand in one another. */
  readonly #running = new Map<string, Map<Json, number>>();
  #depth = 0;
  /** The least depth of the pairs that were taken for granted since the innermost one began. */
  #lowest = Number.POSITIVE_INFINITY;
  /** What holds if pairs do that are still being judged. */
  #pending: { readonly results: Map<Json, Known>; readonly schema: Json }[] = [];
  #looks = 0;

  /** `given` are the values, `demanding` is what judges them; `same` compares a schema of each. */
  constructor(
    readonly given: Guarantee,
    readonly demanding: Guarantee,
    readonly same: Pick<SameSchemas, 'are' | 'haveSame'>,
  ) {}

  /** Begins anew: where one has ended in the middle. */
  again(): Inclusion {
    return new Inclusion(this.given, this.demanding, this.same);
  }

  /** Holds values that satisfy all of some schemas against a schema of the other document. */
  judge(parts: readonly Part[], demand: Part): Findings {
    const { schema, pointer } = this.demanding.resolve(demand);
    if (schema === true) return nothing;
    if (parts.some((part) => this.same.are(this.given.resolve(part).schema, schema)))
      return nothing;
    const key = this.given.keyOf(parts);
    const results = this.#known.get(key) ?? new Map<Json, Known>();
    this.#known.set(key, results);
    const known = results.get(schema);
    if (known !== undefined) {
      this.#lowest = Math.min(this.#lowest, known.lowest);
      return known.findings;
    }
    // What leads back to itself holds if everything else on the way does: values end somewhere.
    const running = this.#running.get(key) ?? new Map<Json, number>();
    this.#running.set(key, running);
    const assumed = running.get(schema);
    if (assumed !== undefined) {
      this.#lowest = Math.min(this.#lowest, assumed);
      return nothing;
    }
    const before = this.#lowest;
    const depth = this.#depth;
    const start = this.#pending.length;
    this.#lowest = Number.POSITIVE_INFINITY;
    this.#depth += 1;
    running.set(schema, depth);
    const findings = this.#judge(parts, { schema, pointer });
    running.delete(schema);
    this.#depth = depth;
    // What does not hold does not, whatever was taken for granted.
    const isHeld = findings.shortfalls.length === 0;
    const lowest = isHeld && this.#lowest < depth ? this.#lowest : Number.POSITIVE_INFINITY;
    results.set(schema, { findings, lowest });
    if (!isHeld) for (const one of this.#pending.splice(start)) one.results.delete(one.schema);
    else if (lowest < depth) this.#pending.push({ results, schema });
    else for (const one of this.#pending.splice(start)) settle(one.results, one.schema);
    this.#lowest = Math.min(before, lowest);
    return findings;
  }

  #judge(parts: readonly Part[], demand: Part): Findings {
    const cases = this.given.casesOf(parts);
    if (cases === undefined) return tooMuch(parts, demand);
    const around: Surroundings = {
      given: knownMembers(this.given, parts),
      demanded: knownMembers(this.demanding, [demand]),
    };
    const found = cases.map((one) => this.judgeCase(one, demand, around));
    const isOfObjects = cases.some(({ shape }) => shape.types?.has('object') !== false);
    return joined(isOfObjects ? [...found, strangers(parts, demand, around)] : found);
  }

  /** Holds one case against a schema that applies to the same value. */
  judgeCase(one: Case, demand: Part, around: Surroundings): Findings {
    this.#looks += 1;
    const { schema, pointer } = this.demanding.resolve(demand);
    if (schema === true) return nothing;
    if (one.parts.some((part) => this.same.are(part.schema, schema))) return nothing;
    if (this.#looks > MAX_LOOKS) return tooMuch(one.parts, demand);
    const values = this.valuesOf(one);
    const refused = values?.filter((value) => this.refuses({ schema, pointer }, value));
    if (refused?.length === 0) return nothing;
    if (!isObject(schema)) {
      const samples = () => samplesOf(this.given).of(one).slice(0, MAX_ATTEMPTS);
      return forbidden(one.parts[0]?.pointer ?? pointer, pointer, samples);
    }
    const look: Look = { inclusion: this, one, schema, pointer, around };
    const found = joined([
      { shortfalls: scalarDemands(look), strangers: [] },
      listDemands(look),
      objectDemands(look),
      alternativeDemands(look),
    ]);
    if (refused === undefined || found.shortfalls.length > 0) return found;
    // What the values of a constant hold is described by nobody, and so is looked at as a whole.
    const whole = shortfallOf(look, 'enum', () => refused, { keywords: ['const', 'enum'] });
    return joined([found, { shortfalls: [whole], strangers: [] }]);
  }

  /** Lists all values of a case, objects and lists too; undefined where they are too many to list. */
  valuesOf(one: Case): Json[] | undefined {
    const [named] = one.parts.flatMap(({ schema: { const: constant, enum: constants } }) => [
      ...(constant === undefined ? [] : [[constant]]),
      ...(Array.isArray(constants) ? [constants] : []),
    ]);
    return (
      named?.filter((value) => this.given.fault(one, value) === undefined) ??
      allValues(this.given, one, this.typesOf(one))
    );
  }

  /** Returns the types that the values of a case can have. */
  typesOf(one: Case): Set<JsonType> {
    const types = new Set(one.shape.types ?? TYPES);
    for (const [type, values] of [
      ['null', [null]],
      ['boolean', [true, false]],
    ] as const) {
      if (types.has(type) && values.every((value) => this.given.fault(one, value) !== undefined)) {
        types.delete(type);
      }
    }
    return types;
  }

  /** Tells whether the document that demands refuses a value. */
  refuses({ schema, pointer }: Part, value: Json): boolean {
    if (!isObject(schema)) return schema === false;
    return this.demanding.fault({ parts: [{ schema, pointer }] }, value) !== undefined;
  }
}

function tooMuch(parts: readonly Part[], { pointer, schema }: Part): Findings {
  return unjudged(parts[0]?.pointer ?? '', { pointer, says: schema });
}

/** Lists the members that one document describes and the other does not. */
function strangers(parts: readonly Part[], demand: Part, around: Surroundings): Findings {
  const { given, demanded } = around;
  const [at, below] = [parts[0]?.pointer ?? '', demand.pointer];
  const removed = [...given.named].filter(([name]) => !demanded.named.has(name));
  const added = [...demanded.named].filter(([name]) => !given.named.has(name));
  return {
    shortfalls: [],
    strangers: [
      ...removed.map(([name, pointer]) => ({
        name,
        steps: [],
        isDemanded: false,
        given: { pointer, says: undefined },
        demanded: { pointer: below, says: undefined },
      })),
      ...added.map(([name, pointer]) => ({
        name,
        steps: [],
        isDemanded: true,
        given: { pointer: at, says: undefined },
        demanded: { pointer, says: undefined },
      })),
    ],
  };
}

/** Makes a shortfall at the place of a look: what both documents say there of a keyword. */
export function shortfallOf(
  { inclusion, one, schema, pointer }: Look,
  subject: Subject,
  attempts: Shortfall['attempts'],
  { name, keywords = [subject] }: { name?: string; keywords?: readonly string[] } = {},
): Shortfall {
  const [stated] = keywords.filter((keyword) => Object.hasOwn(schema, keyword));
  const own = one.parts.flatMap((part) =>
    keywords
      .filter((keyword) => Object.hasOwn(part.schema, keyword))
      .map((keyword) => ({
        pointer: `${part.pointer}/${keyword}`,
        says: part.schema[keyword],
      })),
  );
  const [given = { pointer: one.parts[0]?.pointer ?? '', says: undefined }] = own;
  return {
    subject,
    ...(name === undefined ? {} : { name }),
    steps: [],
    given,
    demanded:
      stated === undefined
        ? { pointer, says: undefined }
        : { pointer: `${pointer}/${stated}`, says: schema[stated] },
    attempts: (current) => {
      const made: Json[] = [];
      for (const value of attempts(current)) {
        if (made.length === MAX_ATTEMPTS) break;
        const isGiven = inclusion.given.fault(one, value) === undefined;
        if (isGiven && inclusion.refuses({ schema, pointer }, value)) made.push(value);
      }
      return made;
    },
  };
}

/** How many values are made for one shortfall. */
const MAX_ATTEMPTS = 8;
