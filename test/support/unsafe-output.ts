/** Lists what must never be printed, whatever a document holds; empty where a text is safe. */
export function unsafeOutput(text: string): string[] {
  const found: string[] = [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(text)) found.push('a control character');
  if (/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text))
    found.push('a bidirectional control');
  if (/^\s+at .*:\d+/m.test(text)) found.push('a stack trace');
  if (/^(::|##)/m.test(text)) found.push('a command to a CI service');
  if (text.includes('OUTSIDE-SECRET')) found.push('text of a file outside the folder');
  return found;
}
