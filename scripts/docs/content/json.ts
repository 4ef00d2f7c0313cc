import { escapeInString } from '../../generate/code.js';
import { code, type Inline } from '../content.js';

/** Writes a value as JSON; characters that hide are written by their numbers, so that it is JSON when it is copied. */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    escapeInString,
  );
}

/** Shows a value as JSON. */
export function json(value: unknown): Inline {
  return code(jsonText(value));
}
