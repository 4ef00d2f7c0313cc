/** Splits a line of a Markdown table into its cells as GitHub does: at each | that no backslash escapes. */
export function cellsOf(line: string): string[] {
  const cells = [''];
  for (const [part] of line.matchAll(/\\[!-/:-@[-`{-~]|[\s\S]/g)) {
    if (part === '|') cells.push('');
    else cells[cells.length - 1] += part === '\\|' ? '|' : part;
  }
  return cells.slice(1, -1).map((cell) => cell.trim());
}

/** Takes Markdown apart into its code spans, as shown, and all that stands outside them. */
export function codeSpansOf(markdown: string): { spans: string[]; outside: string } {
  const spans: string[] = [];
  const outside = markdown.replace(
    /(?<!`)(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g,
    (_, _fence: string, held: string) => {
      const padded = held.startsWith(' ') && held.endsWith(' ') && held.trim() !== '';
      spans.push(padded ? held.slice(1, -1) : held);
      return '';
    },
  );
  return { spans, outside };
}
