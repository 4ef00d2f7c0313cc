/**
 * Part of every module that webhook-contracts generates.
 * Do not edit: it is written again.
 */
/** The types that every generated module shares. */

/** A message of the catalogue. */
export interface MessageInfo<Name extends string, Payload> {
  readonly name: Name;
  readonly title?: string;
  /** One sentence about when it is sent. */
  readonly summary?: string;
  /** The key of its channel; the first one, where it is sent on several. */
  readonly channel: string;
  /** The keys of all its channels. */
  readonly channels: readonly string[];
  /** The headers that the document names, credentials aside. */
  readonly headers: readonly HeaderInfo[];
  readonly examples: readonly {
    readonly name?: string;
    readonly summary?: string;
    readonly payload?: Payload;
    readonly headers?: Readonly<Record<string, unknown>>;
  }[];
}

/** A header of a message. */
export interface HeaderInfo {
  readonly name: string;
  readonly required: boolean;
  readonly description?: string;
}

/** Headers as Fetch's `Headers`, as pairs, or as an object such as Node's `request.headers`. */
export type HeadersLike =
  | Iterable<readonly [string, string]>
  | { forEach(each: (value: string, name: string) => void): void }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** Headers by their names in lower case; a name that was given twice has both values, with a comma between. */
export type HeaderMap = Readonly<Record<string, string>>;

/** One reason why a delivery was not accepted. */
export interface CheckProblem<Name extends string = string> {
  /**
   * `payload.invalid`, `headers.invalid`: a known message breaks its schema, or the value that names the
   * message is missing; `message.unknown`: that value is none the document knows; `check.failed`: it could
   * not be judged.
   */
  readonly code: 'payload.invalid' | 'headers.invalid' | 'message.unknown' | 'check.failed';
  /** What is at fault: where `path` leads. */
  readonly in: 'payload' | 'headers';
  readonly text: string;
  /** JSON Pointer into the payload or the headers. */
  readonly path: string;
  readonly expected?: string;
  readonly found?: string;
  /** The message whose schema it breaks, where that is known. */
  readonly message?: Name;
}

/** One reason why a request was refused: its credentials, its body, or what `check` found. */
export type ReceiveProblem<Name extends string = string> =
  | CredentialsProblem
  | BodyProblem
  | CheckProblem<Name>;

/** Why a request is not authentic. */
export interface CredentialsProblem {
  /**
   * `credentials.missing`: a header is not there; `credentials.malformed`: it does not have the form of its
   * scheme; `credentials.wrong`: it fits no secret; `credentials.expired`: its time is too far from now;
   * `credentials.unconfigured`: the options give nothing to judge this message by.
   */
  readonly code:
    | 'credentials.missing'
    | 'credentials.malformed'
    | 'credentials.wrong'
    | 'credentials.expired'
    | 'credentials.unconfigured';
  readonly in: 'headers';
  readonly text: string;
  /** JSON Pointer to the header. */
  readonly path: string;
}

/** Why the body of a request can't be read. */
export interface BodyProblem {
  /**
   * `body.number`: an integer beyond ±(2^53 − 1), or a number that overflows; `body.forbidden-key`: a member
   * `__proto__`; `body.unreadable`: it broke off before its end.
   */
  readonly code:
    | 'body.too-large'
    | 'body.unreadable'
    | 'body.empty'
    | 'body.not-utf8'
    | 'body.not-json'
    | 'body.too-deep'
    | 'body.forbidden-key'
    | 'body.number'
    | 'body.duplicate-key';
  readonly in: 'body';
  readonly text: string;
  readonly path: '';
}

/** A request: Fetch's `Request`, or headers and the bytes of the body. */
export type ReceivedRequest = FetchRequest | RawRequest;

/** What a Fetch `Request` has; its body must not have been read. */
export interface FetchRequest {
  readonly headers: HeadersLike;
  readonly bodyUsed: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export interface RawRequest {
  readonly headers: HeadersLike;
  /**
   * The bytes as they arrived, or a stream of them. Never what a framework has parsed: nobody can tell whether that
   * is authentic.
   */
  readonly body:
    | Uint8Array
    | ArrayBuffer
    | AsyncIterable<Uint8Array>
    | { getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array | undefined }> } };
}

/** A known message, from a sender that bears what the document demands. */
export interface MessageResult<Name extends string, Payload, Headers> {
  readonly kind: 'message';
  readonly message: Name;
  readonly payload: Payload;
  /** Named as the document writes them, where it does, and in lower case otherwise. */
  readonly headers: Headers;
  /** What to answer, once it is dealt with. */
  readonly status: number;
}

/** JSON from such a sender that is no message of the document: acknowledge it, and log it. */
export interface UnknownResult<Name extends string = string> {
  readonly kind: 'unknown';
  readonly status: number;
  readonly problems: readonly [CheckProblem<Name>, ...CheckProblem<Name>[]];
}

/** A request that is not authentic, or broken. */
export interface RefusedResult<Name extends string = string> {
  readonly kind: 'refused';
  readonly status: number;
  readonly problems: readonly [ReceiveProblem<Name>, ...ReceiveProblem<Name>[]];
}

/**
 * A key to sign with: text stands for its UTF-8 bytes, with Standard Webhooks for the bytes whose Base64 it is. Undefined
 * is refused when the receiver is made.
 */
export type Secret = string | Uint8Array | undefined;

/** The options that every receiver has. */
export interface ReceiverLimits {
  /** How many bytes a body may have; 1,048,576 by default. */
  readonly maxBytes?: number;
  /** How deep a body may nest, at most 1,000; 128 by default. */
  readonly maxDepth?: number;
  /** Refuses objects that have a member twice, of which `JSON.parse` keeps the last; false by default. */
  readonly refuseDuplicateKeys?: boolean;
  /** The time in milliseconds since 1970; `Date.now` by default. */
  readonly now?: () => number;
}

/** What adapters tell of requests that are no message. */
export interface Observers<Name extends string = string> {
  readonly onUnknown?: (result: UnknownResult<Name>) => unknown;
  readonly onRefused?: (result: RefusedResult<Name>) => unknown;
}

/** What this package needs of a request of `node:http` or Express. */
export interface NodeRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly readableDidRead: boolean;
  iterator(options: { destroyOnReturn: boolean }): AsyncIterator<unknown>;
  resume(): unknown;
}

/** What this package needs of a response of `node:http` or Express. */
export interface NodeResponse {
  statusCode: number;
  end(): unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: it stands for types that only the framework knows.
type FrameworkType = any;

/** What this package needs of a Fastify instance. */
export interface FastifyInstanceLike {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(
    contentType: string,
    parser: (request: FrameworkType, payload: FrameworkType, done: FrameworkType) => void,
  ): unknown;
  post(
    path: string,
    handler: (request: FrameworkType, reply: FrameworkType) => Promise<unknown>,
  ): unknown;
}

/** Fetch's `Response`, as the runtime declares it. */
export type FetchResponse = typeof globalThis extends { Response: new (...given: never) => infer R }
  ? R
  : { readonly status: number };

/** Tokens in use. Undefined is refused when the receiver is made. */
export type Tokens = readonly (string | undefined)[];

/** Receives one request. */
export type Receiving<Result> = (request: ReceivedRequest) => Promise<Result>;

/** Makes the headers that prove a request's origin. */
export type Signing<Options> = (
  body: Uint8Array | string,
  options: Options,
) => Promise<Record<string, string>>;

/** Recognises a delivery that comes again. */
export type Fingerprinting<Name extends string> = (delivery: {
  readonly message: Name;
  readonly payload: unknown;
  readonly headers: object;
}) => Promise<string>;

/** Puts a receiver into a server whose requests are Fetch's. */
export type FetchAdapter<Message, Result, Name extends string> = <
  Request extends FetchRequest,
  Context extends unknown[],
>(
  receive: Receiving<Result>,
  handle: (delivery: Message, request: Request, ...context: Context) => unknown,
  observers?: Observers<Name>,
) => (request: Request, ...context: Context) => Promise<FetchResponse>;

/** Puts a receiver into a server of `node:http` or Express. */
export type NodeAdapter<Message, Result, Name extends string> = <Request extends NodeRequest>(
  receive: Receiving<Result>,
  handle: (delivery: Message, request: Request) => unknown,
  observers?: Observers<Name> & { readonly onError?: (error: unknown) => void },
) => (request: Request, response: NodeResponse, next?: (error?: unknown) => void) => Promise<void>;

/** Puts a receiver into a server of Fastify. */
export type FastifyAdapter<Message, Result, Name extends string> = (
  receive: Receiving<Result>,
  handle: (delivery: Message, request: unknown) => unknown,
  observers?: Observers<Name>,
) => (fastify: FastifyInstanceLike) => Promise<void>;
