import type { Description, Json, JsonObject, Link, Source, Tag } from './model.js';
import { isObject, listOf, member } from './positions.js';

/** Reads what an object of a document says of itself in words. */
export function readDescription(json: JsonObject): Description {
  return {
    title: textOf(json.title),
    summary: textOf(json.summary),
    description: textOf(json.description),
    tags: listOf(json.tags).flatMap(readTag),
    externalDocs: readLink(json.externalDocs),
    sources: readSources(json['x-source']),
    inferred: textOf(json['x-inferred']),
  };
}

/** Reads an `x-source`: one statement of document and section, or a list of them. */
export function readSources(value: Json | undefined): Source[] {
  const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.flatMap((source) => {
    const document = textOf(member(source, 'document'));
    const section = textOf(member(source, 'section'));
    return document === undefined || section === undefined ? [] : [{ document, section }];
  });
}

/** Returns a value that is a text; undefined where it is none. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readTag(tag: Json): Tag[] {
  const name = textOf(member(tag, 'name'));
  return name === undefined ? [] : [{ name, description: textOf(member(tag, 'description')) }];
}

function readLink(docs: Json | undefined): Link | undefined {
  const url = textOf(member(docs, 'url'));
  return url === undefined || !isObject(docs) ? undefined : { url, text: textOf(docs.description) };
}
