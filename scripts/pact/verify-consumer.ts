import type { JsonObject } from '../spec/model.js';
import { isObject, member } from '../spec/positions.js';
import type { Broker } from './broker.js';
import { checkHandlers, checkNames, checkOptions, checkUrl } from './check-options.js';
import { reasonOf } from './contract-broken.js';
import { messageOfInteraction, openDocument, type PactDocument } from './document.js';
import { forgeriesOf, notRefused } from './forgeries.js';
import { forward } from './forward.js';
import type { Interaction } from './interaction.js';
import { listenOnLoopback, type RawAnswer, type RawRequest } from './loopback.js';
import { missingCredentials } from './missing-credentials.js';
import { TRANSPORT, verifyRequests } from './run-verifier.js';
import {
  credentialsOf,
  type SenderCredentials,
  signatureOf,
  withCredentials,
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
  /** Where the consumer runs: paths of the pact follow it; a path that is `/` is this very address. */
  readonly url: string;
  readonly states?: StateHandlers;
  /** Where pacts come from in place of the folder, and where results go. */
  readonly broker?: Broker;
}

const OPTIONS: Readonly<Record<keyof ConsumerOptions, true>> = {
  spec: true,
  consumer: true,
  producer: true,
  pacts: true,
  cwd: true,
  url: true,
  secret: true,
  token: true,
  headers: true,
  states: true,
  broker: true,
};

/** Tells the server between Pact and the consumer which interaction a request is of; the consumer never sees it. */
const MARK = 'x-webhook-contracts-interaction';

/**
 * Verifies that a running consumer takes what producers send: each request of the pacts is signed, over the very bytes
 * that reach it, and sent to it. Before the first request of each message, forgeries of it are sent, which the consumer
 * must refuse: for all that the document demands one with wrong credentials, and one without.
 * @throws {ContractBroken} where a pact does not agree with the document, the consumer answers otherwise than it says, a
 *   state is missing or throws, or there is nothing to verify
 */
export async function verifyConsumer(options: ConsumerOptions): Promise<Verified> {
  checkOptions('verifyConsumer', options, OPTIONS);
  const { spec, consumer, producer, cwd = process.cwd(), states = {} } = options;
  checkNames({ spec, consumer, ...(producer === undefined ? {} : { producer }) });
  checkHandlers({ states });
  const url = checkUrl('url', options.url);
  const document = openDocument(spec, cwd);
  // Throws where they can't be meant, before anything is sent.
  const signable = new Set(Object.keys(await signatureOf(document, new Uint8Array(), options)));
  const target: Target = { document, url, states, credentials: options };
  return verifyAll(
    {
      side: 'consumer',
      query: { provider: consumer, consumer: producer, kind: 'Synchronous/HTTP' },
      document,
      foresee: (interaction) => [
        ...missingStates(interaction, states),
        ...missingOptions(target, interaction, signable),
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
  const isFirst = outcomes.find((one) => isOfOneKind(one.interaction, interaction)) === outcome;
  try {
    return await send(target, { ...request, headers }, outcome, isFirst);
  } catch (error) {
    problems.push(`the request could not be sent to ${target.url}: ${reasonOf(error)}`);
    return { status: 500 };
  }
}

/** Tells whether two interactions are about the same message of the same operation. */
function isOfOneKind(one: Interaction, other: Interaction): boolean {
  return one.operation === other.operation && one.message === other.message;
}

/** Signs a request and sends it to the consumer, which must answer as the pact says; its forgeries before, if asked. */
async function send(
  { document, url, credentials }: Target,
  request: RawRequest,
  { interaction, problems }: Outcome,
  withForgeries: boolean,
): Promise<RawAnswer> {
  const address = addressOf(url, request.target);
  const message = messageOfInteraction(document, interaction);
  const names = Object.keys(request.headers);
  const borne = message === undefined ? [] : credentialsOf(document, message, names, credentials);
  const signature = await signatureOf(document, request.body, credentials);
  const signed = withCredentials(request, borne, signature);
  if (withForgeries && message !== undefined) {
    for (const one of await forgeriesOf(document, message, signed, borne, credentials)) {
      problems.push(...(await notRefused(document, address, one)));
    }
    if (problems.length > 0) return { status: 500 };
  }
  const answer = await forward(address, signed);
  const expected = Number(member(interaction.json.response, 'status'));
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

/** Returns where a request goes: routers tell `/hooks` from `/hooks/`, so no slash is added where it has no path. */
function addressOf(url: string, target: string): string {
  return /^\/(?:\?|$)/.test(target) ? url + target.slice(1) : url.replace(/\/$/, '') + target;
}

/** Says which credentials a request of the pact bears that no option is given for. */
function missingOptions(
  { document, credentials }: Target,
  interaction: Interaction,
  signable: ReadonlySet<string>,
): string[] {
  const message = messageOfInteraction(document, interaction);
  if (message === undefined) return [];
  const headers = member(interaction.json.request, 'headers');
  const names = Object.keys(isObject(headers) ? headers : {});
  const borne = credentialsOf(document, message, names, credentials);
  return missingCredentials(document, message, borne, signable);
}
