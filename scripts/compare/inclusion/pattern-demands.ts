import { literal } from '../../contract/date-patterns.js';
import { othersOf } from '../../contract/guarantee.js';
import { Language } from '../../contract/language.js';
import { joinPointer } from '../../spec/json-pointer.js';
import { entriesOf } from '../../spec/positions.js';
import type { Look } from './inclusion.js';
import { memberDemand, membersOf } from './member-demands.js';
import { isOpen } from './sent-members.js';
import { below, type Findings } from './shortfall.js';

/**
 * `patternProperties`: of the members that the document names whose values are given, of those of its patterns, and, where
 * it knows every name, of any others.
 */
export function patternDemands(look: Look): Findings[] {
  const { schema, pointer, one, inclusion, around } = look;
  const { named, patterns: given, isFree } = around.given;
  return entriesOf(schema.patternProperties).flatMap(([pattern, member]) => {
    const demand = { schema: member, pointer: joinPointer(pointer, 'patternProperties', pattern) };
    const matching = new RegExp(pattern, 'u');
    const found = [...named.keys()]
      .filter((name) => matching.test(name))
      .map((name) => memberDemand(look, name, demand));
    for (const { schema: own, pointer: at } of one.parts) {
      for (const [other, value] of entriesOf(own.patternProperties)) {
        const part = { schema: value, pointer: joinPointer(at, 'patternProperties', other) };
        const { name, isNone } = nameWithin([pattern, other], [], named);
        if (isNone || inclusion.same.are(value, member)) continue;
        found.push(
          ...(other === pattern && name !== undefined
            ? [below({ one, key: name }, inclusion.judge([part], demand))]
            : membersOf(look, name, [part], demand, 'patternProperties')),
        );
      }
    }
    if (!isOpen(look)) return found;
    const own = one.parts.flatMap((part) =>
      entriesOf(part.schema.patternProperties).map(([name]) => name),
    );
    // Names that the document describes in another case have any value in this one.
    // What is forbidden by a pattern is not described by it.
    const isAny = isFree || member === false;
    const others = isAny ? [[pattern]] : given.map((other) => [pattern, other]);
    for (const within of others) {
      const { name, isNone } = nameWithin(within, own, named);
      if (!isNone) {
        found.push(...membersOf(look, name, othersOf(one), demand, 'patternProperties'));
      }
    }
    return found;
  });
}

/** `patternProperties` of the document that gives, where the other one demands something of members of any name. */
export function foreignPatterns(look: Look): Findings[] {
  const { schema, pointer, one } = look;
  const { additionalProperties, patternProperties } = schema;
  if (additionalProperties === undefined || additionalProperties === true) return [];
  const demand = { schema: additionalProperties, pointer: `${pointer}/additionalProperties` };
  const known = new Map(entriesOf(schema.properties).map(([name]) => [name, '']));
  const patterns = entriesOf(patternProperties).map(([pattern]) => pattern);
  return one.parts.flatMap(({ schema: own, pointer: at }) =>
    entriesOf(own.patternProperties).flatMap(([pattern, member]): Findings[] => {
      const { name, isNone } = nameWithin([pattern], patterns, known);
      if (isNone) return [];
      const part = { schema: member, pointer: joinPointer(at, 'patternProperties', pattern) };
      return membersOf(look, name, [part], demand);
    }),
  );
}

/** Finds a name that some patterns match, and others do not, beside those that are named: there may be none. */
export function nameWithin(
  within: readonly string[],
  without: readonly string[],
  named: ReadonlyMap<string, string>,
): { readonly name: string | undefined; readonly isNone: boolean } {
  const texts = [...named.keys()].map((name) => `^${literal(name)}$`);
  const excluded = [...without, ...texts].map((source) => `(?:${source})`).join('|') || '[]';
  const languages = within.flatMap((source) => Language.of(source) ?? []);
  const outside = Language.of(excluded);
  if (languages.length < within.length || outside === undefined) {
    return { name: undefined, isNone: false };
  }
  const names = Language.intersection(languages)?.beyond(outside, 1);
  return { name: names?.[0], isNone: names?.length === 0 };
}
