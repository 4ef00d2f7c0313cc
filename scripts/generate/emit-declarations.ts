import type { Credential, Message, Spec } from '../spec/model.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { type Code, code, comment, type Identifier, join, literal } from './code.js';
import { canSign, securityOf } from './emit-index.js';
import type { Names } from './names.js';
import { mayBeLeftOut, WITHOUT } from './runtime/authentication.js';

/** Emits `index.d.ts`, the types of `index.js`. */
export function emitDeclarations({ spec }: SpecDocument, names: Names): Code {
  const headersType = (message: Message): Identifier =>
    message.headers === undefined ? ('HeaderMap' as Identifier) : names.schema(message.headers);
  const types = new Set(spec.messages.flatMap((one) => [names.payload(one), headersType(one)]));
  types.delete('HeaderMap' as Identifier);
  const entries = spec.messages.map(
    (message) => code`  MessageInfo<${literal(message.name)}, ${names.payload(message)}>,\n`,
  );
  const results = spec.messages.map(
    (message) =>
      code`  | { readonly ok: true; readonly message: ${literal(message.name)}; readonly payload: ${names.payload(message)} }\n`,
  );
  const received = spec.messages.map(
    (message) =>
      code`  | MessageResult<${literal(message.name)}, ${names.payload(message)}, ${headersType(message)}>`,
  );
  const guards = spec.messages.map(
    (message) =>
      code`${comment(`Tells whether a payload is one of \`${message.name}\`; headers are not judged. Never throws.`)}export declare function ${names.guard(message)}(payload: unknown): payload is ${names.payload(message)};\n`,
  );
  return code`import type {
  CheckProblem,
  FastifyAdapter,
  FetchAdapter,
  Fingerprinting,
  HeaderMap,
  HeadersLike,
  MessageInfo,
  MessageResult,
  NodeAdapter,
  ReceiverLimits,
  Receiving,
  RefusedResult,
  Secret,
  Signing,
  Tokens,
  UnknownResult,
} from './module.js';
import type {
${join(
  [...types].map((name) => code`  ${name},\n`),
  '',
)}} from './types.js';

export type * from './module.js';
export type * from './types.js';

/** The names of all messages. */
export type MessageName = (typeof messages)[number]['name'];

/** Every message of the document, in its order; frozen. */
export declare const messages: readonly [
${join(entries, '')}];

/** What \`check\` returns: narrow it by \`ok\`, then by \`message\`. */
export type CheckResult =
${join(results, '')}  | { readonly ok: false; readonly problems: readonly [CheckProblem<MessageName>, ...CheckProblem<MessageName>[]] };

/**
 * Finds the message of a delivery and judges it: the payload (parsed JSON), and the headers where they are
 * given. Header names match in any case; without \`headers\` none are judged, \`{}\` says that there are none.
 * Where only headers tell messages apart, give them: without, the first message that fits is taken.
 * Members that the document does not know pass. Credentials are not judged. Never throws.
 */
export declare function check(payload: unknown, headers?: HeadersLike): CheckResult;

${join(guards, '\n')}
${receiverTypes(spec, received)}`;
}

/** The types of everything that is about requests. Those with parts from outside a document are in `module.d.ts`. */
function receiverTypes(spec: Spec, received: readonly Code[]): Code {
  const adapter = code`<ReceivedMessage, ReceiveResult, MessageName>`;
  return code`/** A message of the document, from a sender that bears what it demands: narrow it by \`message\`. */
export type ReceivedMessage =
${join(received, '\n')};

/** What \`receive\` returns: narrow it by \`kind\`. */
export type ReceiveResult = ReceivedMessage | UnknownResult<MessageName> | RefusedResult<MessageName>;

${comment(optionsText(spec))}export type ReceiverOptions = ${optionsType(spec)};

/**
 * Receives one request: size, authenticity over the bytes of the body, UTF-8, JSON, message, schema. Nothing in a
 * request makes it throw; a body that was parsed or read before it is a TypeError.
 */
export type Receive = Receiving<ReceiveResult>;

/**
 * Makes the function that receives requests.
 * @throws {TypeError} where the options leave out what the document demands, or can't be meant: a secret that is
 *   missing, blank, shorter than 8 bytes, or the word "undefined"
 */
export declare function receiver(options${demands(spec) ? code`` : code`?`}: ReceiverOptions): Receive;

${canSign(spec) ? signTypes(spec) : code``}${comment(fingerprintText(spec))}export declare const fingerprint: Fingerprinting<MessageName>;

/**
 * Makes a handler of Fetch's \`Request\` and \`Response\`: Next.js, Hono, Deno, Bun, Workers. Only messages reach
 * \`handle\`; what else the framework gives comes after the request. What \`handle\` throws goes to the framework.
 */
export declare const fetchHandler: FetchAdapter${adapter};

/**
 * Makes a request listener of \`node:http\`, which is a handler of Express as well. Only messages reach \`handle\`. What
 * it throws goes to Express, and without Express to \`onError\` (by default \`console.error\`) after an answer of 500.
 */
export declare const nodeHandler: NodeAdapter${adapter};

/**
 * Makes a Fastify plugin with the route \`POST /\`: register it under a prefix. Only messages reach \`handle\`; what it
 * throws goes to Fastify.
 */
export declare const fastifyPlugin: FastifyAdapter${adapter};
`;
}

/** The options of `receiver`: with the ugly one, the others may be left out. */
function optionsType(spec: Spec): Code {
  const demanded = credentialsType(spec);
  if (demanded === undefined) return code`ReceiverLimits`;
  const given = spec.credentials.flatMap((credential) => optionFor(credential, true));
  const rest = given.length === 0 ? code`` : code`${join(distinct(given), ' & ')} & `;
  return code`ReceiverLimits &
  (
    | (${demanded} & { readonly ${WITHOUT_NAME}?: never })
    | (${rest}{
        /** Takes requests without the credentials that no option here is given for, as if they were not demanded. */
        readonly ${WITHOUT_NAME}: true;
      })
  )`;
}

const WITHOUT_NAME = WITHOUT as Identifier;

/** Tells whether the document demands credentials of any message's sender. */
function demands({ messages, credentials }: Spec): boolean {
  return messages.some(({ security }) => security.some((list) => !mayBeLeftOut(list, credentials)));
}

/** The options that credentials are judged by: of each list at least one. Undefined where nothing is stated. */
function credentialsType(spec: Spec): Code | undefined {
  const { credentials, requirements } = securityOf(spec);
  if (credentials.length === 0) return undefined;
  const [first = [], ...others] = requirements;
  // Where messages demand different things, a receiver may be made for some of them.
  const isPartial = others.length > 0;
  const lists = isPartial ? credentials.map((_, index) => [index]) : first;
  const shapes = lists.map((list) => {
    const alternatives = list.flatMap((index) => {
      const credential = credentials[index];
      return credential === undefined ? [] : optionFor(credential, isPartial);
    });
    return alternatives.length === 0 ? code`never` : code`(${join(distinct(alternatives), ' | ')})`;
  });
  return join(distinct(shapes), ' & ');
}

/** The option that a credential is judged by; none for one that can't be judged. */
function optionFor(credential: Credential, isPartial: boolean): Code[] {
  const mark = (isOptional: boolean) => (isPartial || isOptional ? code`?` : code``);
  switch (credential.kind) {
    case 'hmac':
    case 'timestamped-hmac':
    case 'standard-webhooks':
      return [code`{ readonly secrets${mark(false)}: readonly Secret[] }`];
    case 'bearer':
      return [code`{ readonly tokens${mark(false)}: Tokens }`];
    case 'static-header': {
      const names =
        credential.header === undefined
          ? code`{ readonly [name: string]: Tokens }`
          : code`{ readonly ${literal(credential.header)}: Tokens }`;
      return [code`{ readonly headers${mark(credential.isOptional)}: ${names} }`];
    }
    case 'unsupported':
      return [];
  }
}

function distinct(pieces: readonly Code[]): Code[] {
  return [...new Map(pieces.map((piece) => [piece.text, piece])).values()];
}

/** Says what the options of a document's receiver are for. */
function optionsText({ credentials }: Spec): string {
  const lines = credentials.map((credential) => `- ${optionText(credential)}`);
  const said = lines.length === 0 ? ['The document states no credentials.'] : lines;
  return ['The options of `receiver`.', ...said].join('\n');
}

function optionText(credential: Credential): string {
  switch (credential.kind) {
    case 'hmac': {
      const { header, encoding, prefix } = credential;
      const before = prefix === '' ? '' : ` after "${prefix}"`;
      const name = encoding === 'hex' ? 'hex' : 'Base64';
      return `\`secrets\`: the keys in use; ${header} holds the HMAC-SHA256 of the body in ${name}${before}.`;
    }
    case 'timestamped-hmac':
      return `\`secrets\`: the keys in use; ${credential.header} holds a time and the HMAC-SHA256 of time and body, and is good for ${credential.tolerance} seconds.`;
    case 'standard-webhooks':
      return `\`secrets\`: the keys in use, Base64 with or without "whsec_"; ${credential.prefix}signature is that of Standard Webhooks, good for ${credential.tolerance} seconds.`;
    case 'bearer':
      return '`tokens`: the bearer tokens in use.';
    case 'static-header': {
      const name = credential.header ?? 'a header whose name you choose';
      const when = credential.isOptional ? ' It is asked for only where it is given here.' : '';
      return `\`headers\`: the values in use of ${name}.${when}`;
    }
    case 'unsupported':
      return `${credential.scheme}: can't be judged by headers and body; judge it yourself.`;
  }
}

/** The types of `sign`. */
function signTypes({ credentials }: Spec): Code {
  const kinds = new Set(credentials.map(({ kind }) => kind));
  const isTimed = kinds.has('timestamped-hmac') || kinds.has('standard-webhooks');
  const options = [
    kinds.has('hmac') || isTimed ? [code`  readonly secret?: Secret;\n`] : [],
    kinds.has('bearer') ? [code`  readonly token?: string;\n`] : [],
    kinds.has('static-header')
      ? [code`  readonly headers?: { readonly [name: string]: string };\n`]
      : [],
    kinds.has('standard-webhooks')
      ? [
          code`  /** The number of the delivery; a random one by default. */\n  readonly id?: string;\n`,
        ]
      : [],
    isTimed
      ? [code`  /** In seconds since 1970; now by default. */\n  readonly timestamp?: number;\n`]
      : [],
  ];
  return code`export interface SignOptions {
${join(options.flat(), '')}}

/**
 * Makes the headers that prove a request's origin, as its sender does. Text stands for its UTF-8 bytes.
 * @throws {TypeError} where the options hold nothing to sign with, or nothing that can be meant
 */
export declare const sign: Signing<SignOptions>;

`;
}

/** Says what a fingerprint is of, and what equal ones mean. */
function fingerprintText({ delivery }: Spec): string {
  const what =
    'Recognises a delivery that comes again: a SHA-256, in hex, of what it says (message, payload, the headers that the document names), or of its number where the sender signs one.';
  return delivery.repeats === undefined ? what : `${what}\nWhat may repeat: ${delivery.repeats}`;
}
