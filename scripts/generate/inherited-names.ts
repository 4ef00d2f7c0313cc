/** Names that every object inherits: they confuse the type compiler. */
const inherited = Object.getOwnPropertyNames(Object.prototype);

/** Names a member for the type compiler: one that every object inherits by a token. */
export function hideInherited(name: string): string {
  const index = inherited.indexOf(name);
  if (index !== -1) return `P${index}P`;
  // A name that looks like a token is told from one by a letter more.
  return /^P+\d+P$/.test(name) ? `P${name}` : name;
}

/** Gives hidden members their names back, in declarations: each stands at the beginning of a line. */
export function showInherited(text: string): string {
  return text.replace(/^( *)P(P*)(\d+)P(?=\??:)/gm, (_, indent, more, digits) =>
    more === '' ? `${indent}${inherited[Number(digits)]}` : `${indent}${more}${digits}P`,
  );
}
