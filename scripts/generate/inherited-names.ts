const inherited = Object.getOwnPropertyNames(Object.prototype);

/** Tells whether every object inherits a member of a name. */
export function isInherited(name: string): boolean {
  return inherited.includes(name);
}

/** Names a member for the type compiler: one that every object inherits by a token, since it is confused by those. */
export function hideInherited(name: string): string {
  const index = inherited.indexOf(name);
  if (index !== -1) return `P${index}P`;
  // A name that looks like a token is told from one by a letter more.
  return /^P+\d+P$/.test(name) ? `P${name}` : name;
}

/** Gives a hidden member its name back. */
export function showInherited(name: string): string {
  const [hidden, more, index] = /^P(P*)(\d+)P$/.exec(name) ?? [];
  if (hidden === undefined) return name;
  return more === '' ? (inherited[Number(index)] ?? name) : hidden.slice(1);
}
