import { nameBounds, othersOf, type Part } from '../../contract/guarantee.js';
import { Language } from '../../contract/language.js';
import { namesByPattern } from '../../contract/samples.js';
import { joinPointer } from '../../spec/json-pointer.js';
import type { Json } from '../../spec/model.js';
import { entriesOf, isObject, listOf } from '../../spec/positions.js';
import type { Look } from './inclusion.js';
import { memberDemand, membersOf } from './member-demands.js';
import { foreignPatterns } from './pattern-demands.js';
import { isOpen } from './sent-members.js';
import type { Findings } from './shortfall.js';

/** Holds members of names that neither document describes against what is demanded of all others. */
export function otherDemands(look: Look): Findings[] {
  const { schema, pointer, one } = look;
  const { additionalProperties } = schema;
  const found = foreignPatterns(look);
  if (additionalProperties === undefined || additionalProperties === true || !isOpen(look)) {
    return found;
  }
  const demand = { schema: additionalProperties, pointer: `${pointer}/additionalProperties` };
  return [...found, ...membersOf(look, freshName(look), othersOf(one), demand)];
}

/** `unevaluatedProperties`: members that the schema describes in any case, by itself or by `allOf`, are allowed. */
export function unevaluatedDemands(look: Look): Findings[] {
  const { schema, pointer, one, inclusion, around } = look;
  const { unevaluatedProperties } = schema;
  if (unevaluatedProperties === undefined || unevaluatedProperties === true) return [];
  const { names, patterns, isAll } = alwaysEvaluated(inclusion, { schema, pointer });
  if (isAll) return [];
  const demand = { schema: unevaluatedProperties, pointer: `${pointer}/${UNEVALUATED}` };
  const isLeftOver = (name: string) =>
    !names.has(name) && !patterns.some((pattern) => new RegExp(pattern, 'u').test(name));
  const members = [...around.given.named.keys()]
    .filter(isLeftOver)
    .map((name) => memberDemand(look, name, demand));
  const own = one.parts.flatMap(({ schema: { patternProperties }, pointer: at }) =>
    entriesOf(patternProperties)
      .filter(([pattern]) => !patterns.includes(pattern))
      .map(([pattern, member]) => ({
        name: exampleOf(pattern),
        part: { schema: member, pointer: joinPointer(at, 'patternProperties', pattern) },
      })),
  );
  return [
    ...members,
    ...own.flatMap(({ name, part }) => membersOf(look, name, [part], demand)),
    ...(isOpen(look) ? membersOf(look, freshName(look), othersOf(one), demand) : []),
  ];
}

const UNEVALUATED = 'unevaluatedProperties';

/** Returns the members that a schema evaluates of every object that it allows. */
function alwaysEvaluated(
  inclusion: Look['inclusion'],
  part: Part,
  seen = new Set<Json>(),
): { names: Set<string>; patterns: string[]; isAll: boolean } {
  const { schema, pointer } = inclusion.demanding.resolve(part);
  if (!isObject(schema) || seen.has(schema))
    return { names: new Set(), patterns: [], isAll: false };
  seen.add(schema);
  const inner = listOf(schema.allOf).map((one, index) =>
    alwaysEvaluated(
      inclusion,
      { schema: one, pointer: joinPointer(pointer, 'allOf', index) },
      seen,
    ),
  );
  return {
    names: new Set([
      ...entriesOf(schema.properties).map(([name]) => name),
      ...inner.flatMap(({ names }) => [...names]),
    ]),
    patterns: [
      ...entriesOf(schema.patternProperties).map(([pattern]) => pattern),
      ...inner.flatMap(({ patterns }) => patterns),
    ],
    isAll: schema.additionalProperties !== undefined || inner.some(({ isAll }) => isAll),
  };
}

/** Returns a name that a pattern matches. */
function exampleOf(pattern: string): string | undefined {
  const none = Language.of('[]');
  return none && Language.of(pattern)?.beyond(none, 1)?.[0];
}

/** Returns a name that neither document describes, and the names of a case's members can have. */
function freshName({ inclusion, one, around: { given, demanded } }: Look): string {
  const isTaken = (name: string) =>
    [given, demanded].some(
      ({ named, patterns }) =>
        named.has(name) || patterns.some((pattern) => new RegExp(pattern, 'u').test(name)),
    );
  const isName = (name: string) =>
    nameBounds(one).every((bound) => inclusion.given.allows(bound, name));
  const names = ['newMember', 'anotherMember', ...namesByPattern(one, 10)];
  return names.find((name) => !isTaken(name) && isName(name)) ?? 'newMember';
}
