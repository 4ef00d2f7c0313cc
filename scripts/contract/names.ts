import { isObject } from '../spec/positions.js';
import type { Case } from './guarantee.js';
import type { Holding } from './holds.js';
import { Language } from './language.js';
import { patternOf, satisfies } from './matchers.js';
import type { Matcher } from './pact.js';

/** Judges whether a matcher of texts holds for the names of all members that a case's objects can have. */
export function namesHold(one: Case, matcher: Matcher): Holding {
  const names = one.parts.flatMap(({ schema: { properties } }) =>
    isObject(properties) ? Object.keys(properties) : [],
  );
  const verdicts = names.map((name) => satisfies(matcher, name, name));
  const broken = verdicts.indexOf('no');
  if (broken !== -1) return { is: 'broken', witness: names[broken] ?? '' };
  if (verdicts.includes('unknown')) {
    return { is: 'unjudged', reason: 'the matcher is not understood' };
  }
  const patterns = one.parts.flatMap(({ schema: { patternProperties } }) =>
    isObject(patternProperties) ? Object.keys(patternProperties) : [],
  );
  const isOpen = one.parts.every(
    ({ schema: { additionalProperties, patternProperties, properties } }) =>
      additionalProperties === undefined
        ? patternProperties === undefined && properties === undefined
        : additionalProperties !== false,
  );
  const holdings = [
    ...patterns.map((pattern) => within(Language.of(pattern), matcher)),
    ...(isOpen ? [within(openNames(one), matcher)] : []),
  ];
  return holdings.find(({ is }) => is !== 'held') ?? { is: 'held' };
}

/** Returns the names that `propertyNames` allows, or more. */
function openNames(one: Case): Language | undefined {
  const patterns = one.parts.flatMap(({ schema: { propertyNames } }) =>
    isObject(propertyNames) && typeof propertyNames.pattern === 'string'
      ? [propertyNames.pattern]
      : [],
  );
  return Language.intersection(patterns.flatMap((pattern) => Language.of(pattern) ?? []));
}

function within(names: Language | undefined, matcher: Matcher): Holding {
  if (matcher.match === 'type') return { is: 'held' };
  const source = patternOf(matcher);
  const asked = source === undefined ? undefined : Language.of(source, 'whole');
  const outside = asked === undefined ? undefined : names?.beyond(asked, 1);
  if (outside === undefined) return { is: 'unjudged', reason: 'its pattern is too complex' };
  const [witness] = outside;
  return witness === undefined ? { is: 'held' } : { is: 'broken', witness };
}
