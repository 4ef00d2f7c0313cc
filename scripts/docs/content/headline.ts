import { type Block, paragraph } from '../content.js';

/** How long a title gets before it is cut: it stands on every page that leads to its own. */
const MAX_LENGTH = 120;

/** Returns a title, or another text, in one line, cut where it is too long. */
export function headline(title: string, maxLength = MAX_LENGTH): string {
  const line = title.replace(/\s+/g, ' ').trim();
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}

/** Returns a title that is cut, as a whole. */
export function wholeTitle(title: string): Block[] {
  return headline(title).endsWith('…') ? [paragraph(title)] : [];
}
