import { isDeliveredStatus } from '../contract/delivered-status.js';
import { undocumentedMembers } from '../judge/undocumented.js';
import type { Json, Message, Operation } from '../spec/model.js';
import { breachesOf } from './breaches.js';
import { checkNames, checkOptions } from './check-options.js';
import { ContractBroken, inOneLine } from './contract-broken.js';
import { credentialsBorne, formRules } from './credential-headers.js';
import { jsonTypeOf, messageOf, openDocument, operationOf, type PactDocument } from './document.js';
import { holdsReserved, isReadAsRule } from './given-values.js';
import type { RawRequest } from './loopback.js';
import { matchRequest } from './match-request.js';
import { EXPECTATION, type Expectation, PACT_OPTIONS, type PactOptions } from './message-pact.js';
import type { AnyMessage, NameOf, PayloadOf } from './message-types.js';
import { PactRun } from './pact-run.js';
import type { ExpectedRequest } from './run-pact.js';
import { namedStates } from './state.js';
import { type Judgement, watchRequest } from './watch-request.js';

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
  checkOptions('httpPact', options, { ...PACT_OPTIONS, ...CREDENTIALS });
  const { consumer, producer, spec, cwd = process.cwd() } = options;
  checkNames({ spec, consumer, producer });
  const document = openDocument(spec, cwd);
  const receive = document.receiver(credentialOptions(options));
  const named = Object.keys(options.headers ?? {});
  const run = new PactRun({ consumer: producer, provider: consumer }, 'producer', options);
  return {
    finish: () => run.finish(),
    deliver: (name, expectation, send) =>
      run.keep(name, expectation, async (folder) => {
        checkOptions('deliver', expectation, DELIVERY);
        const { description } = expectation;
        const { message, operation, contentType, request } = planOf(document, name, expectation);
        const head = {
          consumer: producer,
          provider: consumer,
          description,
          states: namedStates(expectation.given),
          operation: operation.id,
          message: name,
        };
        await watchRequest(request.path, send, async (sent) => {
          const refusal =
            misdirected(request, sent) ?? (await refusalOf(document, message, sent, receive));
          if (refusal !== undefined) return refusal;
          const borne = credentialsBorne(document.spec, message, named, (header) =>
            Object.hasOwn(sent.headers, header),
          );
          const proofs = formRules(borne.flatMap(({ headers }) => headers));
          const expected = { ...request, headers: { ...request.headers, ...proofs } };
          return matchRequest(folder, head, expected, withTypeSpelledAs(contentType, sent));
        });
        return contentType;
      }),
  };
}

const CREDENTIALS: Readonly<Record<keyof ReceiverCredentials, true>> = {
  secrets: true,
  tokens: true,
  headers: true,
  dangerouslyAcceptUnauthenticated: true,
};

const DELIVERY: Readonly<Record<keyof RequestExpectation<unknown>, true>> = {
  ...EXPECTATION,
  payload: true,
  headers: true,
  status: true,
};

/** What a producer is to send, and what that is to the document. */
interface DeliveryPlan {
  readonly message: Message;
  readonly operation: Operation;
  readonly contentType: string;
  /** Without credentials. */
  readonly request: ExpectedRequest;
}

function planOf(
  document: PactDocument,
  name: string,
  { operation: id, payload, headers = {}, status }: RequestExpectation<unknown>,
): DeliveryPlan {
  const message = messageOf(document, name);
  const operation = operationOf(document, name, id);
  const answered = status ?? document.statuses.accepted;
  if (answered === 500 || !isDeliveredStatus(document.spec.delivery, answered)) {
    throw new TypeError(`the status ${answered} does not count as delivered by the document`);
  }
  const stray = Object.keys(headers).find((one) => one.toLowerCase() === 'content-type');
  if (stray !== undefined) throw new TypeError(`${stray} is the document's to say`);
  const rule = Object.entries(headers).find(([, value]) => isReadAsRule(value));
  if (rule !== undefined) {
    throw new TypeError(
      `the header ${rule[0]}: Pact takes a JSON object for a rule, not for a text`,
    );
  }
  if (holdsReserved(payload)) throw new TypeError('the payload holds a name that Pact reserves');
  const breaches = breachesOf(document, message, payload as Json, headers);
  if (breaches.length > 0) {
    throw new ContractBroken(breaches.map((breach) => `the delivery expected ${breach}`));
  }
  const contentType = jsonTypeOf(message);
  const request = {
    method: operation.method ?? 'POST',
    path: pathOf(operation),
    headers: { ...headers, 'Content-Type': contentType },
    payload,
    status: answered,
  };
  return { message, operation, contentType, request };
}

/** Returns the path of a delivery: the channel's address below the server's path; `/` where only the consumer knows. */
function pathOf({ address, basePaths, id }: Operation): string {
  if (address === undefined) return '/';
  if (/[{}]/.test(address)) {
    throw new TypeError(`the address ${address} of ${id} has parameters, which is not supported`);
  }
  return `${basePaths[0] ?? ''}${address}`;
}

/** Says that a request went elsewhere than expected, if so. */
function misdirected({ method, path }: ExpectedRequest, sent: RawRequest): Judgement | undefined {
  const [expected, found] = [`${method} ${path}`, `${sent.method} ${sent.target}`];
  if (found === expected) return undefined;
  return {
    problems: [inOneLine({ text: 'the request went elsewhere', expected, found })],
    status: 404,
  };
}

/** Says what is wrong with a request by the document: it must be the message, authentic, valid, without strangers. */
async function refusalOf(
  { document, statuses }: PactDocument,
  message: Message,
  request: RawRequest,
  receive: ReturnType<PactDocument['receiver']>,
): Promise<Judgement | undefined> {
  const received = await receive({ headers: request.headers, body: request.body });
  if (received.kind !== 'message') {
    const problems = (received.problems ?? []).map(
      ({ in: part, path, ...words }) =>
        `the request is refused: ${inOneLine({ ...words, place: `${part} ${path}`.trimEnd() })}`,
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
  return problems.length === 0 ? undefined : { problems, status: statuses.invalid };
}

/** Writes the media type of a request as the document does: its letters may be of either case, for Pact they may not. */
function withTypeSpelledAs(expected: string, request: RawRequest): RawRequest {
  const { 'content-type': types, ...headers } = request.headers;
  if (types === undefined) return request;
  const [known = ''] = /^[^;\s]*/.exec(expected) ?? [];
  const spelled = types.map((type) =>
    type.toLowerCase().startsWith(known.toLowerCase()) ? known + type.slice(known.length) : type,
  );
  return { ...request, headers: { ...headers, 'content-type': spelled } };
}

function credentialOptions(options: ReceiverCredentials): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => Object.hasOwn(CREDENTIALS, name)),
  );
}
