import { setTimeout } from 'node:timers/promises';
import { isDeliveredStatus } from '../contract/delivered-status.js';
import { undocumentedMembers } from '../judge/undocumented.js';
import type { Json, Message, Operation } from '../spec/model.js';
import { breachesOf } from './breaches.js';
import { ContractBroken, reasonOf } from './contract-broken.js';
import { borneCredentials, formRules } from './credential-headers.js';
import { jsonTypeOf, messageOf, openDocument, operationOf, type PactDocument } from './document.js';
import { forward } from './forward.js';
import { holdsReserved } from './given.js';
import { listenOnLoopback, type RawAnswer, type RawRequest } from './loopback.js';
import type { Expectation, PactOptions } from './message-pact.js';
import type { AnyMessage, NameOf, PayloadOf } from './message-types.js';
import { PactRun } from './pact-run.js';
import { type ExpectedRequest, type InteractionHead, runHttpTest } from './run-pact.js';
import { namedStates } from './state.js';

/** What a receiver is told to authenticate requests by: the options of a generated module's `receiver`. */
export interface ReceiverCredentials {
  readonly secrets?: readonly (string | Uint8Array | undefined)[];
  readonly tokens?: readonly (string | undefined)[];
  readonly headers?: Readonly<Record<string, readonly (string | undefined)[]>>;
  /** Gives up credentials that can't be judged by headers and body. */
  readonly dangerouslyAcceptUnauthenticated?: true;
}

/** The request that a producer is to send. */
export interface RequestExpectation<Payload> extends Expectation {
  /** The whole body. */
  readonly payload: Payload;
  /** Headers beside the content type and credentials. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What it is answered with; by default what a receiver would answer. */
  readonly status?: number;
}

/** A producer's part of a pact in the making. */
export interface HttpPact<M extends readonly AnyMessage[]> {
  /**
   * Lets `send` deliver to a URL of this machine. The request must be the one that is expected, authentic, and valid by
   * the document, without members that it does not know; it is answered with the status expected.
   * @throws {ContractBroken} where it is not, or `send` throws; nothing is kept then
   */
  deliver<N extends NameOf<M>>(
    message: N,
    expectation: RequestExpectation<PayloadOf<M, N>>,
    send: (url: string) => unknown,
  ): Promise<void>;
  /**
   * Writes the pact: exactly the interactions of this run. Call it once, after all tests.
   * @throws {ContractBroken} where any failed, or there was none; the file stays as it was
   */
  finish(): Promise<void>;
}

/** Makes a producer's pact with a consumer: the requests that its code sends, each proved by sending it. */
export function httpPact<M extends readonly AnyMessage[]>(
  options: PactOptions & ReceiverCredentials,
): HttpPact<M> {
  const { consumer, producer, spec, cwd = process.cwd() } = options;
  const document = openDocument(spec, cwd);
  const receive = document.receiver(credentialOptions(options));
  const run = new PactRun({ consumer: producer, provider: consumer }, 'producer', options);
  return {
    finish: () => run.finish(),
    deliver: (name, expectation, send) =>
      run.keep(expectation.description, async (folder) => {
        const expected = expectedOf(document, name, expectation);
        const named = Object.keys(options.headers ?? {});
        const head = {
          consumer: producer,
          provider: consumer,
          description: expectation.description,
          states: namedStates(expectation.given),
          operation: expected.operation.id,
          message: name,
        };
        await watch(expected.path, send, async (request) => {
          const refusal = await refusalOf(document, expected.message, request, receive);
          if (refusal.problems.length > 0) return refusal;
          const { headers, body: payload } = expected;
          const borne = borneCredentials(document.spec, expected.message, named, (header) =>
            Object.hasOwn(request.headers, header),
          );
          const { method, path, status } = expected;
          const rules = { ...headers, 'Content-Type': expected.contentType, ...formRules(borne) };
          const wanted = { method, path, headers: rules, payload, status };
          return match(folder, head, wanted, request);
        });
        return expected.contentType;
      }),
  };
}

/** How often Pact is asked about a request that it has matched. */
const ATTEMPTS = 10;

/**
 * Lets Pact match a request, by sending it on to Pact's own server. That answers before it has noted the match, and
 * its test may look in between, finding no request: then it is asked again. The sender sends once all the same.
 */
async function match(
  folder: string,
  head: InteractionHead,
  expected: ExpectedRequest,
  request: RawRequest,
): Promise<{ problems: readonly string[]; status: number }> {
  let answer: RawAnswer = { status: 500 };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await runHttpTest(folder, head, expected, async (url) => {
        answer = await forward(`${url}${request.target}`, request);
        if (attempt > 1) await setTimeout(10 * attempt);
      });
      return { problems: [], status: answer.status };
    } catch (error) {
      // A request that does not match is answered with 500, which is never expected.
      if (answer.status === expected.status && attempt < ATTEMPTS) continue;
      return { problems: [reasonOf(error)], status: answer.status };
    }
  }
}

interface ExpectedDelivery {
  readonly message: Message;
  readonly operation: Operation;
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly status: number;
}

function expectedOf(
  document: PactDocument,
  name: string,
  { operation: id, payload, headers = {}, status }: RequestExpectation<unknown>,
): ExpectedDelivery {
  const message = messageOf(document, name);
  const operation = operationOf(document, name, id);
  const answered = status ?? document.statuses.accepted;
  if (answered === 500 || !isDeliveredStatus(document.spec.delivery, answered)) {
    throw new TypeError(`the status ${answered} does not count as delivered by the document`);
  }
  const stray = Object.keys(headers).find((one) => one.toLowerCase() === 'content-type');
  if (stray !== undefined) throw new TypeError(`${stray} is the document's to say`);
  if (holdsReserved(payload)) throw new TypeError('the payload holds a name that Pact reserves');
  const breaches = breachesOf(document, message, payload as Json, headers);
  if (breaches.length > 0) {
    throw new ContractBroken(breaches.map((breach) => `the delivery expected ${breach}`));
  }
  const contentType = jsonTypeOf(message);
  return {
    message,
    operation,
    method: operation.method ?? 'POST',
    path: pathOf(operation),
    contentType,
    headers,
    body: payload,
    status: answered,
  };
}

/** Returns the path of a delivery: the channel's address below the server's path; `/` where only the consumer knows. */
function pathOf({ address, basePaths, id }: Operation): string {
  if (address === undefined) return '/';
  if (/[{}]/.test(address)) {
    throw new TypeError(`the address ${address} of ${id} has parameters, which is not supported`);
  }
  return `${basePaths[0] ?? ''}${address}`;
}

/** Says what is wrong with a request by the document, and how it is answered: it must be the message, authentic, valid, without strangers. */
async function refusalOf(
  { document, statuses }: PactDocument,
  message: Message,
  request: RawRequest,
  receive: ReturnType<PactDocument['receiver']>,
): Promise<{ problems: readonly string[]; status: number }> {
  const received = await receive({ headers: request.headers, body: request.body });
  if (received.kind !== 'message') {
    const problems = (received.problems ?? []).map(
      ({ text, path }) => `the request is refused: ${text}${path === '' ? '' : ` (${path})`}`,
    );
    return {
      problems: problems.length > 0 ? problems : ['the request is no message of the document'],
      status: received.status,
    };
  }
  if (received.message !== message.name) {
    const problems = [`the request is ${received.message}, not ${message.name}`];
    return { problems, status: statuses.invalid };
  }
  const strangers = undocumentedMembers(document, message.payload?.json, received.payload as Json);
  const problems = strangers.map((pointer) => `the document does not know the member ${pointer}`);
  return { problems, status: statuses.invalid };
}

/** Runs `send` with the URL of a server whose first request is judged; throws what is wrong with it all. */
async function watch(
  path: string,
  send: (url: string) => unknown,
  judge: (request: RawRequest) => Promise<{ problems: readonly string[]; status: number }>,
): Promise<void> {
  const problems: string[] = [];
  let requests = 0;
  const server = await listenOnLoopback(async (request) => {
    requests += 1;
    if (requests > 1) return { status: 500, body: 'one request is expected' };
    const found = await judge(request).catch((error) => ({
      problems: [reasonOf(error)],
      status: 500,
    }));
    problems.push(...found.problems);
    return { status: found.status, body: found.problems.join('\n') };
  });
  try {
    await send(`${server.url}${path}`);
  } catch (error) {
    problems.push(`send failed: ${reasonOf(error)}`);
  } finally {
    await server.close();
  }
  if (requests === 0) problems.push('no request was sent');
  if (requests > 1) problems.push(`${requests} requests were sent: one is expected`);
  if (problems.length > 0) throw new ContractBroken(problems);
}

function credentialOptions(options: ReceiverCredentials): Record<string, unknown> {
  const names = ['secrets', 'tokens', 'headers', 'dangerouslyAcceptUnauthenticated'] as const;
  return Object.fromEntries(
    names.flatMap((name) => (Object.hasOwn(options, name) ? [[name, options[name]]] : [])),
  );
}
