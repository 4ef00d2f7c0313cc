import { isObject } from '../spec/positions.js';
import { type Case, type Guarantee, isOpen, nameBounds, type Part } from './guarantee.js';
import { type Holding, holds, type Shown } from './holds.js';
import type { Matcher } from './pact.js';

/** Judges whether a matcher of texts holds for the names of all members that a case's objects can have. */
export function namesHold(guarantee: Guarantee, one: Case, matcher: Matcher): Holding {
  const bounds = nameBounds(one);
  const ways = namesOf(one).flatMap((names) => guarantee.casesOf([names, ...bounds]));
  const holdings = ways.map(
    (way): Holding =>
      way === undefined
        ? { is: 'unjudged', reason: 'the schema has too many alternatives' }
        : holds(guarantee, way, matcher, '', NOTHING),
  );
  return (
    holdings.find(({ is }) => is === 'broken') ??
    holdings.find(({ is }) => is !== 'held') ?? { is: 'held' }
  );
}

const NOTHING: Shown = { types: new Set(), isEmptyList: false };

/** Lists the schemas of names: of those that are known, of those of a pattern, and of any, where a case allows any. */
function namesOf(one: Case): Part[] {
  const { parts } = one;
  const pointer = parts[0]?.pointer ?? '';
  const keysOf = (keyword: 'properties' | 'patternProperties') =>
    parts.flatMap(({ schema }) => (isObject(schema[keyword]) ? Object.keys(schema[keyword]) : []));
  const known = keysOf('properties');
  return [
    ...(known.length > 0 ? [{ schema: { enum: known }, pointer }] : []),
    ...keysOf('patternProperties').map((pattern) => ({
      schema: { type: 'string', pattern },
      pointer,
    })),
    ...(isOpen(one) ? [{ schema: { type: 'string' }, pointer }] : []),
  ];
}
