import { memberOf } from '../../contract/guarantee.js';
import type { Look } from './inclusion.js';
import { isDescribed, isKnown } from './known-members.js';

/** Tells whether a case's objects never have a member that somebody might send. */
export function cannotHave(look: Look, name: string): boolean {
  const { one, around } = look;
  const { given, demanded } = around;
  const isSent = isKnown(given, name) || (isOpen(look) && !isDescribed(demanded, name));
  return !isSent || memberOf(one, name).parts.some(({ schema }) => schema === false);
}

/** Tells whether objects of a case can have members of names that no schema of the case describes. */
export function isOpen({
  one: { parts },
  around: { given },
}: Pick<Look, 'one' | 'around'>): boolean {
  if (parts.some(({ schema }) => schema.additionalProperties === false)) return false;
  if (parts.every(({ schema }) => schema.unevaluatedProperties !== false)) return true;
  // Where others are described, by whatever holds besides, nothing is left over.
  return given.isFree || given.patterns.length > 0;
}
