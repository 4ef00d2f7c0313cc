import type { Json } from '../spec/model.js';

/** What a keyword with one operand, which stands for `%`, says: as a line of its own, and of a subject. */
interface Limit {
  readonly line: string;
  readonly clause: string;
}

/** The keywords of limits, in words. https://json-schema.org/draft-07/draft-handrews-json-schema-validation-01 */
export const limits: Readonly<Record<string, Limit>> = {
  format: { line: 'Format: %.', clause: 'is of the format %' },
  pattern: { line: 'Pattern: %', clause: 'matches %' },
  minimum: { line: 'At least %.', clause: 'is at least %' },
  exclusiveMinimum: { line: 'More than %.', clause: 'is more than %' },
  maximum: { line: 'At most %.', clause: 'is at most %' },
  exclusiveMaximum: { line: 'Less than %.', clause: 'is less than %' },
  multipleOf: { line: 'A multiple of %.', clause: 'is a multiple of %' },
  minLength: { line: 'Length at least %.', clause: 'has a length of at least %' },
  maxLength: { line: 'Length at most %.', clause: 'has a length of at most %' },
  minItems: { line: 'Number of items at least %.', clause: 'has at least % items' },
  maxItems: { line: 'Number of items at most %.', clause: 'has at most % items' },
  minProperties: { line: 'Number of members at least %.', clause: 'has at least % members' },
  maxProperties: { line: 'Number of members at most %.', clause: 'has at most % members' },
};

/** Puts an operand into a limit's words. */
export function filled(words: string, operand: Json | undefined): string {
  return words.replace('%', () => String(operand));
}
