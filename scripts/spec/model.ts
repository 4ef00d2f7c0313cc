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
  /** What the document says of itself besides. */
  readonly info: Info;
  /** Every server, in document order. */
  readonly servers: readonly Server[];
  /** Every channel, in document order. */
  readonly channels: readonly Channel[];
  /** Every message of every channel, once each, in document order. */
  readonly messages: readonly Message[];
  /** Every operation, in document order. */
  readonly operations: readonly Operation[];
  /** Every schema that has a pointer of its own in generated code: payloads, headers, named ones, and all that are referenced. */
  readonly schemas: readonly Schema[];
  /** The documents that the spec was written from (`x-sources`), by their ids. */
  readonly sources: ReadonlyMap<string, SourceDocument>;
  /** What proves where a delivery comes from: the security schemes that messages demand, once each. */
  readonly credentials: readonly Credential[];
  /** What the document says of each credential: its scheme, the first of several that come to the same. */
  readonly schemes: readonly SecurityScheme[];
  readonly delivery: Delivery;
  /** What the sources contradict or leave open (`x-contradictions`). */
  readonly contradictions: readonly Contradiction[];
}

/** What a document says in words of one of its parts; descriptions are Markdown (CommonMark). */
export interface Description {
  readonly title: string | undefined;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly tags: readonly Tag[];
  readonly externalDocs: Link | undefined;
  readonly sources: readonly Source[];
  /** What it was inferred from, where it is not stated. */
  readonly inferred: string | undefined;
}

export interface Tag {
  readonly name: string;
  readonly description: string | undefined;
}

export interface Link {
  readonly url: string;
  /** The text of the link, Markdown. */
  readonly text: string | undefined;
}

export interface Info extends Description {
  /** The version of AsyncAPI that the document is written in. */
  readonly asyncapi: string;
  readonly termsOfService: string | undefined;
  readonly contact:
    | {
        readonly name: string | undefined;
        readonly url: string | undefined;
        readonly email: string | undefined;
      }
    | undefined;
  readonly license: { readonly name: string; readonly url: string | undefined } | undefined;
}

/** A place that requests go to. */
export interface Server extends Description {
  /** Its key in the document. */
  readonly id: string;
  readonly protocol: string;
  /** Protocol, host and path; it may hold `{variables}`. */
  readonly url: string;
  readonly variables: readonly Variable[];
}

/** A variable of a server's URL, or a parameter of a channel's address. */
export interface Variable {
  readonly name: string;
  readonly description: string | undefined;
  readonly values: readonly string[];
  readonly default: string | undefined;
  readonly examples: readonly string[];
}

export interface Channel extends Description {
  /** Its key in the document. */
  readonly id: string;
  /** An URL path that may hold `{parameters}`; undefined where only the consumer knows it. */
  readonly address: string | undefined;
  readonly parameters: readonly Variable[];
  /** The keys of its servers; all of the document's where it names none. */
  readonly servers: readonly string[];
}

/** What the document says of a credential. */
export interface SecurityScheme extends Description {
  /** Its type in the document: `httpApiKey`, for example. */
  readonly type: string | undefined;
  /** Whose secret it is, in words (`x-credential`). */
  readonly secret: string | undefined;
  /** The form of a bearer token. */
  readonly bearerFormat: string | undefined;
  /** The name that its header has in the document, be it an example. */
  readonly headerName: string | undefined;
}

/** What the sources of a document contradict or leave open. */
export interface Contradiction {
  /** What it is about: a short title. */
  readonly about: string;
  /** Markdown. */
  readonly description: string;
  readonly sources: readonly Source[];
}

export interface Message extends Description {
  /** The name on the wire: the message's `name`, or its key in the channel. Unique in a spec. */
  readonly name: string;
  readonly pointer: string;
  /** The keys of the channels it is sent on, in document order; at least one. */
  readonly channels: readonly string[];
  /** The media type of the body, the document's default where the message has none; undefined where neither says. */
  readonly contentType: string | undefined;
  /** The schema of the body; undefined where the document does not say. */
  readonly payload: Schema | undefined;
  /** The schema of the headers, an object schema by AsyncAPI's rule; what the HTTP binding says of them is part of it. */
  readonly headers: Schema | undefined;
  readonly examples: readonly Example[];
  /** Where a delivery bears the id that ties it to others: a runtime expression, and the place that states it. */
  readonly correlationId: { readonly location: string; readonly pointer: string } | undefined;
  /**
   * The credentials that a delivery must bear, by their index in the spec's: one of each list. The lists are those of
   * its channels' servers and of its operations. https://www.asyncapi.com/docs/reference/specification/v3.1.0#operationObject
   */
  readonly security: readonly (readonly number[])[];
}

/** What an application does with the messages of a channel. */
export interface Operation extends Description {
  /** Its key in the document. */
  readonly id: string;
  readonly pointer: string;
  /** Whether the application that the document describes sends the messages (it is the producer) or receives them. */
  readonly action: 'send' | 'receive';
  /** The key of its channel. */
  readonly channel: string;
  /** The names of its messages, in its order. */
  readonly messages: readonly string[];
  /** The HTTP method, where the document states one. */
  readonly method: string | undefined;
  /** The version of the HTTP binding that states it. */
  readonly bindingVersion: string | undefined;
  /** The schema of the query, references kept, where the document states one. */
  readonly query: Json | undefined;
  /** The channel's address, an URL path that may hold `{parameters}`; undefined where only the consumer knows it. */
  readonly address: string | undefined;
  /** The values that the address's parameters can have, by name, of those that the document enumerates. */
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  /** What servers put before the address, `''` where nothing; it may hold `{variables}`. At least one. */
  readonly basePaths: readonly string[];
  /** The values that the variables of each base path can have, by name, of those that the document enumerates. */
  readonly baseVariables: readonly ReadonlyMap<string, readonly string[]>[];
  /** The credentials that its deliveries must bear, as a message has them: those of its channel's servers and its own. */
  readonly security: readonly (readonly number[])[];
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

/**
 * A security scheme, as far as a request's headers and body can be judged by it:
 *  - `hmac`: the header holds the HMAC-SHA256 of the raw body, encoded, after a prefix;
 *  - `timestamped-hmac`: the header holds `t=<seconds>,v1=<hex>`, `v1` once or more, over `<seconds>.<body>`;
 *  - `standard-webhooks`: three headers with this prefix, by https://www.standardwebhooks.com;
 *  - `bearer`: https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 *  - `static-header`: a header with a value that both sides know; without `header` the consumer chooses its name;
 *  - `unsupported`: anything else, in words.
 * A tolerance is in seconds, before and after.
 */
export type Credential =
  | {
      readonly kind: 'hmac';
      readonly header: string;
      readonly encoding: 'base64' | 'hex';
      readonly prefix: string;
    }
  | { readonly kind: 'timestamped-hmac'; readonly header: string; readonly tolerance: number }
  | { readonly kind: 'standard-webhooks'; readonly prefix: string; readonly tolerance: number }
  | { readonly kind: 'bearer' }
  | { readonly kind: 'static-header'; readonly header?: string; readonly isOptional: boolean }
  | { readonly kind: 'unsupported'; readonly scheme: string };

/** How deliveries are answered (`x-delivery`); undefined is what the document does not state. */
export interface Delivery {
  /** The statuses that count as delivered. */
  readonly success: readonly StatusRange[] | undefined;
  /** The statuses that count as not delivered. */
  readonly failure: readonly StatusRange[] | 'any other' | undefined;
  /** How many requests a delivery takes at most, the first included. */
  readonly attempts: number | undefined;
  /** What may come more than once without being a repetition, in words. */
  readonly repeats: string | undefined;
  /** Every rule by its name, as the document states it. */
  readonly rules: ReadonlyMap<string, DeliveryRule>;
}

/** A delivery rule, and who states it. */
export interface DeliveryRule {
  /** Undefined where it is not stated. */
  readonly value: Json | undefined;
  readonly note: string | undefined;
  readonly inferred: string | undefined;
  readonly sources: readonly Source[];
}

/** HTTP statuses from the first to the last, both included. */
export type StatusRange = readonly [first: number, last: number];

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
  /** How certain it is that the document says what is attributed to it. */
  readonly certainty: string | undefined;
  readonly note: string | undefined;
  /** Its number among the documents that were given to the authors. */
  readonly seed: string | undefined;
}
