import { isDeliveredStatus } from '../contract/delivered-status.js';
import type { JsonObject } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import type { Broker } from './broker.js';
import { checkHandlers, checkNames, checkUrl } from './check-options.js';
import { reasonOf } from './contract-broken.js';
import { messageOfInteraction, openDocument, type PactDocument } from './document.js';
import { forward } from './forward.js';
import { listenOnLoopback, type RawAnswer, type RawRequest } from './loopback.js';
import { TRANSPORT, verifyRequests } from './run-verifier.js';
import {
  demandsProof,
  missingCredentials,
  type SenderCredentials,
  signatureOf,
  spoiltSignatureOf,
} from './sender-credentials.js';
import { bringAbout, missingStates, type StateHandlers } from './state-handlers.js';
import { type Outcome, type Verified, verifyAll } from './verification.js';

/** What verifies a consumer: where it runs, and the pacts that it is to keep. */
export interface ConsumerOptions extends SenderCredentials {
  /** The document: a file, or a provider's name, as on the command line. */
  readonly spec: string;
  /** Who is verified. */
  readonly consumer: string;
  /** Whose requests; those of all producers where it is left out. */
  readonly producer?: string;
  /** The folder of pacts; `contracts/pacts` by default. */
  readonly pacts?: string;
  readonly cwd?: string;
  /** Where the consumer runs: paths of the pact follow it. */
  readonly url: string;
  readonly states?: StateHandlers;
  /** Where pacts come from in place of the folder, and where results go. */
  readonly broker?: Broker;
}

/** Tells the server between Pact and the consumer which interaction a request is of; the consumer never sees it. */
const MARK = 'x-webhook-contracts-interaction';

/**
 * Verifies that a running consumer takes what producers send: each request of the pacts is signed, over the very bytes
 * that reach it, and sent to it. Where the document demands credentials, the first request of each operation is sent
 * with spoilt ones before, which the consumer must refuse.
 * @throws {ContractBroken} where a pact does not agree with the document, the consumer answers otherwise than it says, a
 *   state is missing or throws, or there is nothing to verify
 */
export async function verifyConsumer(options: ConsumerOptions): Promise<Verified> {
  const { spec, consumer, producer, cwd = process.cwd(), states = {} } = options;
  checkNames({ spec, consumer, ...(producer === undefined ? {} : { producer }) });
  checkHandlers({ states });
  const url = checkUrl('url', options.url);
  const document = openDocument(spec, cwd);
  // Throws where they can't be meant, before anything is sent.
  await signatureOf(document, new Uint8Array(), options);
  const target: Target = { document, url, states, credentials: options };
  return verifyAll(
    {
      side: 'consumer',
      query: { provider: consumer, consumer: producer, kind: 'Synchronous/HTTP' },
      document,
      foresee: (interaction) => [
        ...missingStates(interaction, states),
        ...missingCredentials(document, messageOfInteraction(document, interaction), options),
      ],
      run: async (copy, outcomes) => {
        const server = await listenOnLoopback((request) => pass(target, request, outcomes));
        try {
          const interactions = outcomes.map(({ interaction }, index) =>
            marked(interaction.json, index),
          );
          const descriptions = outcomes.map(({ interaction }) => interaction.description);
          return await verifyRequests(consumer, { ...copy, interactions }, descriptions, server);
        } finally {
          await server.close();
        }
      },
    },
    options,
  );
}

/** Returns an interaction that says which one it is, and goes to the server directly. */
function marked(interaction: JsonObject, index: number): JsonObject {
  const request = isObject(interaction.request) ? interaction.request : {};
  const headers = isObject(request.headers) ? request.headers : {};
  return {
    ...interaction,
    transport: TRANSPORT,
    request: { ...request, headers: { ...headers, [MARK]: [String(index)] } },
  };
}

/** The consumer that requests are passed on to. */
interface Target {
  readonly document: PactDocument;
  readonly url: string;
  readonly states: StateHandlers;
  readonly credentials: SenderCredentials;
}

/** Brings about the states of a request's interaction, and sends it on; returns the consumer's answer. */
async function pass(
  target: Target,
  request: RawRequest,
  outcomes: readonly Outcome[],
): Promise<RawAnswer> {
  const { [MARK]: mark, ...headers } = request.headers;
  const outcome = outcomes[Number(mark?.[0] ?? -1)];
  if (outcome === undefined) return { status: 500, body: 'not a request of the pact' };
  const { interaction, problems } = outcome;
  outcome.isRun = true;
  const lack = await bringAbout(interaction, target.states);
  if (lack !== undefined) {
    problems.push(lack);
    return { status: 500 };
  }
  const isFirst =
    outcomes.find((one) => one.interaction.operation === interaction.operation) === outcome;
  try {
    const own = { ...request, headers };
    if (isFirst) problems.push(...(await acceptedSpoilt(target, own, outcome)));
    return problems.length > 0 ? { status: 500 } : await send(target, own, outcome);
  } catch (error) {
    problems.push(`the request could not be sent to ${target.url}: ${reasonOf(error)}`);
    return { status: 500 };
  }
}

/** Signs a request and sends it to the consumer, which must answer as the pact says. */
async function send(
  { document, url, credentials }: Target,
  request: RawRequest,
  { interaction, problems }: Outcome,
): Promise<RawAnswer> {
  const signature = await signatureOf(document, request.body, credentials);
  const answer = await forward(`${url}${request.target}`, withHeaders(request, signature));
  const expected = statusOf(interaction.json);
  if (answer.status !== expected) {
    const body = Buffer.from(answer.body ?? '')
      .toString('utf8')
      .trim()
      .slice(0, 500);
    const words = body === '' ? '' : `: ${body}`;
    problems.push(`the consumer answered ${answer.status}, expected is ${expected}${words}`);
  }
  return answer;
}

/** Sends a request whose credentials are spoilt, where the document demands some; says so where the consumer takes it. */
async function acceptedSpoilt(
  { document, url, credentials }: Target,
  request: RawRequest,
  { interaction }: Outcome,
): Promise<string[]> {
  if (!demandsProof(document, messageOfInteraction(document, interaction))) return [];
  const signature = await spoiltSignatureOf(document, request.body, credentials);
  const { status } = await forward(`${url}${request.target}`, withHeaders(request, signature));
  if (!isDeliveredStatus(document.spec.delivery, status)) return [];
  const names = Object.keys(signature).join(', ');
  return [
    `the consumer answered ${status} to this request with a wrong ${names}: it takes requests of anyone`,
  ];
}

/** Replaces credentials: those of the pact show their form, and prove nothing. */
function withHeaders(request: RawRequest, headers: RawRequest['headers']): RawRequest {
  return { ...request, headers: { ...request.headers, ...headers } };
}

function statusOf({ response }: JsonObject): number {
  const { status = 200 } = isObject(response ?? null) ? (response as JsonObject) : {};
  return Number(status);
}
