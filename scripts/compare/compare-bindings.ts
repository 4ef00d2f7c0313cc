import { joinPointer } from '../spec/json-pointer.js';
import type { Channel, Json, JsonObject, Message, Operation } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { follow, lookUp } from '../spec/references.js';
import { quoted, type Sides } from './compare-messages.js';
import { type Action, type Difference, wayOf } from './difference.js';
import { NO_WITNESS } from './evidence.js';
import type { Pair, Paired } from './pairs.js';
import { stateSame } from './statements.js';

/** What both documents have, and of which there may be statements that nothing judges deliveries by. */
export interface Parts {
  readonly operations: Paired<Operation>;
  readonly channels: Paired<Channel>;
  readonly messages: Paired<Message>;
  readonly actions: ReadonlySet<Action>;
}

/**
 * Compares what is stated of operations, channels and messages beside all that deliveries are judged by: bindings, of
 * other protocols than HTTP too, and replies. Nobody can say whom a change of these breaks.
 */
export function compareBindings(
  sides: Sides,
  { operations, channels, messages, actions }: Parts,
): Difference[] {
  const at = ({ id }: Channel) => joinPointer('/channels', id);
  const inOrder = ({ old, now }: Pair<{ readonly pointer: string }>) => ({
    old: old.pointer,
    now: now.pointer,
  });
  const compare = (
    subject: string,
    places: Pair<string>,
    keyword: 'bindings' | 'reply',
  ): Difference[] => {
    const [old, now] = [sides.old.read.document, sides.now.read.document];
    const before = statement(old, places.old, keyword);
    const after = statement(now, places.now, keyword);
    if (stateSame([old, before], [now, after])) return [];
    const way = wayOf(before, after);
    return [
      {
        rule: `${keyword}.${way}`,
        flow: 'promise',
        subject,
        ...{ old: '', now: '' },
        places: { old: `${places.old}/${keyword}`, now: `${places.now}/${keyword}` },
        messages: [],
        actions,
        narrowing: NO_WITNESS,
        widening: NO_WITNESS,
      },
    ];
  };
  return [
    ...operations.pairs.flatMap((pair) => {
      const subject = `the operation ${quoted(pair.now.id)}`;
      return (['bindings', 'reply'] as const).flatMap((keyword) =>
        compare(subject, inOrder(pair), keyword),
      );
    }),
    ...channels.pairs.flatMap(({ old, now }) =>
      compare(`the channel ${quoted(now.id)}`, { old: at(old), now: at(now) }, 'bindings'),
    ),
    ...messages.pairs.flatMap((pair) =>
      compare(`the message ${quoted(pair.now.name)}`, inOrder(pair), 'bindings'),
    ),
  ];
}

/** What the binding for HTTP says that deliveries are judged by. */
const JUDGED: ReadonlySet<string> = new Set([
  'method',
  'query',
  'headers',
  'type',
  'bindingVersion',
]);

/** Returns what is stated, without what deliveries are judged by; undefined where nothing is left. */
function statement(document: JsonObject, pointer: string, keyword: string): Json | undefined {
  const holder = lookUp(document, `#${pointer}`);
  const held =
    follow(document, (isObject(holder) ? holder[keyword] : undefined) ?? null) ?? undefined;
  if (keyword !== 'bindings' || !isObject(held)) return held;
  const left = Object.entries(held)
    .map(([protocol, binding]): [string, Json] => [
      protocol,
      protocol === 'http' && isObject(binding)
        ? Object.fromEntries(Object.entries(binding).filter(([name]) => !JUDGED.has(name)))
        : binding,
    ])
    .filter(([, binding]) => !isObject(binding) || Object.keys(binding).length > 0);
  return left.length === 0 ? undefined : Object.fromEntries(left);
}
