import { referencedToken } from '../../judge/schema-copy.js';
import type { Json } from '../../spec/model.js';
import { isContainer, isObject } from '../../spec/positions.js';
import { HELD } from './branches.js';

/** How many calls a judge may lead to, and still be called as often as alternatives ask for it. */
const MAX_CALLS = 1000;

/**
 * Returns the tokens of the definitions that judge by more than `MAX_CALLS` others in all, each counted as often as ways
 * lead to it. There is no end to the ways from those that lead to themselves. `what` says which count: those that judge
 * the value or a part of it, or only those that judge the value itself, as all do that judge a scalar.
 */
export function costlyDefinitions(
  definitions: ReadonlyMap<string, Json>,
  what: 'value and parts' | 'value',
): ReadonlySet<string> {
  const leadsTo = new Map(
    [...definitions].map(([token, schema]) => [token, referencesIn(schema, what === 'value')]),
  );
  const ledFrom = new Map([...definitions.keys()].map((token): [string, string[]] => [token, []]));
  for (const [token, next] of leadsTo) for (const one of next) ledFrom.get(one)?.push(token);
  const open = new Map([...leadsTo].map(([token, next]) => [token, next.length]));
  const calls = new Map<string, number>();
  const known = [...leadsTo.keys()].filter((token) => open.get(token) === 0);
  for (let token = known.pop(); token !== undefined; token = known.pop()) {
    const sum = (leadsTo.get(token) ?? []).reduce((all, next) => all + (calls.get(next) ?? 0), 1);
    calls.set(token, sum);
    for (const one of ledFrom.get(token) ?? []) {
      const left = (open.get(one) ?? 0) - 1;
      open.set(one, left);
      if (left === 0) known.push(one);
    }
  }
  const tokens = [...leadsTo.keys()];
  return new Set(tokens.filter((token) => (calls.get(token) ?? Infinity) > MAX_CALLS));
}

/** Keywords that judge nothing of a scalar. */
const OF_PARTS = new Set([
  ...['properties', 'patternProperties', 'additionalProperties', 'propertyNames', 'dependencies'],
  ...['items', 'additionalItems', 'contains'],
]);

/** Lists the tokens that references anywhere in a schema name, as often as they stand there. */
function referencesIn(schema: Json, isOfScalars: boolean): string[] {
  const found: string[] = [];
  const todo = [schema];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (!isContainer(next)) continue;
    for (const [keyword, value] of Object.entries(next)) {
      if (keyword === '$ref' && typeof value === 'string') found.push(referencedToken(value));
      else if (keyword === 'const' || keyword === 'enum') continue;
      else if (isOfScalars && OF_PARTS.has(keyword)) continue;
      // Names of schemas are no keywords.
      else if (HELD[keyword] === 'map' && isObject(value))
        for (const one of Object.values(value)) todo.push(one);
      else todo.push(value);
    }
  }
  return found;
}
