import type { Json, JsonObject } from '../spec/model.js';
import { checkNames } from './check-options.js';
import { contentsOf } from './contents.js';
import { jsonTypeOf, messageOf, openDocument, operationOf } from './document.js';
import { headersOf } from './headers.js';
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

/** What a handler is run with. */
export interface ExpectedDelivery<Name extends string, Payload> {
  readonly message: Name;
  /** The members that are needed, and no others: those that are left out are undefined, whatever their type says. */
  readonly payload: Payload;
  readonly headers: Readonly<Record<string, string>>;
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

/** Makes a consumer's pact with a producer: what its handlers need of messages, each proved by running the handler. */
export function messagePact<M extends readonly AnyMessage[]>(options: PactOptions): MessagePact<M> {
  const { consumer, producer, spec, cwd = process.cwd() } = options;
  checkNames({ spec, consumer, producer });
  const document = openDocument(spec, cwd);
  const run = new PactRun({ consumer, provider: producer }, 'consumer', options);
  return {
    finish: () => run.finish(),
    expect: (name, { description, given, operation, payload, headers }, handler) =>
      run.keep(description, async (folder) => {
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
            message: name,
            payload: made.payload as PayloadOf<M, typeof name>,
            headers: made.metadata,
          });
        });
        return contentType;
      }),
  };
}

/** Refuses contents that any delivery would satisfy: a producer that makes nothing at all would, too. */
function checkDemanding(contents: Json): void {
  const isEmpty = typeof contents === 'object' && contents !== null && isEmptyObject(contents);
  if (isEmpty || contents === '') {
    throw new TypeError('nothing is needed of the payload: any delivery would satisfy it');
  }
}

function isEmptyObject(contents: JsonObject | Json[]): boolean {
  const { value } = contents as JsonObject;
  const example = 'pact:matcher:type' in contents ? value : contents;
  return typeof example === 'object' && example !== null && Object.keys(example).length === 0;
}
