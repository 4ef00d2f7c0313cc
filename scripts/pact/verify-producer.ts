import { closestName } from '../spec/closest-name.js';
import type { Json, Message } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { breachesOf } from './breaches.js';
import type { Broker } from './broker.js';
import { reasonOf } from './contract-broken.js';
import { openDocument, type PactDocument } from './document.js';
import { type Interaction, identityOf, statesOf } from './interaction.js';
import { verifyMessages } from './run-verifier.js';
import type { NamedState } from './state.js';
import { bringAbout, missingStates, type StateHandlers } from './state-handlers.js';
import { type Outcome, type Verified, verifyAll } from './verification.js';

/** What a producer's code has made: what it would send. */
export interface Produced {
  readonly payload: unknown;
  /** Without credentials. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes a message as the producer's code does. */
export type Producing = (asked: {
  readonly description: string;
  readonly states: readonly NamedState[];
}) => Produced | Promise<Produced>;

/** What verifies a producer: its code, and the pacts that it is to keep. */
export interface ProducerOptions {
  /** The document: a file, or a provider's name, as on the command line. */
  readonly spec: string;
  /** Who is verified. */
  readonly producer: string;
  /** Whose needs; those of all consumers where it is left out. */
  readonly consumer?: string;
  /** The folder of pacts; `contracts/pacts` by default. */
  readonly pacts?: string;
  readonly cwd?: string;
  /** The producer's code, by the names of messages. */
  readonly messages: Readonly<Record<string, Producing>>;
  readonly states?: StateHandlers;
  /** Where pacts come from in place of the folder, and where results go. */
  readonly broker?: Broker;
}

/**
 * Verifies that a producer's code makes what consumers need: each message is made by it, compared with the pact, and
 * judged by the document, in which unknown members are none.
 * @throws {ContractBroken} where anything is wrong, a handler is missing or throws, or there is nothing to verify
 */
export async function verifyProducer(options: ProducerOptions): Promise<Verified> {
  const { spec, producer, consumer, cwd = process.cwd(), messages, states = {} } = options;
  const document = openDocument(spec, cwd);
  checkNames(document, Object.keys(messages));
  const query = { provider: producer, consumer, kind: 'Asynchronous/Messages' } as const;
  const foresee = (interaction: Interaction) => [
    ...missingStates(interaction, states),
    ...missingMessage(document, interaction, messages),
  ];
  return verifyAll('producer', query, options, foresee, (pact, outcomes) => {
    const byIdentity = new Map(
      outcomes.map((outcome) => [
        identityOf(outcome.interaction.description, outcome.interaction.states),
        outcome,
      ]),
    );
    const copy = {
      ...pact.json,
      interactions: outcomes.map(({ interaction }) => interaction.json),
    };
    const descriptions = outcomes.map(({ interaction }) => interaction.description);
    return verifyMessages(producer, copy, descriptions, async (asked) => {
      const outcome = byIdentity.get(identityOf(asked.description, statesOf(asked.providerStates)));
      if (outcome === undefined) throw new Error('Pact asks for what is not in the pact');
      outcome.isRun = true;
      const made = await make(document, outcome, messages, states);
      if (made === undefined) throw new Error(outcome.problems.join('\n'));
      return made;
    });
  });
}

/** Makes the message of an interaction; undefined, with the reason among its problems, where that fails. */
async function make(
  document: PactDocument,
  { interaction, problems }: Outcome,
  producers: ProducerOptions['messages'],
  states: StateHandlers,
) {
  if (problems.length > 0) return undefined;
  const message = messageOfInteraction(document, interaction);
  const produce = message === undefined ? undefined : producers[message.name];
  if (message === undefined || produce === undefined) return undefined;
  const lack = await bringAbout(interaction, states);
  if (lack !== undefined) {
    problems.push(lack);
    return undefined;
  }
  try {
    const produced = await produce({
      description: interaction.description,
      states: interaction.states,
    });
    const text = JSON.stringify(produced?.payload);
    if (text === undefined) {
      problems.push(`the handler of ${message.name} returned no payload`);
      return undefined;
    }
    const headers = produced.headers ?? {};
    // What is judged is what would be sent, in which members that are undefined are not.
    const breaches = breachesOf(document, message, JSON.parse(text) as Json, headers);
    problems.push(...breaches.map((breach) => `what was made ${breach}`));
    return {
      body: Buffer.from(text),
      contentType: message.contentType ?? 'application/json',
      metadata: spelledAs(interaction, headers),
    };
  } catch (error) {
    problems.push(`the handler of ${message.name} failed: ${reasonOf(error)}`);
    return undefined;
  }
}

/** Names headers as the pact does: Pact tells their cases apart, HTTP does not. */
function spelledAs(
  { json }: Interaction,
  headers: Readonly<Record<string, string>>,
): Record<string, string> {
  const spelled = Object.keys(isObject(json.metadata) ? json.metadata : {});
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      spelled.find((known) => known.toLowerCase() === name.toLowerCase()) ?? name,
      value,
    ]),
  );
}

/** Finds the message of an interaction: the one that it names, or the only one of its operation. */
function messageOfInteraction(
  { spec }: PactDocument,
  { message, operation }: Interaction,
): Message | undefined {
  const names = spec.operations.find(({ id }) => id === operation)?.messages ?? [];
  const name = message ?? (names.length === 1 ? names[0] : undefined);
  return spec.messages.find((one) => one.name === name);
}

function missingMessage(
  document: PactDocument,
  interaction: Interaction,
  producers: ProducerOptions['messages'],
): string[] {
  const message = messageOfInteraction(document, interaction);
  if (message === undefined) {
    const { message: name } = interaction;
    return [
      name === undefined
        ? 'it does not say which message it is about (comments.references.AsyncAPI.messageId)'
        : `${document.spec.file} has no message ${JSON.stringify(name)}`,
    ];
  }
  return Object.hasOwn(producers, message.name)
    ? []
    : [`no handler makes the message ${JSON.stringify(message.name)}`];
}

function checkNames({ spec }: PactDocument, names: readonly string[]): void {
  const known = spec.messages.map(({ name }) => name);
  const stray = names.find((name) => !known.includes(name));
  if (stray === undefined) return;
  const suggestion = closestName(stray, known);
  const hint = suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`;
  throw new TypeError(`${spec.file} has no message ${JSON.stringify(stray)}${hint}`);
}
