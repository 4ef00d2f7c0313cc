import type { NameOf } from '../../generate/clauses.js';
import type { Json, JsonObject } from '../../spec/model.js';
import { isObject } from '../../spec/positions.js';
import { type Inline, link, separated, type Target } from '../content.js';
import { commonTypes } from './type-words.js';
import { alternativesOf, type Whole, type WholeReader } from './wholes.js';

/** How deep the words for a type go into lists and alternatives. */
const MAX_DEPTH = 4;

/** Says of which type values are, null apart. */
export class TypeWords {
  constructor(
    private readonly wholes: WholeReader,
    private readonly nameOf: NameOf,
    private readonly sectionOf: (pointer: string) => Target | undefined,
  ) {}

  /** Says it with the names of the schemas that references lead to. */
  of(whole: Whole, depth = 0): Inline[] {
    if (whole.isNever) return ['must be absent'];
    const own = this.#own(whole, depth);
    const names = [...whole.followed, ...whole.named].flatMap((pointer): Inline[][] => {
      const target = this.sectionOf(pointer);
      return target === undefined ? [] : [[link(target, this.nameOf(`#${pointer}`))]];
    });
    return names.length === 0 ? own : [...own, ', ', ...separated(names, ', ')];
  }

  /** Tells whether the words say all that there is to say. */
  arePlain(whole: Whole, depth = 0): boolean {
    const isSaid = (part: JsonObject) =>
      Object.keys(part).every((keyword) => keyword === 'type' || keyword === 'items') &&
      ![part.type].flat().includes('null');
    const items = whole.parts.flatMap(({ items }) => (items === undefined ? [] : [items]));
    return (
      depth <= MAX_DEPTH &&
      whole.parts.every(isSaid) &&
      items.every((held) => isObject(held) && this.arePlain(this.wholes.read(held, []), depth + 1))
    );
  }

  #own(whole: Whole, depth: number): Inline[] {
    const parts = [...whole.parts, ...whole.beyond];
    const common = commonTypes(parts);
    if (common?.size === 1 && common.has('null')) return ['null'];
    const types = [...(common ?? [])].filter((type) => type !== 'null');
    const words = types.map((type): Inline[] =>
      type === 'array' ? this.#list(parts, depth) : [type],
    );
    if (words.length > 0) return separated(words, ' or ');
    if (common !== undefined) return ['nothing: its parts contradict each other'];
    const alternatives = this.#alternatives(parts, depth);
    if (alternatives.length > 0) return separated(alternatives, ' or ');
    return [parts.some((part) => Object.hasOwn(part, 'properties')) ? 'object' : 'any'];
  }

  #list(parts: readonly JsonObject[], depth: number): Inline[] {
    const items = parts.map((part) => part.items).find((held) => held !== undefined);
    if (Array.isArray(items)) return ['array, a tuple'];
    if (!isObject(items) || depth > MAX_DEPTH) return ['array'];
    const words = this.of(this.wholes.read(items, []), depth + 1);
    return words.includes(' or ') ? ['array of (', ...words, ')'] : ['array of ', ...words];
  }

  #alternatives(parts: readonly JsonObject[], depth: number): Inline[][] {
    if (depth > MAX_DEPTH) return [];
    const all = parts.flatMap((part) =>
      (['oneOf', 'anyOf'] as const).flatMap((keyword): Json[] => alternativesOf(part, keyword)),
    );
    const words = all.map((one) => this.of(this.wholes.read(one, []), depth + 1));
    return [...new Map(words.map((run) => [JSON.stringify(run), run])).values()];
  }
}
