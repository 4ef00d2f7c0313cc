import { type Block, paragraph } from '../content.js';

/** How long a title gets before it is cut: it stands on every page that leads to its own. */
const MAX_LENGTH = 120;

/** How long a summary gets before it is cut. */
const MAX_SUMMARY = 300;

/** Returns a title in one line, cut where it is too long. */
export function headline(title: string): string {
  return cut(title, MAX_LENGTH);
}

/** Returns a text in one line, cut where it is too long for a summary. */
export function summaryLine(text: string): string {
  return cut(text, MAX_SUMMARY);
}

function cut(text: string, maxLength: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}

/** Returns a title that is cut, as a whole. */
export function wholeTitle(title: string): Block[] {
  return headline(title).endsWith('…') ? [paragraph(title)] : [];
}
