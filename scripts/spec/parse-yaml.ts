import {
  CORE_SCHEMA,
  EVENT_ALIAS,
  EVENT_DOCUMENT,
  EVENT_MAPPING,
  EVENT_POP,
  EVENT_SCALAR,
  type Event,
  getScalarValue,
  type MappingEvent,
  parseEvents,
  SCALAR_STYLE_DOUBLE_QUOTED,
  SCALAR_STYLE_PLAIN,
  SCALAR_STYLE_SINGLE_QUOTED,
  type ScalarEvent,
  type SequenceEvent,
  YAMLException,
} from 'js-yaml';
import { type Problem, problem } from '../problems/problem.js';
import { isContainer, isObject, type Json, type JsonObject, type Positions } from './positions.js';
import type { SourceText } from './source-text.js';

/** How deep collections may nest. */
const MAX_DEPTH = 64;
/** How many nodes aliases and merge keys may repeat, all in all. */
const MAX_REPEATED = 100_000;
/** A number as the core schema writes them, whatever its size. */
const NUMBER = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;
/** What a value begins with or after, except for the document's own. */
const VALUE_MARK = /[,[{:]|[-?](?=\s)/g;
const CORE_TAG = /^!!(str|int|float|bool|null|map|seq)$/;

/**
 * Parses one YAML 1.2 document of the core schema and records where every node stands.
 * More values than `positions` has room for, nesting deeper than 64, second documents, duplicate keys, tags other than
 * the core ones, numbers that JSON can't hold and runaway aliases are problems. Merge keys are applied.
 * https://yaml.org/spec/1.2.2/#103-core-schema
 */
export function parseYaml(
  source: SourceText,
  positions: Positions,
): { value: Json | undefined; problems: Problem[] } {
  const crowded = placeOfMark(source.text, positions.room);
  if (crowded !== undefined) {
    const { limit } = positions;
    const place = source.locate(crowded);
    return {
      value: undefined,
      problems: [problem('document.too-many-values', { limit }, place)],
    };
  }
  let events: Event[];
  try {
    events = parseEvents(source.text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const place = source.locate(error.mark?.position ?? 0);
    return {
      value: undefined,
      problems: [problem('yaml.syntax', { reason: error.reason }, place)],
    };
  }
  return new Composer(source, positions).compose(events);
}

/**
 * Returns where more than `limit` marks have stood that a value may begin at, `-`, `?`, `:`, `,`, `[` and `{`, in text as
 * well: values are told from text only by a parser, which takes memory for each of them.
 */
function placeOfMark(text: string, limit: number): number | undefined {
  let count = 0;
  for (const mark of text.matchAll(VALUE_MARK)) {
    count += 1;
    if (count > limit) return mark.index;
  }
  return undefined;
}

/** A collection that is being filled. */
interface Frame {
  readonly node: JsonObject | Json[];
  readonly anchor: string | undefined;
  /** The key whose value comes next; its offset. */
  key: { readonly name: string; readonly offset: number; readonly merges: boolean } | undefined;
  /** Whether the collection stands where a key should, and is dropped. */
  readonly isKey: boolean;
  /** What merge keys bring in, and where it stands. */
  readonly merges: { readonly from: Json; readonly offset: number }[];
  size: number;
}

interface Anchored {
  readonly value: Json;
  /** How many nodes it holds, itself included. */
  readonly size: number;
}

/** Builds JSON values from the parser's events, without recursion. */
class Composer {
  readonly #problems: Problem[] = [];
  readonly #anchors = new Map<string, Anchored>();
  readonly #stack: Frame[] = [];
  #value: Json | undefined;
  #documents = 0;
  #repeated = 0;
  /** Where the last thing that was read stands, or ends. */
  #seen = 0;

  constructor(
    private readonly source: SourceText,
    private readonly positions: Positions,
  ) {}

  compose(events: readonly Event[]): { value: Json | undefined; problems: Problem[] } {
    for (const event of events) {
      if (event.type === EVENT_DOCUMENT) {
        this.#documents += 1;
      } else if (this.#documents > 1) {
        this.#report('yaml.documents', {}, this.#markerAfter(this.#seen));
        break;
      } else if (event.type === EVENT_POP) {
        this.#close();
      } else if (event.type === EVENT_SCALAR) {
        this.#scalar(event);
      } else if (event.type === EVENT_ALIAS) {
        this.#alias(
          this.source.text.slice(event.anchorStart, event.anchorEnd),
          event.anchorStart - 1,
        );
      } else {
        this.#open(event);
      }
      this.#seen = Math.max(this.#seen, this.#startOf(event));
      if (this.#repeated > MAX_REPEATED) {
        this.#report('yaml.aliases', { limit: MAX_REPEATED }, this.#startOf(event));
        break;
      }
    }
    return { value: this.#problems.length > 0 ? undefined : this.#value, problems: this.#problems };
  }

  /** Returns where a further document begins: at its `---`, or its content where it has none. */
  #markerAfter(offset: number): number {
    const found = /^---(?=\s|$)/m.exec(this.source.text.slice(offset));
    return offset + (found?.index ?? 0);
  }

  #startOf(event: Event): number {
    if (event.type === EVENT_SCALAR)
      return scalarStart(event) ?? this.#stack.at(-1)?.key?.offset ?? 0;
    if (event.type === EVENT_ALIAS) return event.anchorStart - 1;
    return 'start' in event ? event.start : 0;
  }

  #report<
    C extends
      | 'yaml.documents'
      | 'yaml.aliases'
      | 'yaml.tag'
      | 'yaml.key'
      | 'yaml.duplicate-key'
      | 'yaml.number'
      | 'yaml.syntax'
      | 'name.forbidden',
  >(code: C, details: Parameters<typeof problem<C>>[1], offset: number): void {
    if (this.#problems.length < 20)
      this.#problems.push(problem(code, details, this.source.locate(offset)));
  }

  #open(event: MappingEvent | SequenceEvent): void {
    const isMapping = event.type === EVENT_MAPPING;
    const tag = this.#checkTag(event);
    if (tag !== undefined && tag !== (isMapping ? '!!map' : '!!seq')) {
      const reason = `a ${isMapping ? 'mapping' : 'list'} is no value of the tag ${tag}`;
      this.#report('yaml.syntax', { reason }, event.start);
    }
    const node = isMapping ? ({} as JsonObject) : [];
    const parent = this.#stack.at(-1);
    const isKey = parent !== undefined && isObject(parent.node) && parent.key === undefined;
    if (isKey) this.#report('yaml.key', { key: undefined }, event.start);
    this.positions.add(node, this.source, event.start);
    const anchor =
      event.anchorStart < 0
        ? undefined
        : this.source.text.slice(event.anchorStart, event.anchorEnd);
    this.#stack.push({ node, anchor, isKey, key: undefined, merges: [], size: 1 });
  }

  #close(): void {
    const frame = this.#stack.pop();
    if (frame === undefined) return;
    for (const { from, offset } of frame.merges) this.#merge(frame, from, offset);
    if (frame.anchor !== undefined)
      this.#anchors.set(frame.anchor, { value: frame.node, size: frame.size });
    if (frame.isKey) this.#setKey('', 0, false);
    else this.#place(frame.node, undefined, frame.size);
  }

  /** The parser takes any number for a character's. https://yaml.org/spec/1.2.2/#57-escaped-characters */
  #checkEscapes({ style, valueStart, valueEnd }: ScalarEvent): void {
    if (style !== SCALAR_STYLE_DOUBLE_QUOTED) return;
    const text = this.source.text.slice(valueStart, valueEnd);
    for (const { 0: written, index } of text.matchAll(/\\(?:U[\da-f]{8}|.)/gis)) {
      if (Number.parseInt(written.slice(2), 16) > 0x10ffff)
        this.#report('yaml.syntax', { reason: `${written} is no character` }, valueStart + index);
    }
  }

  #scalar(event: ScalarEvent): void {
    const tag = this.#checkTag(event);
    this.#checkEscapes(event);
    const text = getScalarValue(this.source.text, event);
    const frame = this.#stack.at(-1);
    if (frame !== undefined && isObject(frame.node) && frame.key === undefined) {
      this.#anchor(event, text);
      const merges = text === '<<' && event.style === SCALAR_STYLE_PLAIN && event.tagStart < 0;
      const offset = scalarStart(event) ?? this.#seen;
      const isText =
        tag === undefined
          ? event.style !== SCALAR_STYLE_PLAIN ||
            event.tagStart >= 0 ||
            typeof CORE_SCHEMA.resolveImplicitScalarTag(text).value === 'string'
          : tag === '!!str';
      if (!isText) this.#report('yaml.key', { key: text }, offset);
      this.#setKey(text, offset, merges);
      return;
    }
    const value = this.#resolve(event, text, tag);
    this.#anchor(event, value);
    this.#place(value, scalarStart(event), 1);
  }

  #anchor(event: ScalarEvent, value: Json): void {
    if (event.anchorStart < 0) return;
    const name = this.source.text.slice(event.anchorStart, event.anchorEnd);
    this.#anchors.set(name, { value, size: 1 });
  }

  #alias(name: string, offset: number): void {
    const anchored = this.#anchors.get(name);
    if (anchored === undefined) {
      this.#report(
        'yaml.syntax',
        { reason: `no finished node bears the anchor "${name}"` },
        offset,
      );
      this.#place(null, offset, 1);
      return;
    }
    const frame = this.#stack.at(-1);
    if (frame !== undefined && isObject(frame.node) && frame.key === undefined) {
      if (isContainer(anchored.value)) this.#report('yaml.key', { key: undefined }, offset);
      this.#setKey(String(anchored.value), offset, false);
      return;
    }
    // A merge key copies one level; anything else repeats the whole.
    if (frame?.key?.merges !== true) this.#repeated += anchored.size;
    this.#place(anchored.value, offset, anchored.size);
  }

  #setKey(name: string, offset: number, merges: boolean): void {
    const frame = this.#stack.at(-1);
    if (frame === undefined) return;
    if (name === '__proto__') this.#report('name.forbidden', { name }, offset);
    else if (Object.hasOwn(frame.node, name) || (merges && frame.merges.length > 0))
      this.#report('yaml.duplicate-key', { key: name }, offset);
    frame.key = { name, offset, merges };
  }

  /** Puts a finished value where it belongs: the root, the next item, or the value of the waiting key. */
  #place(value: Json, offset: number | undefined, size: number): void {
    const frame = this.#stack.at(-1);
    if (frame === undefined) {
      this.#value = value;
      return;
    }
    frame.size += size;
    if (Array.isArray(frame.node)) {
      const at = offset ?? this.#startOfNode(value) ?? this.#startOfNode(frame.node) ?? 0;
      this.positions.addEntry(frame.node, String(frame.node.length), at, at);
      frame.node.push(value);
      return;
    }
    const key = frame.key;
    frame.key = undefined;
    if (key === undefined || key.name === '__proto__') return;
    const at = offset ?? this.#startOfNode(value) ?? key.offset;
    if (key.merges) {
      frame.merges.push({ from: value, offset: key.offset });
      return;
    }
    frame.node[key.name] = value;
    this.positions.addEntry(frame.node, key.name, key.offset, at);
  }

  #startOfNode(value: Json): number | undefined {
    return isContainer(value) ? this.positions.startOf(value) : undefined;
  }

  /** Applies `<<`: members that the mapping does not have itself come from the merged ones, the first one first. */
  #merge(frame: Frame, merged: Json, offset: number): void {
    const target = frame.node as JsonObject;
    for (const from of Array.isArray(merged) ? merged : [merged]) {
      if (!isObject(from)) {
        this.#report(
          'yaml.syntax',
          { reason: 'a merge key (<<) takes a mapping or a list of mappings' },
          offset,
        );
        continue;
      }
      for (const name of Object.keys(from)) {
        this.#repeated += 1;
        if (this.#repeated > MAX_REPEATED) return;
        if (Object.hasOwn(target, name)) continue;
        target[name] = from[name] as Json;
        this.positions.copyEntry(from, target, name);
      }
    }
  }

  /** Returns the tag of a node where it has one of the core schema. */
  #checkTag(event: { tagStart: number; tagEnd: number }): string | undefined {
    if (event.tagStart < 0) return undefined;
    const tag = this.source.text.slice(event.tagStart, event.tagEnd);
    if (CORE_TAG.test(tag)) return tag;
    this.#report('yaml.tag', { tag }, event.tagStart);
    return undefined;
  }

  #resolve(event: ScalarEvent, text: string, tag: string | undefined): Json {
    const offset = scalarStart(event) ?? this.#seen;
    const isTaken = event.style !== SCALAR_STYLE_PLAIN || event.tagStart >= 0;
    if (tag === '!!str' || (tag === undefined && isTaken)) return text;
    const { value } = CORE_SCHEMA.resolveImplicitScalarTag(text);
    const isNumber = typeof value === 'number' || (tag === undefined && NUMBER.test(text));
    if (isNumber && !isJsonNumber(Number(value), text)) {
      this.#report('yaml.number', { found: text }, offset);
    }
    if (tag !== undefined && !isOfTag(value, tag)) {
      this.#report('yaml.syntax', { reason: `"${text}" is no value of the tag ${tag}` }, offset);
    }
    return value as Json;
  }
}

/** Tells whether a scalar's value is of the tag that it bears. https://yaml.org/spec/1.2.2/#103-core-schema */
function isOfTag(value: unknown, tag: string): boolean {
  switch (tag) {
    case '!!int':
      return Number.isInteger(value);
    case '!!float':
      return typeof value === 'number';
    case '!!bool':
      return typeof value === 'boolean';
    default:
      return tag === '!!null' && value === null;
  }
}

/** Tells whether a number is finite and, where it is written as an integer, exact. */
function isJsonNumber(value: number, text: string): boolean {
  const isWrittenAsInteger = /^[-+]?(\d+|0[xo][\da-fA-F]+)$/.test(text);
  return Number.isFinite(value) && (!isWrittenAsInteger || Number.isSafeInteger(value));
}

/** Where a scalar's text begins, its quote or block indicator included; undefined for an empty one. */
function scalarStart(event: ScalarEvent): number | undefined {
  if (event.valueStart < 0) return undefined;
  const quoted =
    event.style === SCALAR_STYLE_DOUBLE_QUOTED || event.style === SCALAR_STYLE_SINGLE_QUOTED;
  return quoted ? event.valueStart - 1 : event.valueStart;
}
