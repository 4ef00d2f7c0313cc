import { hashOf } from '../generate/hash.js';

/** How long a name gets before it is cut: file systems and links have limits. */
const MAX_LENGTH = 80;

/** How much of a hash makes up for what is lost of a name, in hexadecimal digits; more where that is not enough. */
const HASH_LENGTHS = [6, 16, 64] as const;

/**
 * Makes what a name is called in a fragment or a file name: the name itself where it is made of letters, digits, `.`,
 * `_` and `-`. What is lost of another name is made up for by a part of its hash, so that it stays the same whatever else
 * there is.
 */
export function anchorOf(name: string, hashLength: number = HASH_LENGTHS[0]): string {
  const words = name.slice(0, MAX_LENGTH).match(/\w(?:[\w.-]*\w)?/g) ?? [];
  const kept = words.join('-');
  return kept === name
    ? name
    : [...(kept === '' ? [] : [kept]), hashPart(name, hashLength)].join('-');
}

/**
 * Makes the names of files, which some file systems take in any case; names that come to the same, and those that a
 * system keeps for itself, get a part of their hash.
 */
export function fileNames(names: readonly string[]): Map<string, string> {
  const distinct = [...new Set(names)];
  for (const length of HASH_LENGTHS) {
    const anchors = distinct.map((name) => anchorOf(name, length));
    const counts = new Map<string, number>();
    for (const anchor of anchors) {
      const key = anchor.toLowerCase();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const made = distinct.map((name, index): [string, string] => {
      const anchor = anchors[index] ?? '';
      const isFree = counts.get(anchor.toLowerCase()) === 1 && !RESERVED.test(anchor);
      return [name, isFree ? anchor : `${anchor}-${hashPart(name, length)}`];
    });
    const taken = new Set(made.map(([, file]) => file.toLowerCase()));
    if (taken.size === made.length) return new Map(made);
  }
  throw new Error('different names have the same hash');
}

function hashPart(name: string, length: number): string {
  return hashOf(name).slice(0, length);
}

/** Names of devices on Windows, and of the pages of ours. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d|index)(?:\.|$)/i;
