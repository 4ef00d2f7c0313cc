import { mayBeLeftOut } from '../generate/runtime/authentication.js';
import type { JsonObject } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import type { Broker } from './broker.js';
import { reasonOf } from './contract-broken.js';
import { openDocument, type PactDocument } from './document.js';
import { forward } from './forward.js';
import type { Interaction } from './interaction.js';
import { listenOnLoopback, type RawAnswer, type RawRequest } from './loopback.js';
import { TRANSPORT, verifyRequests } from './run-verifier.js';
import { bringAbout, missingStates, type StateHandlers } from './state-handlers.js';
import { type Outcome, type Verified, verifyAll } from './verification.js';

/** What requests are signed with: the options of a generated module's `sign`. */
export interface SenderCredentials {
  readonly secret?: string | Uint8Array | undefined;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

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
 * that reach it, and sent to it.
 * @throws {ContractBroken} where it answers otherwise than the pact says, a state is missing or throws, or there is
 *   nothing to verify
 */
export async function verifyConsumer(options: ConsumerOptions): Promise<Verified> {
  const { spec, consumer, producer, cwd = process.cwd(), url, states = {} } = options;
  const base = new URL(url).href.replace(/\/$/, '');
  const document = openDocument(spec, cwd);
  const query = { provider: consumer, consumer: producer, kind: 'Synchronous/HTTP' } as const;
  const foresee = (interaction: Interaction) => [
    ...missingStates(interaction, states),
    ...missingCredentials(document, interaction, options),
  ];
  return verifyAll('consumer', query, options, foresee, async (pact, outcomes) => {
    const server = await listenOnLoopback((request) =>
      pass(document, base, request, outcomes, states, options),
    );
    try {
      const descriptions = outcomes.map(({ interaction }) => interaction.description);
      const interactions = outcomes.map(({ interaction }, index) =>
        marked(interaction.json, index),
      );
      return await verifyRequests(consumer, { ...pact.json, interactions }, descriptions, server);
    } finally {
      await server.close();
    }
  });
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

/** Brings about the states of a request's interaction, signs it and sends it on; returns the consumer's answer. */
async function pass(
  document: PactDocument,
  base: string,
  request: RawRequest,
  outcomes: readonly Outcome[],
  states: StateHandlers,
  credentials: SenderCredentials,
): Promise<RawAnswer> {
  const { [MARK]: mark, ...headers } = request.headers;
  const outcome = outcomes[Number(mark?.[0] ?? -1)];
  if (outcome === undefined) return { status: 500, body: 'not a request of the pact' };
  const { interaction, problems } = outcome;
  outcome.isRun = true;
  if (problems.length > 0) return { status: 500 };
  const lack = await bringAbout(interaction, states);
  if (lack !== undefined) {
    problems.push(lack);
    return { status: 500 };
  }
  try {
    const signed = await signatureOf(document, request.body, credentials);
    const answer = await forward(`${base}${request.target}`, {
      ...request,
      headers: { ...headers, ...signed },
    });
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
  } catch (error) {
    problems.push(`the request could not be sent to ${base}: ${reasonOf(error)}`);
    return { status: 500 };
  }
}

/** Makes the headers that prove the origin of these bytes; they replace those of the pact, which prove nothing. */
async function signatureOf(
  { sign }: PactDocument,
  body: Uint8Array,
  credentials: SenderCredentials,
): Promise<Record<string, string[]>> {
  const options = given(credentials);
  if (Object.keys(options).length === 0) return {};
  const headers = await sign(body, options);
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]]),
  );
}

function given({ secret, token, headers }: SenderCredentials) {
  return {
    ...(secret === undefined ? {} : { secret }),
    ...(token === undefined ? {} : { token }),
    ...(headers === undefined ? {} : { headers }),
  };
}

function missingCredentials(
  { spec }: PactDocument,
  { message: name }: Interaction,
  credentials: SenderCredentials,
): string[] {
  const message = spec.messages.find((one) => one.name === name);
  if (name !== undefined && message === undefined) {
    return [`${spec.file} has no message ${JSON.stringify(name)}`];
  }
  const demanded = (message?.security ?? []).some((list) => !mayBeLeftOut(list, spec.credentials));
  if (!demanded || Object.keys(given(credentials)).length > 0) return [];
  return ['the document demands that requests prove their origin: give secret, token or headers'];
}

function statusOf({ response }: JsonObject): number {
  const { status = 200 } = isObject(response ?? null) ? (response as JsonObject) : {};
  return Number(status);
}
