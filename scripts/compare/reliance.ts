import type { IgnoredChange } from '../config/config.js';
import type { Interaction, Pact } from '../contract/pact.js';
import { type Judged, judgeInteractions } from '../contract/verify-pacts.js';
import { hasErrors, type Problem, problem } from '../problems/problem.js';
import type { SpecDocument } from '../spec/read-spec.js';
import type { Change } from './findings.js';

/**
 * Names those whose pacts agreed with the old documents and do not with the new ones, message by message: whom a change
 * hurts, whatever else it breaks; and the pacts that can't be read.
 */
export function brokenInteractions(
  files: readonly string[],
  { old, now }: { readonly old: readonly SpecDocument[]; readonly now: readonly SpecDocument[] },
  changes: readonly Change[],
  { cwd, ignore }: { readonly cwd: string; readonly ignore: readonly IgnoredChange[] },
): Problem[] {
  const before = judgeInteractions(files, old, cwd);
  const after = new Map(judgeInteractions(files, now, cwd).judged.map((one) => [keyOf(one), one]));
  const groups = new Map<string, Hurt[]>();
  for (const one of before.judged) {
    const then = after.get(keyOf(one));
    if (!one.isRight || then?.isRight === true || isMeant(one.pact, ignore)) continue;
    const key = JSON.stringify([one.pact.file, one.linked.message.name]);
    groups.set(key, [...(groups.get(key) ?? []), { one, then }]);
  }
  const unread = before.problems.filter(({ code }) => UNREADABLE.test(code));
  return [...unread, ...[...groups.values()].map((group) => hurtBy(group, changes))];
}

/** Pacts that are none. */
const UNREADABLE = /^(?:pact\.invalid|json\.|file\.|text\.)/;

interface Hurt {
  readonly one: Judged;
  /** The same interaction by the new document; undefined where it is about none of its messages. */
  readonly then: Judged | undefined;
}

function hurtBy(group: readonly Hurt[], changes: readonly Change[]): Problem {
  const [{ one, then }] = group as [Hurt, ...Hurt[]];
  const { pact, interaction, linked } = one;
  const { name } = linked.message;
  const [fault] = then?.problems.filter((found) => hasErrors([found])) ?? [];
  const rules = causesOf(changes, name, fault).map(({ rule }) => rule);
  const details = {
    side: sideOf(interaction),
    name: pact.consumer,
    message: name,
    interaction: interaction.description,
    others: group.length - 1,
    rules: [...new Set<string>(rules)].slice(0, 5),
    reason: fault?.text ?? `The new version has no message ${JSON.stringify(name)}.`,
  };
  return problem(
    'diff.relied-on',
    details,
    ...(fault?.locations ?? [pact.locate(interaction.pointer)]),
  );
}

/** Finds the changes of a message that stand where a fault was found: all of them, where none does. */
function causesOf(changes: readonly Change[], message: string, fault: Problem | undefined) {
  const about = changes.filter(({ messages }) => messages.includes(message));
  const found = fault?.locations.map(({ pointer }) => pointer) ?? [];
  const near = about.filter(({ places }) =>
    [places.now, places.old].some(
      (place) => place !== undefined && found.some((one) => `${one}/`.startsWith(`${place}/`)),
    ),
  );
  return near.length > 0 ? near : about;
}

/** In a pact of HTTP requests the sender is what Pact calls the consumer. */
function sideOf({ kind }: Interaction): 'consumer' | 'producer' {
  return kind === 'message' ? 'consumer' : 'producer';
}

/** Tells whether the configuration says that it is agreed upon with whom the pact is of. */
function isMeant({ consumer }: Pact, ignore: readonly IgnoredChange[]): boolean {
  return ignore.some(({ rule, place }) => rule === 'diff.relied-on' && place === consumer);
}

function keyOf({ pact, interaction }: Judged): string {
  return JSON.stringify([pact.file, interaction.pointer]);
}
