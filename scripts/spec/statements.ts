import { readDescription, readSources, textOf } from './described.js';
import type {
  Contradiction,
  Info,
  Json,
  JsonObject,
  SecurityScheme,
  SourceDocument,
} from './model.js';
import { entriesOf, isObject, listOf, member } from './positions.js';

/**
 * Reads what a document says of itself.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#infoObject
 */
export function readInfo(document: JsonObject, asyncapi: string): Info {
  const { info } = document;
  const { contact, license } = isObject(info) ? info : {};
  const licenseName = textOf(member(license, 'name'));
  // In AsyncAPI 2 tags and links stand at the document's root.
  const { tags, externalDocs } = document;
  const held = { ...(tags && { tags }), ...(externalDocs && { externalDocs }) };
  return {
    ...readDescription({ ...held, ...(isObject(info) ? info : {}) }),
    asyncapi,
    termsOfService: textOf(member(info, 'termsOfService')),
    contact: isObject(contact)
      ? { name: textOf(contact.name), url: textOf(contact.url), email: textOf(contact.email) }
      : undefined,
    license:
      licenseName === undefined
        ? undefined
        : { name: licenseName, url: textOf(member(license, 'url')) },
  };
}

/** Reads what a document says of a credential: its scheme, or nothing. */
export function readScheme(scheme: JsonObject = {}): SecurityScheme {
  return {
    ...readDescription(scheme),
    type: textOf(scheme.type),
    secret: textOf(member(scheme['x-credential'], 'secret')),
    bearerFormat: textOf(scheme.bearerFormat),
    headerName: scheme.type === 'httpApiKey' ? textOf(scheme.name) : undefined,
  };
}

/** Reads what the sources contradict or leave open (`x-contradictions`). */
export function readContradictions(value: Json | undefined): Contradiction[] {
  return listOf(value).map((one) => ({
    about: textOf(member(one, 'about')) ?? '',
    description: textOf(member(one, 'description')) ?? '',
    sources: readSources(member(one, 'source')),
  }));
}

/** Reads the documents that a spec was written from (`x-sources`). */
export function readSourceDocuments(value: Json | undefined): Map<string, SourceDocument> {
  return new Map(
    entriesOf(value).map(([id, source]) => [
      id,
      {
        title: textOf(member(source, 'title')) ?? id,
        url: textOf(member(source, 'url')),
        date: textOf(member(source, 'date')) ?? 'not stated',
        certainty: textOf(member(source, 'certainty')),
        note: textOf(member(source, 'note')),
        seed: textOf(member(source, 'seed')),
      },
    ]),
  );
}
