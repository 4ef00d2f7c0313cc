import { type Judged, judgeInteractions } from '../contract/verify-pacts.js';
import { hasErrors, type Problem, problem } from '../problems/problem.js';
import type { SpecDocument } from '../spec/read-spec.js';

/**
 * Names the interactions of pacts that the old documents guaranteed and the new ones do not: whom a change hurts, whatever
 * else it breaks. Pacts that can't be read are for `verify` to report.
 */
export function brokenInteractions(
  files: readonly string[],
  { old, now }: { readonly old: readonly SpecDocument[]; readonly now: readonly SpecDocument[] },
  cwd: string,
): Problem[] {
  const before = judgeInteractions(files, old, cwd).judged.filter(({ isRight }) => isRight);
  const after = new Map(judgeInteractions(files, now, cwd).judged.map((one) => [keyOf(one), one]));
  return before.flatMap((one): Problem[] => {
    const counterpart = after.get(keyOf(one));
    if (counterpart?.isRight === true) return [];
    const { pact, interaction } = one;
    const [fault] = counterpart?.problems.filter((found) => hasErrors([found])) ?? [];
    const isMessage = interaction.kind === 'message';
    const details = {
      side: isMessage ? ('consumer' as const) : ('producer' as const),
      // In a pact of HTTP requests the sender is what Pact calls the consumer.
      name: pact.consumer,
      interaction: interaction.description,
      reason: fault?.text ?? `The message ${one.linked.message.name} is gone.`,
    };
    const places = fault?.locations ?? [pact.locate(interaction.pointer)];
    return [problem('diff.relied-on', details, ...places)];
  });
}

function keyOf({ pact, interaction }: Judged): string {
  return JSON.stringify([pact.file, interaction.pointer]);
}
