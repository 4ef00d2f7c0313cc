import type { Json, JsonObject } from '../spec/model.js';
import { isObject, listOf } from '../spec/positions.js';

/** What `unevaluatedProperties` and `unevaluatedItems` are about. */
export type Members = 'properties' | 'items';

/**
 * Members that one schema evaluates, wherever the conditions hold that lead to it: their indexes, or `~index` for one
 * that must fail. For items `prefix` says how many, and `contains` is the index of a schema that each of them fits.
 */
export interface Source {
  readonly when: readonly number[];
  readonly all?: true;
  readonly names?: readonly string[];
  readonly patterns?: readonly string[];
  readonly prefix?: number;
  readonly contains?: number;
}

/** Which members of a value a schema evaluates, with all that applies to the value through it. */
export interface Coverage {
  readonly sources: readonly Source[];
  /** The schemas that conditions are about, as the document has them. */
  readonly conditions: readonly Json[];
}

/** How many more schemas may be looked at: references can multiply them. */
export interface Budget {
  visits: number;
}

/**
 * Finds what counts as evaluated for an `unevaluated…` keyword of a schema. `resolve` follows a reference. Throws a
 * `RangeError` where the budget is spent.
 * https://json-schema.org/draft/2020-12/json-schema-core#section-11
 */
export function coverageOf(
  schema: JsonObject,
  about: Members,
  resolve: (schema: Json) => Json,
  budget: Budget,
): Coverage {
  const sources: Source[] = [];
  const conditions = new Map<Json, number>();
  const seen = new Map<Json, Set<string>>();
  const condition = (value: Json): number => {
    const index = conditions.get(value) ?? conditions.size;
    conditions.set(value, index);
    return index;
  };
  const visit = (value: Json, when: readonly number[]): void => {
    const target = resolve(value);
    if (!isObject(target)) return;
    budget.visits -= 1;
    if (budget.visits < 0) throw new RangeError(`too many schemas apply to the ${about}`);
    const ways = seen.get(target) ?? new Set();
    if (ways.has(when.join())) return;
    seen.set(target, ways.add(when.join()));
    sources.push(
      ...(about === 'properties' ? membersOf : itemsOf)(target, target === schema, condition).map(
        (source) => ({ ...source, when }),
      ),
    );
    const under = (index: number) => [...new Set([...when, index])].sort((a, b) => a - b);
    for (const part of listOf(target.allOf)) visit(part, when);
    for (const part of [...listOf(target.anyOf), ...listOf(target.oneOf)])
      visit(part, under(condition(part)));
    if (target.if !== undefined) {
      const index = condition(target.if);
      visit(target.if, under(index));
      visit(target.then ?? true, under(index));
      visit(target.else ?? true, under(~index));
    }
    for (const [name, brought] of entriesOf(target.dependencies)) {
      if (isObject(brought)) visit(brought, under(condition({ required: [name] })));
    }
  };
  visit(schema, []);
  return { sources, conditions: [...conditions.keys()] };
}

type Found = Omit<Source, 'when'>;

function membersOf(schema: JsonObject, isOwn: boolean): Found[] {
  if (schema.additionalProperties !== undefined) return [{ all: true }];
  if (!isOwn && schema.unevaluatedProperties !== undefined) return [{ all: true }];
  const names = entriesOf(schema.properties).map(([name]) => name);
  const patterns = entriesOf(schema.patternProperties).map(([pattern]) => pattern);
  return names.length + patterns.length === 0 ? [] : [{ names, patterns }];
}

function itemsOf(
  { items, additionalItems, contains, unevaluatedItems }: JsonObject,
  isOwn: boolean,
  condition: (schema: Json) => number,
): Found[] {
  const isAll = Array.isArray(items) ? additionalItems !== undefined : items !== undefined;
  if (isAll || (!isOwn && unevaluatedItems !== undefined)) return [{ all: true }];
  return [
    ...(Array.isArray(items) ? [{ prefix: items.length }] : []),
    ...(contains === undefined ? [] : [{ contains: condition(contains) }]),
  ];
}

function entriesOf(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}
