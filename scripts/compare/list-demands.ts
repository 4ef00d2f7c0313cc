import { itemOf, listLengths, type Part } from '../contract/guarantee.js';
import { samplesOf } from '../contract/samples.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Json } from '../spec/model.js';
import { type Look, shortfallOf } from './inclusion.js';
import { below, type Findings, joined, nothing, type Shortfall } from './shortfall.js';

/** Finds what a schema demands of lists, and a case does not guarantee. */
export function listDemands(look: Look): Findings {
  const { inclusion, one } = look;
  if (!inclusion.typesOf(one).has('array')) return nothing;
  const shortfalls = [...lengthDemands(look), ...uniqueDemand(look), ...containsDemand(look)];
  return joined([{ shortfalls, strangers: [] }, ...itemDemands(look)]);
}

function lengthDemands(look: Look): Shortfall[] {
  const { schema, one, inclusion } = look;
  const { minItems, maxItems, items, additionalItems } = schema;
  const lengths = listLengths(one);
  const samples = samplesOf(inclusion.given);
  const found: Shortfall[] = [];
  if (typeof minItems === 'number' && lengths.min < minItems) {
    const shorter = () => [...samples.lists(one, minItems - 1), ...samples.lists(one, lengths.min)];
    found.push(shortfallOf(look, 'minItems', shorter));
  }
  const isClosed = Array.isArray(items) && additionalItems === false;
  const most = Math.min(
    typeof maxItems === 'number' ? maxItems : Number.POSITIVE_INFINITY,
    isClosed ? items.length : Number.POSITIVE_INFINITY,
  );
  if (lengths.max > most) {
    const longer = () => samples.lists(one, most + 1);
    found.push(
      shortfallOf(look, 'maxItems', longer, { keywords: ['maxItems', 'additionalItems'] }),
    );
  }
  return found;
}

function uniqueDemand(look: Look): Shortfall[] {
  const { schema, one, inclusion } = look;
  if (schema.uniqueItems !== true || listLengths(one).max < 2) return [];
  if (one.parts.some((part) => part.schema.uniqueItems === true)) return [];
  const twice = () => {
    const samples = samplesOf(inclusion.given);
    const lists = [2, 3].flatMap((length) => samples.lists(one, length));
    const alike = lists.filter(Array.isArray).map((list) => list.map(() => list[0] as Json));
    return [...alike, ...lists].filter((list) => inclusion.given.fault(one, list) === undefined);
  };
  return [shortfallOf(look, 'uniqueItems', twice)];
}

/** `contains`, `minContains`, `maxContains` and `unevaluatedItems`: known to hold only where the other says the same. */
function containsDemand(look: Look): Shortfall[] {
  const { schema, one, inclusion } = look;
  const keywords = ['contains', 'minContains', 'maxContains'].filter((keyword) =>
    Object.hasOwn(schema, keyword),
  );
  const samples = () => [
    ...samplesOf(inclusion.given).of(one),
    ...[0, 1, 2, 3].flatMap((length) => samplesOf(inclusion.given).lists(one, length)),
  ];
  const found: Shortfall[] = [];
  const isSame = one.parts.some(
    (part) =>
      inclusion.same.haveSame('contains', part.schema, schema) &&
      (part.schema.minContains ?? 1) === (schema.minContains ?? 1) &&
      part.schema.maxContains === schema.maxContains,
  );
  const isDemanding = schema.minContains !== 0 || schema.maxContains !== undefined;
  if (schema.contains !== undefined && isDemanding && !isSame) {
    found.push(shortfallOf(look, 'contains', samples, { keywords }));
  }
  if (schema.unevaluatedItems !== undefined && schema.unevaluatedItems !== true) {
    found.push(shortfallOf(look, 'unjudged', samples, { keywords: ['unevaluatedItems'] }));
  }
  return found;
}

/** Holds each item that lists can have against what is demanded of it. */
function itemDemands(look: Look): Findings[] {
  const { schema, pointer, one, inclusion } = look;
  const { items, additionalItems } = schema;
  if (items === undefined) return [];
  const tuple = Array.isArray(items) ? items : [];
  const own = one.parts.map((part) =>
    Array.isArray(part.schema.items) ? part.schema.items.length : 0,
  );
  const { max } = listLengths(one);
  const last = Math.min(Math.max(tuple.length, ...own), max - 1);
  const demandAt = (index: number): Part | undefined => {
    if (!Array.isArray(items)) return { schema: items, pointer: `${pointer}/items` };
    const item = items[index];
    if (item !== undefined) return { schema: item, pointer: joinPointer(pointer, 'items', index) };
    // That there is none beyond the end is a bound of the length.
    if (additionalItems === undefined || additionalItems === false) return undefined;
    return { schema: additionalItems, pointer: `${pointer}/additionalItems` };
  };
  return Array.from({ length: Math.max(0, last + 1) }, (_, index) => {
    const demand = demandAt(index);
    if (demand === undefined) return nothing;
    const given = itemOf(one, index);
    const parts = given.length > 0 ? given : [anything(one.parts[0])];
    return below({ one, key: index }, inclusion.judge(parts, demand));
  });
}

/** What a schema says that says nothing: it stands where the next one above does. */
export function anything(nearest: { readonly pointer: string } | undefined): Part {
  return { schema: true, pointer: nearest?.pointer ?? '' };
}
