/** The model of a pact: plain data that every check walks. This file imports types only. */
import type { Location } from '../problems/problem.js';
import type { Json, JsonObject } from '../spec/model.js';

/** A pact file of the Pact specification, version 4. https://github.com/pact-foundation/pact-specification/tree/version-4 */
export interface Pact {
  /** The file's path as the user named it. */
  readonly file: string;
  /** Pact's own field `consumer`: who receives messages, or who sends HTTP requests. */
  readonly consumer: string;
  /** Pact's own field `provider`: who sends messages, or who answers HTTP requests. */
  readonly provider: string;
  readonly interactions: readonly Interaction[];
  /** Returns the place of the value at a JSON Pointer of the file. */
  readonly locate: (pointer: string) => Location;
}

export type Interaction = MessageInteraction | HttpInteraction;

interface Common {
  /** JSON Pointer in the file. */
  readonly pointer: string;
  readonly description: string;
  /** The provider states, as the file has them. */
  readonly states: Json;
  /** `comments.references.AsyncAPI`: which operation and which of its messages it is about. */
  readonly operationId: string | undefined;
  readonly messageId: string | undefined;
  /** The parts (`body`, `path`) in which Pact generates values in place of those in the file, and where it says so. */
  readonly generators: readonly { readonly part: string; readonly pointer: string }[];
  /** The interaction as the file has it. */
  readonly json: JsonObject;
}

/** One message that a consumer expects. */
export interface MessageInteraction extends Common {
  readonly kind: 'message';
  readonly contents: Contents;
  readonly contentRules: readonly Rule[];
  /** The headers that matter; without the content type. */
  readonly metadata: JsonObject;
  /** The content type that stands among them. */
  readonly metadataContentType: string | undefined;
  readonly metadataRules: readonly Rule[];
}

/** One request that a producer sends, and its answer. */
export interface HttpInteraction extends Common {
  readonly kind: 'http';
  readonly method: string;
  readonly path: string;
  /** The values of each parameter, by its name. */
  readonly query: Readonly<Record<string, readonly string[]>>;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Returns the JSON Pointer of a header, by its name in lower case. */
  readonly pointerOfHeader: (name: string) => string;
  readonly body: Contents;
  readonly rules: Readonly<
    Record<'method' | 'path' | 'query' | 'header' | 'body', readonly Rule[]>
  >;
  readonly status: number;
  readonly statusRules: readonly Rule[];
  /** What the producer expects of the answer besides its status. */
  readonly answer: readonly AnswerPart[];
}

/** A part of an answer, and where the file says what is expected of it. */
export interface AnswerPart {
  readonly part: 'headers' | 'body';
  readonly pointer: string;
}

/** A body: `value` is undefined where there is none; `fault` says why it can't be read. */
export interface Contents {
  readonly value: Json | undefined;
  readonly contentType: string | undefined;
  readonly pointer: string;
  /** Whether `value` stands in the file as it is, so that its members have places of their own. */
  readonly isPlain: boolean;
  readonly fault: string | undefined;
}

/** What must hold at the places that a path expression selects. */
export interface Rule {
  /** The path as the file has it. */
  readonly path: string;
  /** Undefined where the path can't be read. */
  readonly tokens: readonly PathToken[] | undefined;
  readonly combine: 'AND' | 'OR';
  readonly matchers: readonly Matcher[];
  readonly pointer: string;
}

/** A name, an index, `*` for any of both, or `[*]` for any index. */
export type PathToken = { readonly name: string | number } | '*' | '[*]';

/** A matcher as Pact has it: `match` is its kind, the other members are its settings. */
export interface Matcher {
  readonly match: string;
  readonly [setting: string]: Json;
}
