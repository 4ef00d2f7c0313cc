import { itemOf, listLengths, type Part } from '../../contract/guarantee.js';
import { samplesOf } from '../../contract/samples.js';
import { joinPointer } from '../../spec/json-pointer.js';
import type { Json } from '../../spec/model.js';
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
    const shortfall = shortfallOf(look, 'maxItems', longer, {
      keywords: ['maxItems', 'additionalItems'],
    });
    // A tuple that is closed says it by its length.
    found.push({
      ...shortfall,
      given: { ...shortfall.given, says: Number.isFinite(lengths.max) ? lengths.max : undefined },
      demanded: { ...shortfall.demanded, says: most },
    });
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
    ...listsOfOne(look),
  ];
  const found: Shortfall[] = [];
  const isSame = one.parts.some(
    (part) =>
      inclusion.same.haveSame('contains', part.schema, schema) &&
      (part.schema.minContains ?? 1) === (schema.minContains ?? 1) &&
      part.schema.maxContains === schema.maxContains,
  );
  // What contains something narrower contains that.
  const isImplied =
    schema.maxContains === undefined &&
    one.parts.some(({ schema: { contains, minContains = 1 }, pointer }) => {
      if (contains === undefined || Number(minContains) < Number(schema.minContains ?? 1))
        return false;
      const given = { schema: contains, pointer: `${pointer}/contains` };
      const demand = { schema: schema.contains ?? true, pointer: `${look.pointer}/contains` };
      return inclusion.judge([given], demand).shortfalls.length === 0;
    });
  const isDemanding = schema.minContains !== 0 || schema.maxContains !== undefined;
  if (schema.contains !== undefined && isDemanding && !isSame && !isImplied) {
    found.push(shortfallOf(look, 'contains', samples, { keywords }));
  }
  if (schema.unevaluatedItems !== undefined && schema.unevaluatedItems !== true) {
    found.push(shortfallOf(look, 'unjudged', samples, { keywords: ['unevaluatedItems'] }));
  }
  return found;
}

/** Makes lists of one value, some times: of what items can be, of what lists contain, and of what they have to. */
function listsOfOne({ inclusion, one, schema, pointer }: Look): Json[] {
  const { given, demanding } = inclusion;
  const items = itemOf(one, 0);
  const contained = one.parts.flatMap((part): Part[] =>
    part.schema.contains === undefined
      ? []
      : [{ schema: part.schema.contains, pointer: part.pointer }],
  );
  const valuesIn = (guarantee: typeof given, parts: readonly Part[]) =>
    (guarantee.casesOf(parts) ?? []).flatMap((inner) =>
      samplesOf(guarantee).of(inner).slice(0, MAX_ITEMS),
    );
  const asked = [{ schema: schema.contains ?? true, pointer }];
  const values = [...valuesIn(given, [...items, ...contained]), ...valuesIn(demanding, asked)];
  const least = Math.max(1, listLengths(one).min);
  const more = typeof schema.maxContains === 'number' ? schema.maxContains + 1 : least + 1;
  return values.flatMap((value) =>
    [least, Math.min(more, MAX_REPEATED)].map((length) => Array.from({ length }, () => value)),
  );
}

/** How many values of a case are repeated, and how often. */
const MAX_ITEMS = 6;
const MAX_REPEATED = 100;

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
