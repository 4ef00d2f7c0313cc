/**
 * Shows characters by their numbers that would hide, or turn the direction of what stands beside them: what a page looks
 * like is what it says. Line ends and tabs stay, and so do the joiners that scripts need.
 */
export function unhidden(text: string): string {
  return text.replace(HIDDEN, (found) => `\\u{${found.codePointAt(0)?.toString(16)}}`);
}

/** Control characters, those that change directions, those without width, and halves of characters. */
const HIDDEN =
  /(?![\t\n])[\p{Cc}\p{Cs}\u00ad\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]/gu;
