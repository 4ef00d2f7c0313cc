import { Guarantee } from '../../contract/guarantee.js';
import { samplesOf } from '../../contract/samples.js';
import { mayBeLeftOut } from '../../generate/runtime/authentication.js';
import { createJudge, type Judge } from '../../judge/judge.js';
import type { Json, JsonObject, Message, Operation, Schema } from '../../spec/model.js';
import { isObject, member } from '../../spec/positions.js';
import type { SpecDocument } from '../../spec/read-spec.js';
import { code, type Inline, separated } from '../content.js';
import { isPlain, shellJson, shellWord } from '../shell.js';
import { exampleSecret, inShell, type ShellCredential } from './credential-examples.js';

/** Where the examples send to: a receiver that somebody is working on. */
const RECEIVER = 'http://localhost:3000';

/** How long a body gets before a command with it helps nobody, in characters. */
const MAX_BODY = 20_000;

/** A delivery to try a receiver with. */
export interface ExampleRequest {
  /** The commands of a shell that send it, with `curl`. */
  readonly commands: string;
  /** What the receiver has to know to take it for genuine; none where nothing is demanded. */
  readonly secrets: Inline[];
  /** Whether the payload was made of the schema, since the document shows none. */
  readonly isMade: boolean;
}

/** Makes example deliveries of the messages of a document: those that the document itself accepts. */
export class ExampleRequests {
  readonly #guarantee: Guarantee;
  readonly #judge: Judge;

  constructor(private readonly read: SpecDocument) {
    this.#guarantee = new Guarantee(read);
    this.#judge = createJudge(read);
  }

  /** Returns the payload of a message's first example, or one that is made of its schema. */
  payloadOf(message: Message): { readonly payload: Json; readonly isMade: boolean } | undefined {
    const shown = message.examples.find(({ payload }) => payload !== undefined)?.payload;
    if (shown !== undefined) return { payload: shown, isMade: false };
    const made = this.#sampleOf(message.payload);
    return made === undefined ? undefined : { payload: made, isMade: true };
  }

  /** Returns a delivery of a message; undefined where none can be made, or written as a command. */
  of(message: Message): ExampleRequest | undefined {
    const { spec } = this.read;
    const { contentType = 'application/json' } = message;
    const found = this.payloadOf(message);
    if (found === undefined || !/\bjson\b/i.test(contentType)) return undefined;
    const { payload, isMade } = found;
    const body = shellJson(payload);
    const headers = this.#headersOf(message);
    if (headers === undefined || body.length > MAX_BODY) return undefined;
    const judged = this.#judge.check(payload, { ...headers, 'Content-Type': contentType });
    if (!judged.ok || judged.message !== message.name) return undefined;
    const credentials = this.#credentialsOf(message);
    if (credentials === undefined) return undefined;
    const operation = spec.operations.find(({ messages }) => messages.includes(message.name));
    const lines = [
      `Content-Type: ${contentType}`,
      ...Object.entries(headers)
        .filter(([name]) => name.toLowerCase() !== 'content-type')
        .map(([name, value]) => `${name}: ${value}`),
    ];
    // What no operation is about is an answer, or is not sent at all.
    if (operation === undefined && spec.operations.length > 0) return undefined;
    const url = urlOf(operation);
    if (url === undefined || !lines.every(isPlain)) return undefined;
    const commands = [
      ...credentials.flatMap(({ before }) => before),
      [
        `curl -i -X ${operation?.method ?? 'POST'} ${shellWord(url)}`,
        ...lines.map((line) => `-H ${shellWord(line)}`),
        ...credentials.flatMap((one) => one.headers).map((word) => `-H ${word}`),
        '--data-raw "$body"',
      ].join(' \\\n  '),
    ];
    return {
      commands: [`body=${shellWord(body)}`, ...commands].join('\n'),
      secrets: separated(
        [...new Map(credentials.map(({ secret }) => [JSON.stringify(secret), secret])).values()],
        ' and ',
      ),
      isMade,
    };
  }

  /** Makes a credential of each list that is demanded; undefined where one can't be made. */
  #credentialsOf({ security }: Message): ShellCredential[] | undefined {
    const { credentials, schemes } = this.read.spec;
    const demanded = [...new Set(security.flat())].flatMap((index) => credentials[index] ?? []);
    const secret = exampleSecret(demanded);
    const made = security
      .filter((list) => !mayBeLeftOut(list, credentials))
      .map((list, place) =>
        list
          .map((index) => {
            const credential = credentials[index];
            const { headerName } = schemes[index] ?? {};
            const variable = place === 0 ? 'signature' : `signature${place + 1}`;
            return credential && inShell(credential, { headerName, secret, variable });
          })
          .find((one) => one !== undefined),
      );
    return made.includes(undefined) ? undefined : (made as ShellCredential[]);
  }

  /** Returns the headers of an example, or some that are made of their schema. */
  #headersOf({ examples, headers }: Message): Record<string, string> | undefined {
    const shown =
      examples.find((one) => one.payload !== undefined)?.headers ?? examples[0]?.headers;
    const values = isObject(shown) ? shown : headers === undefined ? {} : this.#sampleOf(headers);
    return isObject(values) ? asTexts(values) : undefined;
  }

  #sampleOf(schema: Schema | undefined): Json | undefined {
    if (schema === undefined) return undefined;
    const cases = this.#guarantee.casesOf([{ schema: schema.json, pointer: schema.pointer }]) ?? [];
    const samples = samplesOf(this.#guarantee);
    return cases.flatMap((one) => samples.of(one))[0];
  }
}

/** Writes the values of headers; `curl` leaves out a header without one. */
function asTexts(values: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value === '' ? 'example' : typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

/**
 * Returns an address of the receiver: with the path that the document states, and the first values of its variables;
 * undefined where no address can hold them.
 */
function urlOf(operation: Operation | undefined): string | undefined {
  if (operation === undefined) return `${RECEIVER}/`;
  const { basePaths, baseVariables, address, parameters, query } = operation;
  const base = filled(basePaths[0] ?? '', baseVariables[0] ?? new Map());
  const path = `${base}${filled(address ?? '/', parameters).replace(/^(?=[^/?#])/, '/')}`;
  const asked = Object.entries(member(query, 'properties') ?? {}).flatMap(([name, schema]) => {
    const [value] = [member(schema, 'const'), member(schema, 'enum')].flat();
    return value === undefined ? [] : [[name, String(value)]];
  });
  if (![path, ...asked.flat()].every(isPlain)) return undefined;
  const url = new URL(path === '' ? '/' : path, RECEIVER);
  for (const [name = '', value = ''] of asked) url.searchParams.append(name, value);
  return url.origin === RECEIVER ? url.href : undefined;
}

function filled(path: string, values: ReadonlyMap<string, readonly string[]>): string {
  return path.replace(/\{([^}]*)\}/g, (_found, name: string) =>
    (values.get(name)?.[0] ?? name).replace(/[/?#]/g, '-'),
  );
}

/** The runs of text that name where a request goes: its method and address. */
export function requestLine({ method = 'POST', address, basePaths }: Operation): Inline[] {
  const [base = ''] = basePaths;
  const where: Inline[] =
    address === undefined ? [" the consumer's URL"] : [' ', code(`${base}${address}`)];
  return [code(method), ...where];
}
