import type { Message } from '../spec/model.js';
import { quoted, type Sides, shownBy } from './compare-messages.js';
import type { Side } from './deliveries.js';
import type { Action, Difference } from './difference.js';
import type { Evidence } from './evidence.js';
import type { Inclusion } from './inclusion.js';
import type { Paired } from './pairs.js';

/** Reports the messages that only one document has, unless another message of the other document takes their place. */
export function lonelyMessages(
  { old, now, schemas }: Sides,
  { removed, added }: Paired<Message>,
  actionsOf: (name: string, age: 'old' | 'now') => ReadonlySet<Action>,
): Difference[] {
  const about = (message: Message, age: 'old' | 'now') => ({
    subject: `the message ${quoted(message.name)}`,
    ...{ old: '', now: '' },
    messages: [message.name],
    actions: actionsOf(message.name, age),
  });
  return [
    ...removed.map(
      (message): Difference => ({
        ...about(message, 'old'),
        rule: 'message.removed',
        flow: 'promise',
        places: { old: message.pointer, now: undefined },
        narrowing: evidenceOf(message, old, now, schemas.narrowing),
        widening: [],
      }),
    ),
    ...added.map(
      (message): Difference => ({
        ...about(message, 'now'),
        rule: 'message.added',
        flow: 'request',
        places: { old: undefined, now: message.pointer },
        narrowing: [],
        widening: evidenceOf(message, now, old, schemas.widening),
      }),
    ),
  ];
}

/** Returns how to find a delivery of a message that the other document refuses: not at all where it takes all of them. */
function evidenceOf(
  message: Message,
  giving: Side,
  judging: Side,
  inclusion: Inclusion,
): Evidence[] {
  const isTaken = judging.read.spec.messages.some(
    (other) =>
      inclusion.judge([giving.payloadOf(message)], judging.payloadOf(other)).shortfalls.length ===
        0 &&
      inclusion.judge([giving.headersOf(message)], judging.headersOf(other)).shortfalls.length ===
        0,
  );
  if (isTaken) return [];
  return [() => shownBy(message, [giving, judging])];
}
