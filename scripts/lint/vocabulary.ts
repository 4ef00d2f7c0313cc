import { validationKeywords } from '../judge/schema-copy.js';
import type { Dialect } from '../spec/schema-format.js';

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

/** Keywords of 2020-12 that draft-07 does not know, in the form that `normaliseSchemas` gives its schemas. */
const modernKeywords: ReadonlySet<string> = new Set([
  'minContains',
  'maxContains',
  'unevaluatedItems',
  'unevaluatedProperties',
  '$anchor',
  '$dynamicAnchor',
  '$defs',
  'contentSchema',
]);

/** Keywords of 2020-12 that its schemas do not keep in that form. */
const rewrittenKeywords = ['prefixItems', 'dependentRequired', 'dependentSchemas', '$dynamicRef'];

const classicKeywords = [...validationKeywords, ...annotationKeywords].filter(
  (keyword) => !modernKeywords.has(keyword),
);

/**
 * Every keyword of a schema that is known, by its dialect: those of draft-07 and those that AsyncAPI adds, or those
 * of 2020-12. https://www.asyncapi.com/docs/reference/specification/v3.1.0#schemaObject
 */
export const knownKeywords: Readonly<Record<Dialect, ReadonlySet<string>>> = {
  'draft-07': new Set(classicKeywords),
  '2020-12': new Set([...classicKeywords, ...modernKeywords]),
};

/** Keywords that schemas of 2020-12 alone may hold. */
export const newKeywords: ReadonlySet<string> = new Set([...rewrittenKeywords, ...modernKeywords]);

/** Keywords that judge in another dialect, and so can't be allowed as annotations. */
export const foreignKeywords: ReadonlySet<string> = new Set([
  ...rewrittenKeywords,
  ...[...modernKeywords].filter((keyword) => validationKeywords.has(keyword)),
]);

/** Formats that both drafts have and that no validator here judges. */
export const unjudgedFormats: ReadonlySet<string> = new Set([
  ...['idn-email', 'idn-hostname', 'iri', 'iri-reference'],
]);

/** Tells whether `$schema` names the dialect that the place of its schema says. */
export function isDialect(uri: string, dialect: Dialect): boolean {
  return dialect === 'draft-07'
    ? /^https?:\/\/json-schema\.org\/draft-07\/schema#?$/.test(uri)
    : /^https:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/.test(uri);
}

/** Tells whether a name holds control characters, bidirectional controls or characters that can't be seen. */
export function hasOddCharacters(name: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name);
}
