import type { Case } from '../../contract/guarantee.js';
import type { Json } from '../../spec/model.js';

/**
 * What a demand is about: a keyword of JSON Schema; or `property`, a member that is not known;
 * `alternative`, a whole alternative of a union; `overlap`, what belongs to several of them; `value`, that there is one
 * at all; `unjudged`, what is too large or too intricate to compare.
 */
export type Subject =
  | 'type'
  | 'enum'
  | Bound
  | 'pattern'
  | 'format'
  | 'multipleOf'
  | 'required'
  | 'property'
  | 'additionalProperties'
  | 'propertyNames'
  | 'uniqueItems'
  | 'contains'
  | 'dependencies'
  | 'not'
  | 'if'
  | 'alternative'
  | 'overlap'
  | 'value'
  | 'unjudged';

export type Bound =
  | 'minimum'
  | 'maximum'
  | 'minLength'
  | 'maxLength'
  | 'minItems'
  | 'maxItems'
  | 'minProperties'
  | 'maxProperties';

/** A step from a value of one case into a member or an item of it. */
export interface Step {
  readonly one: Case;
  readonly key: string | number;
}

/** What a document states at a place: the pointer, and the value there; undefined where it states nothing. */
export interface Statement {
  readonly pointer: string;
  readonly says: Json | undefined;
}

/** What one document demands, and the values that another one allows were not shown to meet. */
export interface Shortfall {
  readonly subject: Subject;
  /** The member that it is about, for `required`, `property` and `dependencies`. */
  readonly name?: string;
  /** How the value is reached, from the root. */
  readonly steps: readonly Step[];
  readonly given: Statement;
  readonly demanded: Statement;
  /**
   * Makes values that may show it: what could stand at the place in the stead of a value; undefined where there is none.
   */
  readonly attempts: (current: Json | undefined) => Iterable<Json>;
}

/** A member that one of the documents describes and the other does not. */
export interface Stranger {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Whether the document that demands describes it, rather than the one that gives. */
  readonly isDemanded: boolean;
  readonly given: Statement;
  readonly demanded: Statement;
}

/** What was found where the values of one document were held against the demands of another. */
export interface Findings {
  readonly shortfalls: readonly Shortfall[];
  readonly strangers: readonly Stranger[];
}

export const nothing: Findings = { shortfalls: [], strangers: [] };

/** Finds what is too large or too intricate to compare, at a place of each document. */
export function unjudged(given: string, demanded: Statement): Findings {
  return lacking('unjudged', given, demanded, () => []);
}

/** Finds that one document allows no value, at a place of each. */
export function forbidden(
  given: string,
  demanded: string,
  attempts: Shortfall['attempts'],
): Findings {
  return lacking('value', given, { pointer: demanded, says: false }, attempts);
}

function lacking(
  subject: Subject,
  pointer: string,
  demanded: Statement,
  attempts: Shortfall['attempts'],
): Findings {
  const given = { pointer, says: undefined };
  return { shortfalls: [{ subject, steps: [], given, demanded, attempts }], strangers: [] };
}

/** Joins findings; of those that say the same of the same place, a few are kept. */
export function joined(all: readonly Findings[]): Findings {
  const found = all.filter((one) => one.shortfalls.length > 0 || one.strangers.length > 0);
  const [only = nothing] = found;
  if (found.length < 2) return only;
  const counts = new Map<string, number>();
  const isNews = (key: string, limit: number) => {
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return count < limit;
  };
  return {
    shortfalls: found
      .flatMap(({ shortfalls }) => shortfalls)
      .filter(({ subject, name = '', steps, demanded }) =>
        isNews(JSON.stringify([subject, name, keysOf(steps), demanded.pointer]), MAX_ALIKE),
      ),
    strangers: found
      .flatMap(({ strangers }) => strangers)
      .filter(({ name, steps, isDemanded }) =>
        isNews(JSON.stringify([name, keysOf(steps), isDemanded]), 1),
      ),
  };
}

/** In how many cases a shortfall is kept: a witness may be found in one and not in another. */
const MAX_ALIKE = 4;

/** Returns the names and indexes of steps. */
export function keysOf(steps: readonly Step[]): (string | number)[] {
  return steps.map(({ key }) => key);
}

/** Puts findings below a step. */
export function below(step: Step, { shortfalls, strangers }: Findings): Findings {
  return {
    shortfalls: shortfalls.map((one) => ({ ...one, steps: [step, ...one.steps] })),
    strangers: strangers.map((one) => ({ ...one, steps: [step, ...one.steps] })),
  };
}
