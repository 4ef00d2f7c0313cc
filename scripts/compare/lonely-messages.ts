import type { Message } from '../spec/model.js';
import { quoted } from './compare-messages.js';
import type { Way } from './compare-schemas.js';
import type { Action, Difference } from './difference.js';
import type { Evidence } from './evidence.js';
import type { Paired } from './pairs.js';
import type { Takers } from './takers.js';
import { lostUrls } from './urls.js';
import { ofPayload, shownBy, witnessOf } from './witnesses.js';

/** Reports the messages that only one document has, unless other messages of the other document take their place. */
export function lonelyMessages(
  takers: Takers,
  { removed, added }: Paired<Message>,
  actionsOf: (message: Message, age: 'old' | 'now') => ReadonlySet<Action>,
): Difference[] {
  const about = (message: Message, age: 'old' | 'now') => ({
    subject: `the message ${quoted(message.name)}`,
    ...{ old: '', now: '' },
    messages: [message.name],
    actions: actionsOf(message, age),
  });
  return [
    ...removed.map(
      (message): Difference => ({
        ...about(message, 'old'),
        rule: 'message.removed',
        flow: 'promise',
        places: { old: message.pointer, now: undefined },
        narrowing: [refused(takers, message, 'narrowing')],
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
        widening: [refused(takers, message, 'widening')],
      }),
    ),
  ];
}

/** Returns how to find a delivery of a message that the other document refuses: for what it is, or where it is sent. */
function refused(takers: Takers, message: Message, way: Way): Evidence {
  return async () => {
    const sides = takers.sidesOf(way);
    const witness = shownBy(message, sides);
    if (witness !== undefined) return witness;
    const missing = takers.missing(message, way);
    if (missing?.length === 0) return 'none';
    const make = { sides: takers.sides, pair: { old: message, now: message }, ...ofPayload };
    const found = witnessOf(missing ?? [], way, make);
    if (found !== undefined) return found;
    const others = takers.of(message, way);
    for (const look of others.length === 0 ? [] : lostUrls(message, others, takers, way)) {
      const lost = await look();
      if (lost !== undefined) return lost;
    }
    return undefined;
  };
}
