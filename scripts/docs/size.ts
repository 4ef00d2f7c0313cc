import { isObject } from '../spec/positions.js';
import type { Code } from './content.js';

/**
 * Measures content: about as many characters as its JSON has, and not much fewer than its HTML. Code counts more, since
 * it is coloured.
 */
export function sizeOf(content: unknown): number {
  if (typeof content === 'string') return content.length + 3;
  if (isCode(content)) return 500 + content.text.length * 3;
  if (typeof content !== 'object' || content === null) return 5;
  let size = 2;
  for (const held of Object.values(content)) size += 12 + sizeOf(held);
  return size;
}

function isCode(content: unknown): content is Code {
  return isObject(content) && content.kind === 'code' && 'language' in content;
}
