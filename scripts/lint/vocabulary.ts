import { validationKeywords } from '../judge/schema-copy.js';

/** Keywords that describe a value and judge nothing: JSON Schema's annotations and AsyncAPI's own. */
const annotationKeywords = [
  '$id',
  '$schema',
  '$comment',
  'title',
  'description',
  'default',
  'examples',
  'readOnly',
  'writeOnly',
  'contentEncoding',
  'contentMediaType',
  'definitions',
  'deprecated',
  'discriminator',
  'externalDocs',
] as const;

/**
 * Every keyword of a schema that is known: those of draft-07 and those that AsyncAPI adds.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#schemaObject
 */
export const knownKeywords: ReadonlySet<string> = new Set([
  ...validationKeywords,
  ...annotationKeywords,
]);

/** What `$schema` may say inside a document. */
export function isKnownDialect(uri: string): boolean {
  return /^https?:\/\/json-schema\.org\/draft-07\/schema#?$/.test(uri);
}

/** Tells whether a name holds control characters, bidirectional controls or characters that can't be seen. */
export function hasOddCharacters(name: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name);
}
