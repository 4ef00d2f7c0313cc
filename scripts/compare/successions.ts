import type { Message } from '../spec/model.js';
import { actionsWith, eitherAction } from './carried-actions.js';
import { compareMeanings } from './compare-meanings.js';
import { correlationDifference } from './compare-messages.js';
import type { Difference } from './difference.js';
import type { Paired } from './pairs.js';
import type { Takers } from './takers.js';

/** A message of the old document, and those of the new one that are in its place. */
export interface Succession {
  readonly message: Message;
  readonly successors: readonly Message[];
}

/** Finds where each message of the old document goes on. */
export function successionsOf({ pairs, removed }: Paired<Message>, takers: Takers): Succession[] {
  return [
    ...pairs.map(({ old, now }) => ({ message: old, successors: [now] })),
    ...removed.map((message) => ({ message, successors: takers.inPlace(message, 'narrowing') })),
  ].filter(({ successors }) => successors.length > 0);
}

/** Compares what no schema says of messages that are gone with those that take their deliveries. */
export function takenOver(takers: Takers, { removed }: Paired<Message>): Difference[] {
  const { sides } = takers;
  return removed.flatMap((old) => {
    const actions = eitherAction(actionsWith(sides.old, old));
    return takers
      .kindred(old, 'narrowing')
      .flatMap((now) => [
        ...correlationDifference({ old, now }, actions),
        ...compareMeanings(sides, { old, now }, actions),
      ]);
  });
}
