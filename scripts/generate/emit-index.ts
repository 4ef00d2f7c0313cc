import { headerNames } from '../judge/header-names.js';
import { selectionOf } from '../judge/selection.js';
import type { Message } from '../spec/model.js';
import { isObject, member } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { type Code, code, comment, type Identifier, join, literal } from './code.js';
import type { Validators } from './emit-validators.js';
import type { Names } from './names.js';

/** Emits `index.js`: the catalogue of messages, `check`, and a guard per message. */
export function emitIndex(read: SpecDocument, names: Names, validators: Validators): Code {
  const { spec, document } = read;
  const used = [
    ...new Set(
      spec.messages
        .flatMap(({ payload, headers }) => [payload, headers])
        .flatMap((schema) => (schema === undefined ? [] : [validators.exportOf(schema)])),
    ),
  ] as Identifier[];
  const validatorOf = (schema: Message['payload']) =>
    schema === undefined ? code`undefined` : code`${validators.exportOf(schema) as Identifier}`;
  const options = validators.isDeep ? code`, { isDeep: true }` : code``;
  const checked = spec.messages.map((message) => {
    const headers =
      message.headers === undefined
        ? code``
        : code`, headers: ${validatorOf(message.headers)}, headerNames: ${literal(headerNames(document, message.headers))}`;
    return code`    { name: ${literal(message.name)}, payload: ${validatorOf(message.payload)}${headers} },\n`;
  });
  const guards = spec.messages.map(
    (message) =>
      code`export const ${names.guard(message)} = createGuard(${validatorOf(message.payload)}${options});\n`,
  );
  const validatorImport =
    used.length === 0 ? code`` : code`import { ${join(used, ', ')} } from './validators.js';\n`;
  return code`import { createCheck, createGuard, freeze } from './check.js';
${validatorImport}
export const messages = freeze(${literal(catalogue(read), 2)});

export const check = createCheck(
  [
${join(checked, '')}  ],
  ${literal(selectionOf(spec, document))}${options},
);

${join(guards, '')}`;
}

/** Emits `index.d.ts`, the types of `index.js`. */
export function emitIndexTypes({ spec }: SpecDocument, names: Names): Code {
  const payloads = [...new Set(spec.messages.map(names.payload))];
  const entries = spec.messages.map(
    (message) => code`  MessageInfo<${literal(message.name)}, ${names.payload(message)}>,\n`,
  );
  const results = spec.messages.map(
    (message) =>
      code`  | { readonly ok: true; readonly message: ${literal(message.name)}; readonly payload: ${names.payload(message)} }\n`,
  );
  const guards = spec.messages.map(
    (message) =>
      code`${comment(`Tells whether a payload is one of \`${message.name}\`; headers are not judged. Never throws.`)}export declare function ${names.guard(message)}(payload: unknown): payload is ${names.payload(message)};\n`,
  );
  return code`import type {
${join(
  payloads.map((name) => code`  ${name},\n`),
  '',
)}} from './types.js';

export type * from './types.js';

/** The names of all messages. */
export type MessageName = (typeof messages)[number]['name'];

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

/** Every message of the document, in its order; frozen. */
export declare const messages: readonly [
${join(entries, '')}];

/** Headers as Fetch's \`Headers\`, as pairs, or as an object such as Node's \`request.headers\`. */
export type HeadersLike =
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** One reason why a delivery was not accepted. */
export interface CheckProblem {
  /**
   * \`payload.invalid\`, \`headers.invalid\`: a known message breaks its schema, or the value that names the
   * message is missing; \`message.unknown\`: that value is none the document knows; \`check.failed\`: it could
   * not be judged.
   */
  readonly code: 'payload.invalid' | 'headers.invalid' | 'message.unknown' | 'check.failed';
  /** What is at fault: where \`path\` leads. */
  readonly in: 'payload' | 'headers';
  readonly text: string;
  /** JSON Pointer into the payload or the headers. */
  readonly path: string;
  readonly expected?: string;
  readonly found?: string;
  /** The message whose schema it breaks, where that is known. */
  readonly message?: MessageName;
}

/** What \`check\` returns: narrow it by \`ok\`, then by \`message\`. */
export type CheckResult =
${join(results, '')}  | { readonly ok: false; readonly problems: readonly [CheckProblem, ...CheckProblem[]] };

/**
 * Finds the message of a delivery and judges it: the payload (parsed JSON), and the headers where they are
 * given. Header names match in any case; without \`headers\` none are judged, \`{}\` says that there are none.
 * Where only headers tell messages apart, give them: without, the first message that fits is taken.
 * Members that the document does not know pass. Credentials are not judged. Never throws.
 */
export declare function check(payload: unknown, headers?: HeadersLike): CheckResult;

${join(guards, '\n')}`;
}

/** The messages as data: what the document says of each, and its examples. */
function catalogue({ spec, document }: SpecDocument): object[] {
  return spec.messages.map(({ name, title, summary, channels, headers, examples }) => {
    const required = member(headers?.json, 'required');
    const properties = member(headers?.json, 'properties');
    return {
      name,
      title,
      summary,
      channel: channels[0],
      channels,
      headers: headerNames(document, headers).map((header) => ({
        name: header.name,
        required: Array.isArray(required) && required.includes(header.name),
        description: member(
          isObject(properties) ? properties[header.name] : undefined,
          'description',
        ),
      })),
      examples: examples.map((example) => ({
        name: example.name,
        summary: example.summary,
        payload: example.payload,
        headers: example.headers,
      })),
    };
  });
}
