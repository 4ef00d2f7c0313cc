import { subjectOf, type What } from '../contract/places.js';
import type { Path } from '../contract/rule-index.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Json, JsonObject, Message } from '../spec/model.js';
import { entriesOf, isContainer, isObject, listOf } from '../spec/positions.js';
import { follow } from '../spec/references.js';
import { quoted, type Sides } from './compare-messages.js';
import { type Action, type Difference, wayOf } from './difference.js';
import { NO_WITNESS } from './evidence.js';
import type { Pair } from './pairs.js';

/** What a schema states of a value's meaning, and nothing judges deliveries by. */
const MEANINGS = [
  { keyword: 'x-unit', rule: 'unit' },
  { keyword: 'contentEncoding', rule: 'content' },
  { keyword: 'contentMediaType', rule: 'content' },
] as const;

/** How many pairs of schemas are looked at for one message. */
const MAX_PAIRS = 10_000;

/** A schema of each document that are about the same values. */
interface Both {
  readonly old: Json;
  readonly now: Json;
  readonly places: Pair<string>;
  readonly path: Path;
}

/**
 * Compares what both documents state of the meaning of a message's values, such as their unit. Nobody can say whom a
 * change of that breaks: the deliveries look the same.
 */
export function compareMeanings(
  sides: Sides,
  { old, now }: Pair<Message>,
  actions: ReadonlySet<Action>,
): Difference[] {
  // Most documents state none.
  if (![sides.old, sides.now].some(({ read: { document } }) => statesMeanings(document))) return [];
  const found: Difference[] = [];
  for (const [part, what] of [
    ['payload', 'field'],
    ['headers', 'header'],
  ] as const) {
    const [before, after] = [old[part], now[part]];
    if (before === undefined || after === undefined) continue;
    const places = { old: before.pointer, now: after.pointer };
    const pair: Both = { old: before.json, now: after.json, places, path: [] };
    found.push(...inSchemas(sides, pair, { what, message: now.name, actions }));
  }
  return found;
}

const stating = new WeakMap<JsonObject, boolean>();

function statesMeanings(document: JsonObject): boolean {
  const known = stating.get(document) ?? holdsMeaning(document);
  stating.set(document, known);
  return known;
}

function holdsMeaning(value: Json): boolean {
  if (!isContainer(value)) return false;
  return (
    MEANINGS.some(({ keyword }) => Object.hasOwn(value, keyword)) ||
    Object.values(value).some(holdsMeaning)
  );
}

interface About {
  readonly what: What;
  readonly message: string;
  readonly actions: ReadonlySet<Action>;
}

function inSchemas(sides: Sides, first: Both, about: About): Difference[] {
  const found: Difference[] = [];
  const seen = new Map<Json, Set<Json>>();
  const todo: Both[] = [first];
  // Walks what it adds as well.
  for (const [count, pair] of todo.entries()) {
    if (count === MAX_PAIRS) break;
    const before = partsOf(sides.old.read.document, pair.old, pair.places.old);
    const after = partsOf(sides.now.read.document, pair.now, pair.places.now);
    const [one, other] = [before[0]?.schema, after[0]?.schema];
    if (one === undefined || other === undefined || seen.get(one)?.has(other)) continue;
    seen.set(one, (seen.get(one) ?? new Set()).add(other));
    for (const { keyword, rule } of MEANINGS) {
      const [old, now] = [stated(before, keyword), stated(after, keyword)];
      if (old?.says === now?.says) continue;
      const way = wayOf(old, now);
      // That it is stated, or no longer, makes no other value of it.
      const unknown = way === 'changed' ? NO_WITNESS : [];
      found.push({
        rule: `${rule}.${way}`,
        flow: 'promise',
        subject: `${subjectOf(about.what, pair.path)} of ${quoted(about.message)}`,
        old: old?.says ?? 'not stated',
        now: now?.says ?? 'not stated',
        places: {
          old: old?.pointer ?? before[0]?.pointer,
          now: now?.pointer ?? after[0]?.pointer,
        },
        messages: [about.message],
        actions: about.actions,
        narrowing: unknown,
        widening: unknown,
      });
    }
    todo.push(...inner(before, after, pair.path));
  }
  return found;
}

interface Part {
  readonly schema: JsonObject;
  readonly pointer: string;
}

/** Returns a schema and those that always hold with it, references followed. */
function partsOf(document: JsonObject, schema: Json, pointer: string, depth = 0): Part[] {
  const target = follow(document, schema);
  if (!isObject(target) || depth > MAX_DEPTH) return [];
  const at = isObject(schema) && typeof schema.$ref === 'string' ? schema.$ref.slice(1) : pointer;
  const all = listOf(target.allOf).flatMap((part, index) =>
    partsOf(document, part, joinPointer(at, 'allOf', index), depth + 1),
  );
  return [{ schema: target, pointer: at }, ...all];
}

const MAX_DEPTH = 20;

function stated(
  parts: readonly Part[],
  keyword: string,
): { readonly pointer: string; readonly says: string } | undefined {
  const [found] = parts.filter(({ schema }) => typeof schema[keyword] === 'string');
  if (found === undefined) return undefined;
  return {
    pointer: joinPointer(found.pointer, keyword),
    says: quoted(String(found.schema[keyword])),
  };
}

/** Pairs the schemas of members, of items, and of as many alternatives. */
function inner(before: readonly Part[], after: readonly Part[], path: Path): Both[] {
  const members = membersOf(after);
  const items = (parts: readonly Part[]) =>
    parts.flatMap(({ schema: { items: held }, pointer }) =>
      isObject(held) ? [{ schema: held, pointer: `${pointer}/items` }] : [],
    )[0];
  const [one, other] = [items(before), items(after)];
  const alternatives = (['anyOf', 'oneOf'] as const).flatMap((keyword) => {
    const [old, now] = [listed(before, keyword), listed(after, keyword)];
    if (old.length !== now.length) return [];
    return old.flatMap((part, index) => both(part, now[index], path));
  });
  return [
    ...[...membersOf(before)].flatMap(([name, part]) =>
      both(part, members.get(name), [...path, name]),
    ),
    ...both(one, other, [...path, 0]),
    ...alternatives,
  ];
}

interface Place {
  readonly schema: Json;
  readonly pointer: string;
}

function both(old: Place | undefined, now: Place | undefined, path: Path): Both[] {
  if (old === undefined || now === undefined) return [];
  return [
    { old: old.schema, now: now.schema, places: { old: old.pointer, now: now.pointer }, path },
  ];
}

function membersOf(parts: readonly Part[]): Map<string, Place> {
  return new Map(
    parts.flatMap(({ schema, pointer }) =>
      entriesOf(schema.properties).map(([name, member]) => [
        name,
        { schema: member, pointer: joinPointer(pointer, 'properties', name) },
      ]),
    ),
  );
}

function listed(parts: readonly Part[], keyword: string): Place[] {
  return parts.flatMap(({ schema, pointer }) =>
    listOf(schema[keyword]).map((one, index) => ({
      schema: one,
      pointer: joinPointer(pointer, keyword, index),
    })),
  );
}
