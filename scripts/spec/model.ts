/** The model of a spec: plain data that every emitter, plan and check walks. This file imports nothing. */

/** A JSON value of the document, references kept. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** One AsyncAPI document that was read and can be walked. */
export interface Spec {
  /** The provider's name: the file's name before `.asyncapi.yaml`. */
  readonly name: string;
  /** The file's path as the user named it. */
  readonly file: string;
  readonly title: string;
  /** The version of the document, not of AsyncAPI. */
  readonly version: string;
  readonly description: string | undefined;
  /** Every message of every channel, once each, in document order. */
  readonly messages: readonly Message[];
  /** Every schema that has a pointer of its own in generated code: payloads, headers, named ones, and all that are referenced. */
  readonly schemas: readonly Schema[];
  /** The documents that the spec was written from (`x-sources`), by their ids. */
  readonly sources: ReadonlyMap<string, SourceDocument>;
}

export interface Message {
  /** The name on the wire: the message's `name`, or its key in the channel. Unique in a spec. */
  readonly name: string;
  readonly pointer: string;
  readonly title: string | undefined;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  /** The keys of the channels it is sent on, in document order; at least one. */
  readonly channels: readonly string[];
  /** The schema of the body; undefined where the document does not say. */
  readonly payload: Schema | undefined;
  /** The schema of the headers, an object schema by AsyncAPI's rule. */
  readonly headers: Schema | undefined;
  readonly examples: readonly Example[];
  readonly sources: readonly Source[];
  /** What the message was inferred from, where it is not stated. */
  readonly inferred: string | undefined;
}

export interface Example {
  readonly name: string | undefined;
  readonly summary: string | undefined;
  readonly pointer: string;
  /** Undefined where the example shows no payload. */
  readonly payload: Json | undefined;
  readonly headers: Json | undefined;
}

/** A schema with a pointer: what `$ref` can name. */
export interface Schema {
  /** JSON Pointer in the bundled document. */
  readonly pointer: string;
  /** Its key among the document's named schemas (`components.schemas`), where it is one. */
  readonly name: string | undefined;
  /** The schema as the document has it. */
  readonly json: Json;
}

/** Where a statement comes from: a document of `x-sources` and the place in it. */
export interface Source {
  readonly document: string;
  readonly section: string;
}

export interface SourceDocument {
  readonly title: string;
  readonly url: string | undefined;
  /** ISO date, or `not stated`. */
  readonly date: string;
}
