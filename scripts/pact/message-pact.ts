import type { Json, JsonObject } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { checkNames, checkOptions } from './check-options.js';
import { contentsOf } from './contents.js';
import { jsonTypeOf, messageOf, openDocument, operationOf } from './document.js';
import { headersOf, receivedHeaders } from './headers.js';
import type { AnyMessage, NameOf, PayloadOf } from './message-types.js';
import type { Needs, needed } from './needs.js';
import { PactRun } from './pact-run.js';
import { runMessageTest } from './run-pact.js';
import { namedStates, type State } from './state.js';

/** Whose pact it is, and by which document. */
export interface PactOptions {
  /** The document: a file, or a provider's name, as on the command line. */
  readonly spec: string;
  /** Who receives. */
  readonly consumer: string;
  /** Who sends. */
  readonly producer: string;
  /** The folder of pacts; `contracts/pacts` by default. */
  readonly pacts?: string;
  /** The working directory; the process's by default. */
  readonly cwd?: string;
}

/** What an expectation says, whatever its kind. */
export interface Expectation {
  /** What happens, in words that no other interaction of the pact has. */
  readonly description: string;
  /** What must be so before. */
  readonly given?: State | readonly State[];
  /** The operation; asked for only where several have the message. */
  readonly operation?: string;
}

/** What a consumer needs of a message. */
export interface MessageExpectation<Payload> extends Expectation {
  readonly payload: Needs<Payload>;
  readonly headers?: Readonly<Record<string, string | typeof needed>>;
}

/** What a handler is run with: what a generated receiver would give it. */
export interface ExpectedDelivery<Name extends string, Payload> {
  readonly kind: 'message';
  readonly message: Name;
  /** The members that are needed, and no others: those that are left out are undefined, whatever their type says. */
  readonly payload: Payload;
  /** Those that are needed, and no others. */
  // biome-ignore lint/suspicious/noExplicitAny: `messages` says the types of payloads, and not those of headers.
  readonly headers: any;
  /** What a receiver would have answered. */
  readonly status: number;
}

/** A consumer's part of a pact in the making. */
export interface MessagePact<M extends readonly AnyMessage[]> {
  /**
   * Runs `handler` with what is expected, and keeps the interaction where it succeeds.
   * @throws {ContractBroken} where the handler throws, or the document does not guarantee what is needed
   */
  expect<N extends NameOf<M>>(
    message: N,
    expectation: MessageExpectation<PayloadOf<M, N>>,
    handler: (delivery: ExpectedDelivery<N, PayloadOf<M, N>>) => unknown,
  ): Promise<void>;
  /**
   * Writes the pact: exactly the interactions of this run. Call it once, after all tests.
   * @throws {ContractBroken} where any failed, or there was none; the file stays as it was
   */
  finish(): Promise<void>;
}

/** The options that tell whose pact it is. */
export const PACT_OPTIONS: Readonly<Record<keyof PactOptions, true>> = {
  spec: true,
  consumer: true,
  producer: true,
  pacts: true,
  cwd: true,
};

/** What every expectation may say. */
export const EXPECTATION: Readonly<Record<keyof Expectation, true>> = {
  description: true,
  given: true,
  operation: true,
};

/** Makes a consumer's pact with a producer: what its handlers need of messages, each proved by running the handler. */
export function messagePact<M extends readonly AnyMessage[]>(options: PactOptions): MessagePact<M> {
  checkOptions('messagePact', options, PACT_OPTIONS);
  const { consumer, producer, spec, cwd = process.cwd() } = options;
  checkNames({ spec, consumer, producer });
  const document = openDocument(spec, cwd);
  const run = new PactRun({ consumer, provider: producer }, 'consumer', options);
  return {
    finish: () => run.finish(),
    expect: (name, expectation, handler) =>
      run.keep(name, expectation, async (folder) => {
        checkOptions('expect', expectation, { ...EXPECTATION, payload: true, headers: true });
        const { description, given, operation, payload, headers } = expectation;
        const message = messageOf(document, name);
        const contentType = jsonTypeOf(message);
        const { id } = operationOf(document, name, operation);
        const examples = message.examples.flatMap(({ payload: shown }) =>
          shown === undefined ? [] : [shown],
        );
        const { guarantee } = document;
        const contents = contentsOf({ guarantee, schema: message.payload, examples }, payload);
        checkDemanding(contents);
        const head = {
          consumer,
          provider: producer,
          description,
          states: namedStates(given),
          operation: id,
          message: name,
        };
        const metadata = headersOf(document, message, headers ?? {});
        await runMessageTest(folder, head, { contents, metadata }, async (made) => {
          await handler({
            kind: 'message',
            message: name,
            payload: made.payload as PayloadOf<M, typeof name>,
            headers: receivedHeaders(document, message, made.metadata),
            status: document.statuses.accepted,
          });
        });
        return contentType;
      }),
  };
}

/** Refuses contents that any delivery would satisfy: a producer that makes nothing at all would, too. */
function checkDemanding(contents: Json): void {
  const example = isObject(contents) && 'pact:matcher:type' in contents ? contents.value : contents;
  const isEmpty = isObject(example ?? null) && Object.keys(example as JsonObject).length === 0;
  if (isEmpty || example === null || example === '') {
    throw new TypeError('nothing is needed of the payload: any delivery would satisfy it');
  }
}
