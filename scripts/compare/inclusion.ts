import { allValues } from '../contract/all-values.js';
import type { Case, Guarantee, Part } from '../contract/guarantee.js';
import { samplesOf } from '../contract/samples.js';
import type { JsonType } from '../judge/shape.js';
import type { Json, JsonObject } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { alternativeDemands } from './alternative-demands.js';
import { type KnownMembers, knownMembers } from './known-members.js';
import { listDemands } from './list-demands.js';
import { objectDemands } from './object-demands.js';
import type { SameSchemas } from './same-schema.js';
import { scalarDemands } from './scalar-demands.js';
import { type Findings, joined, nothing, type Shortfall, type Subject } from './shortfall.js';

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

/** How many schemas are held against each other for one document; beyond, nothing more is judged. */
const MAX_LOOKS = 400_000;

const TYPES: readonly JsonType[] = ['null', 'boolean', 'number', 'string', 'array', 'object'];

/**
 * Looks for values that one document allows and another one refuses: whatever it does not report is shown to be
 * accepted. Schemas that say the same are not looked at, so the work is that of what differs.
 *
 * Of the document that gives, values count that somebody who keeps to it sends: they have the members that it describes,
 * and perhaps others of names that neither document describes. A name that only the other one describes is not sent.
 */
export class Inclusion {
  readonly #known = new Map<string, Map<Json, Findings>>();
  readonly #running = new Map<string, Set<Json>>();
  #assumed = 0;
  #looks = 0;

  /** `given` are the values, `demanding` is what judges them; `same` compares a schema of each. */
  constructor(
    readonly given: Guarantee,
    readonly demanding: Guarantee,
    readonly same: Pick<SameSchemas, 'are' | 'haveSame'>,
  ) {}

  /** Holds values that satisfy all of some schemas against a schema of the other document. */
  judge(parts: readonly Part[], demand: Part): Findings {
    const { schema, pointer } = this.demanding.resolve(demand);
    if (schema === true) return nothing;
    if (parts.some((part) => this.same.are(this.given.resolve(part).schema, schema)))
      return nothing;
    const key = this.given.keyOf(parts);
    const known = this.#known.get(key)?.get(schema);
    if (known !== undefined) return known;
    // What leads back to itself holds if everything else on the way does: values end somewhere.
    const running = this.#running.get(key) ?? new Set<Json>();
    if (running.has(schema)) {
      this.#assumed += 1;
      return nothing;
    }
    this.#running.set(key, running.add(schema));
    const assumedBefore = this.#assumed;
    const findings = this.#judge(parts, { schema, pointer });
    running.delete(schema);
    // What was taken for granted on the way may not hold where this does not; it is judged again when asked for.
    const isSettled = this.#assumed === assumedBefore || this.#running.size === 0;
    if (running.size === 0) this.#running.delete(key);
    if (isSettled) {
      const results = this.#known.get(key) ?? new Map<Json, Findings>();
      this.#known.set(key, results.set(schema, findings));
    }
    return findings;
  }

  #judge(parts: readonly Part[], demand: Part): Findings {
    const cases = this.given.casesOf(parts);
    if (cases === undefined) return this.#unjudged(parts, demand);
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
    if (this.#looks > MAX_LOOKS) return this.#unjudged(one.parts, demand);
    const values = allValues(this.given, one, this.typesOf(one));
    const refused = values?.filter((value) => this.refuses({ schema, pointer }, value));
    if (refused?.length === 0) return nothing;
    if (!isObject(schema)) {
      const shortfall: Shortfall = {
        subject: 'unjudged',
        steps: [],
        given: { pointer: one.parts[0]?.pointer ?? pointer, says: undefined },
        demanded: { pointer, says: schema },
        attempts: () => samplesOf(this.given).of(one).slice(0, MAX_ATTEMPTS),
      };
      return { shortfalls: [shortfall], strangers: [] };
    }
    const look: Look = { inclusion: this, one, schema, pointer, around };
    return joined([
      { shortfalls: scalarDemands(look), strangers: [] },
      listDemands(look),
      objectDemands(look),
      alternativeDemands(look),
    ]);
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

  #unjudged(parts: readonly Part[], { pointer, schema }: Part): Findings {
    const shortfall: Shortfall = {
      subject: 'unjudged',
      steps: [],
      given: { pointer: parts[0]?.pointer ?? '', says: undefined },
      demanded: { pointer, says: schema },
      attempts: () => [],
    };
    return { shortfalls: [shortfall], strangers: [] };
  }
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
