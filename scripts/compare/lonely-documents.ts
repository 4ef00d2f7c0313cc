import type { SpecDocument } from '../spec/read-spec.js';
import { quoted } from './compare-messages.js';
import { Side } from './deliveries.js';
import type { Difference } from './difference.js';

/** Reports a document that was added, or removed: with it go all of its messages. */
export function lonelyDocument(read: SpecDocument, age: 'old' | 'new'): Difference {
  const isOld = age === 'old';
  const { name, messages, operations } = read.spec;
  const witness = () => {
    const side = new Side(read, age);
    const [delivery] = messages.flatMap((message) => [...side.deliveries(message)].slice(0, 1));
    return delivery && { allowedBy: age, delivery, reason: 'There is no such document any more.' };
  };
  return {
    rule: isOld ? 'document.removed' : 'document.added',
    flow: 'promise',
    subject: `the document ${quoted(name)}`,
    ...{ old: '', now: '' },
    places: isOld ? { old: '', now: undefined } : { old: undefined, now: '' },
    messages: messages.map((message) => message.name),
    actions: new Set(
      operations.length > 0 ? operations.map(({ action }) => action) : ['send', 'receive'],
    ),
    narrowing: isOld && messages.length > 0 ? [witness] : [],
    widening: [],
  };
}
