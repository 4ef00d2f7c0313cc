import type { SpecNames } from '../config/config.js';
import { mintNames } from '../generate/names.js';
import type { Message, Schema } from '../spec/model.js';
import { quoted, type Sides } from './compare-messages.js';
import type { Action, Difference } from './difference.js';
import { type Paired, pair } from './pairs.js';

/** Compares the types that generated code has: those of messages, and those of named schemas. */
export function compareNames(
  sides: Sides,
  messages: Paired<Message>,
  given: { readonly old: SpecNames; readonly now: SpecNames },
  actions: ReadonlySet<Action>,
): Difference[] {
  const [old, now] = [mintNames(sides.old.read, given.old), mintNames(sides.now.read, given.now)];
  // Where names collide there is no generated code, and nothing that could break.
  if (old.problems.length > 0 || now.problems.length > 0) return [];
  const about = {
    flow: 'promise' as const,
    messages: [],
    actions,
    ...{ narrowing: [], widening: [] },
  };
  const named = pairSchemas(sides);
  const known = new Set(sides.now.read.spec.schemas.map(now.names.schema));
  return [
    ...messages.pairs.flatMap((one): Difference[] => {
      const [before, after] = [old.names.message(one.old), now.names.message(one.now)];
      if (before === after) return [];
      const places = { old: one.old.pointer, now: one.now.pointer };
      const subject = `the message ${quoted(one.now.name)}`;
      return [{ ...about, rule: 'identifier.changed', subject, old: before, now: after, places }];
    }),
    ...named.pairs.flatMap((one): Difference[] => {
      const [before, after] = [old.names.schema(one.old), now.names.schema(one.now)];
      if (before === after) return [];
      const places = { old: one.old.pointer, now: one.now.pointer };
      const subject = `the schema ${quoted(one.now.name ?? '')}`;
      return [{ ...about, rule: 'identifier.changed', subject, old: before, now: after, places }];
    }),
    ...named.removed.flatMap((one): Difference[] => {
      const before = old.names.schema(one);
      if (known.has(before)) return [];
      const places = { old: one.pointer, now: undefined };
      const subject = `the schema ${quoted(one.name ?? '')}`;
      return [{ ...about, rule: 'identifier.removed', subject, old: before, now: '', places }];
    }),
  ];
}

/** Pairs named schemas by their names; those that were renamed, by what they say. */
function pairSchemas({ old, now, schemas }: Sides): Paired<Schema> {
  const named = ({ read: { spec } }: Sides['old']) =>
    spec.schemas.filter(({ name }) => name !== undefined);
  return pair(
    named(old),
    named(now),
    ({ name }) => name ?? '',
    (one, other) => schemas.areSame(one.json, other.json),
  );
}
