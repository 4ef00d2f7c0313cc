import { CharBase, CharSet, JS } from 'refa';
import type { AST } from './syntax.js';

export type { CharSet };

const flags = { unicode: true };

/** Holds every character. */
export const ALL = CharSet.all(0x10ffff);

const NONE = CharSet.empty(0x10ffff);
const WORD = JS.createCharSet([{ kind: 'word', negate: false }], flags);
const NO_WORD = WORD.negate();

/** Reads which characters a part of one character matches. */
export function charSetOf(
  node: AST.Character | AST.CharacterClass | AST.CharacterSet | AST.ExpressionCharacterClass,
): CharSet {
  if (node.type === 'Character') return JS.createCharSet([node.value], flags);
  if (node.type === 'CharacterSet') return JS.createCharSet([membersOf(node)], flags);
  if (node.type === 'ExpressionCharacterClass') return withFlagV(node);
  const set = JS.createCharSet(node.elements.map(membersOf), flags);
  return node.negate ? set.negate() : set;
}

function membersOf(node: AST.CharacterSet | AST.CharacterClassElement) {
  switch (node.type) {
    case 'Character':
      return node.value;
    case 'CharacterClassRange':
      return { min: node.min.value, max: node.max.value };
    case 'CharacterSet': {
      if (node.kind !== 'property') return node;
      const { kind, key, value, negate } = node;
      return { kind, key, value, negate, strings: false as const };
    }
    default:
      return withFlagV(node);
  }
}

/** Fails: only the flag `v` allows such a class, and no pattern is parsed with it. */
function withFlagV(node: AST.Node): never {
  throw new Error(`The class ${node.raw} needs the flag v`);
}

/** Tells whether sets hold all characters between them. */
export function coverAll(sets: readonly CharSet[]): boolean {
  return sets.reduce((union, set) => union.union(set), NONE).isAll;
}

/** Splits a set into the characters of words and all others, leaving out what is empty. */
export function splitByWord(set: CharSet): CharSet[] {
  return [set.intersect(WORD), set.intersect(NO_WORD)].filter(({ isEmpty }) => !isEmpty);
}

/** Tells whether a set holds characters of words only, as `\w` does. */
export function isWord(set: CharSet): boolean {
  return set.isSubsetOf(WORD);
}

/**
 * Turns sets into bits: two of them share a bit if and only if they share a character.
 *
 * Characters that no set tells apart are one bit.
 */
export function bitsOf(sets: readonly CharSet[]): Uint32Array[] {
  const distinct = new Set(sets);
  const base = new CharBase(distinct);
  const known = new Map<CharSet, Uint32Array>();
  for (const set of distinct) {
    const bits = new Uint32Array(Math.ceil(base.sets.length / 32));
    for (const index of base.split(set)) {
      bits[index >>> 5] = (bits[index >>> 5] ?? 0) | (1 << (index & 31));
    }
    known.set(set, bits);
  }
  return sets.map((set) => known.get(set) as Uint32Array);
}

/** Picks a character that all sets hold, a printable one where there is one. */
export function pickCharacter(sets: readonly CharSet[]): string {
  const shared = sets.reduce((all, set) => all.intersect(set), ALL);
  const usual = [...'a0A -_.,:/@x1!'].find((character) => shared.has(character.charCodeAt(0)));
  if (usual !== undefined) return usual;
  const printable = shared.ranges.find(({ min, max }) => max > 0x20 && min < 0x7f);
  const code = printable ? Math.max(printable.min, 0x21) : (shared.ranges[0]?.min ?? 0);
  return String.fromCodePoint(code);
}
