import { joinPointer } from '../spec/json-pointer.js';
import type { Message } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { follow, lookUp } from '../spec/references.js';
import type { Side } from './deliveries.js';
import type { Action } from './difference.js';

/** What the application does with messages; where no operation says it, both. */
export function eitherAction(actions: readonly Action[]): ReadonlySet<Action> {
  return new Set(actions.length > 0 ? actions : ['send', 'receive']);
}

/** Lists what the application does with a message: what operations do, or the reverse, where it is what they reply with. */
export function actionsWith(side: Side, message: Message): Action[] {
  const carrying = side.read.spec.operations.filter(({ messages }) =>
    messages.includes(message.name),
  );
  return carrying.length > 0
    ? carrying.map(({ action }) => action)
    : repliesOn(side, message.channels);
}

/** Lists what the application does on a channel. */
export function actionsOn(side: Side, channel: string): Action[] {
  const carrying = side.read.spec.operations.filter((one) => one.channel === channel);
  return carrying.length > 0 ? carrying.map(({ action }) => action) : repliesOn(side, [channel]);
}

/** Who receives a request sends the reply. */
function repliesOn({ read: { spec, document } }: Side, channels: readonly string[]): Action[] {
  return spec.operations
    .filter(({ pointer }) => {
      const operation = follow(document, lookUp(document, `#${pointer}`) ?? null);
      const reply = follow(document, (isObject(operation) && operation.reply) || null);
      const held = isObject(reply) ? follow(document, reply.channel ?? null) : undefined;
      return channels.some(
        (id) =>
          isObject(held) && held === follow(document, { $ref: `#${joinPointer('/channels', id)}` }),
      );
    })
    .map(({ action }) => (action === 'send' ? 'receive' : 'send'));
}
