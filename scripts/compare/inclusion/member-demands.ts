import { memberOf, type Part } from '../../contract/guarantee.js';
import { joinPointer } from '../../spec/json-pointer.js';
import type { JsonObject } from '../../spec/model.js';
import { entriesOf, isObject } from '../../spec/positions.js';
import { type Look, shortfallOf } from './inclusion.js';
import type { KnownMembers } from './known-members.js';
import { anything } from './list-demands.js';
import { cannotHave } from './sent-members.js';
import { below, type Findings, nothing } from './shortfall.js';
import { valuesOf } from './witness-values.js';

/** Holds the members that either document names against what is demanded of them. */
export function memberDemands(look: Look): Findings[] {
  const { schema, pointer, one, around } = look;
  const properties = isObject(schema.properties) ? schema.properties : {};
  const demanded = Object.entries(properties).map(([name, member]) =>
    memberDemand(look, name, { schema: member, pointer: joinPointer(pointer, 'properties', name) }),
  );
  const { additionalProperties } = schema;
  if (additionalProperties === undefined || additionalProperties === true) return demanded;
  const demand = { schema: additionalProperties, pointer: `${pointer}/additionalProperties` };
  const others = [...around.given.named.keys()].filter(
    (name) => !Object.hasOwn(properties, name) && !matches(schema, name),
  );
  const isPossible = (name: string) =>
    !memberOf(one, name).parts.some((part) => part.schema === false);
  return [
    ...demanded,
    ...others.filter(isPossible).map((name) => memberDemand(look, name, demand)),
  ];
}

/** Holds a member's values against what is demanded of them. */
export function memberDemand(look: Look, name: string, demand: Part): Findings {
  const { one, inclusion, around } = look;
  if (cannotHave(look, name)) return nothing;
  const { parts } = memberOf(one, name);
  const given = parts.length > 0 ? parts : [anything(one.parts[0])];
  const found = below({ one, key: name }, inclusion.judge(given, demand));
  if (isNamedByBoth(around.given, around.demanded, name) || found.shortfalls.length === 0) {
    return found;
  }
  // The member itself is what differs, not what stands in it.
  const whole = shortfallOf(
    look,
    'property',
    (current) => found.shortfalls.flatMap((shortfall) => valuesOf(shortfall, current, inclusion)),
    { name, keywords: ['additionalProperties'] },
  );
  return { shortfalls: [whole], strangers: [] };
}

function isNamedByBoth(given: KnownMembers, demanded: KnownMembers, name: string): boolean {
  return given.named.has(name) && demanded.named.has(name);
}

/** Holds members of any name against what is demanded of them: what differs is said of the object that holds them. */
export function membersOf(
  look: Look,
  name: string | undefined,
  parts: readonly Part[],
  demand: Part,
  keyword = 'additionalProperties',
): Findings[] {
  const { one, inclusion } = look;
  const { shortfalls } = inclusion.judge(parts, demand);
  if (shortfalls.length === 0) return [];
  const withMember = () =>
    name === undefined
      ? []
      : shortfalls.flatMap((shortfall) =>
          valuesOf(
            { ...shortfall, steps: [{ one, key: name }, ...shortfall.steps] },
            undefined,
            inclusion,
          ),
        );
  const whole = shortfallOf(look, 'additionalProperties', withMember, {
    keywords: ['additionalProperties', keyword],
  });
  return [{ shortfalls: [whole], strangers: [] }];
}

function matches(schema: JsonObject, name: string): boolean {
  return entriesOf(schema.patternProperties).some(([pattern]) =>
    new RegExp(pattern, 'u').test(name),
  );
}
