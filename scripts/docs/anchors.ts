import { hashOf } from '../generate/hash.js';

/** How long a name gets before it is cut: file systems and links have limits. */
const MAX_LENGTH = 80;

/**
 * Makes what a name is called in a fragment or a file name: the name itself where it is made of letters, digits, `.`,
 * `_` and `-`. What is lost of another name is made up for by a part of its hash, so that it stays the same whatever else
 * there is.
 */
export function anchorOf(name: string): string {
  const kept = name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, MAX_LENGTH);
  return kept === name ? name : `${kept}-${hashOf(name).slice(0, 6)}`.replace(/^-/, '');
}

/**
 * Makes the names of files, which some file systems take in any case; names that differ in case only, and those that a
 * system keeps for itself, get a part of their hash.
 */
export function fileNames(names: readonly string[]): Map<string, string> {
  const made = [...new Set(names)].map((name) => [name, anchorOf(name)] as const);
  const counts = new Map<string, number>();
  for (const [, anchor] of made) {
    const key = anchor.toLowerCase();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Map(
    made.map(([name, anchor]) => {
      const isUnique = counts.get(anchor.toLowerCase()) === 1 && !RESERVED.test(anchor);
      return [name, isUnique ? anchor : `${anchor}-${hashOf(name).slice(0, 6)}`];
    }),
  );
}

/** Names of devices on Windows, and of the pages and files of ours. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d|index)(?:\.|$)/i;
