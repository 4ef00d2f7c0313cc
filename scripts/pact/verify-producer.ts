import type { Json } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { breachesOf } from './breaches.js';
import type { Broker } from './broker.js';
import { checkHandlers, checkNames } from './check-options.js';
import { reasonOf } from './contract-broken.js';
import { messageOf, messageOfInteraction, openDocument, type PactDocument } from './document.js';
import { spelledAs } from './header-spelling.js';
import { type Interaction, identityOf, statesOf } from './interaction.js';
import type { AnyMessage, NameOf, PayloadOf } from './message-types.js';
import { verifyMessages } from './run-verifier.js';
import type { NamedState } from './state.js';
import { bringAbout, missingHandler, missingStates, type StateHandlers } from './state-handlers.js';
import { type Outcome, type Verified, verifyAll } from './verification.js';

/** What a producer's code has made: what it would send. */
export interface Produced<Payload = unknown> {
  readonly payload: Payload;
  /** Without credentials. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes a message as the producer's code does. */
export type Producing<Payload = unknown> = (asked: {
  readonly description: string;
  readonly states: readonly NamedState[];
}) => Produced<Payload> | Promise<Produced<Payload>>;

/** A producer's code, by the names of messages, which the types of a generated module's `messages` know. */
export type Producers<M extends readonly AnyMessage[] = readonly AnyMessage[]> =
  string extends NameOf<M>
    ? Readonly<Record<string, Producing>>
    : { readonly [N in NameOf<M>]?: Producing<PayloadOf<M, N>> };

/** What verifies a producer: its code, and the pacts that it is to keep. */
export interface ProducerOptions<M extends readonly AnyMessage[] = readonly AnyMessage[]> {
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
  readonly messages: Producers<M>;
  readonly states?: StateHandlers;
  /** Where pacts come from in place of the folder, and where results go. */
  readonly broker?: Broker;
}

/**
 * Verifies that a producer's code makes what consumers need: each message is made by it, compared with the pact, and
 * judged by the document, in which unknown members are none.
 * @throws {ContractBroken} where a pact does not agree with the document, or anything else is wrong, a handler is missing
 *   or throws, or there is nothing to verify
 */
export async function verifyProducer<M extends readonly AnyMessage[]>(
  options: ProducerOptions<M>,
): Promise<Verified> {
  const { spec, producer, consumer, cwd = process.cwd(), messages, states = {} } = options;
  checkNames({ spec, producer, ...(consumer === undefined ? {} : { consumer }) });
  checkHandlers({ messages, states });
  const producers = messages as Producers;
  const document = openDocument(spec, cwd);
  for (const name of Object.keys(messages)) messageOf(document, name);
  return verifyAll(
    {
      side: 'producer',
      query: { provider: producer, consumer, kind: 'Asynchronous/Messages' },
      document,
      foresee: (interaction) => [
        ...missingStates(interaction, states),
        ...missingMessage(document, interaction, producers),
      ],
      run: (copy, outcomes) => {
        const byIdentity = new Map(
          outcomes.map((outcome) => [
            identityOf(outcome.interaction.description, outcome.interaction.states),
            outcome,
          ]),
        );
        const descriptions = outcomes.map(({ interaction }) => interaction.description);
        return verifyMessages(producer, copy, descriptions, async (asked) => {
          const identity = identityOf(asked.description, statesOf(asked.providerStates));
          const outcome = byIdentity.get(identity);
          if (outcome === undefined) throw new Error('Pact asks for what is not in the pact');
          outcome.isRun = true;
          const made = await make(document, outcome, producers, states);
          if (made === undefined) throw new Error(outcome.problems.join('\n'));
          return made;
        });
      },
    },
    options,
  );
}

/** Makes the message of an interaction; undefined, with the reason among its problems, where that fails. */
async function make(
  document: PactDocument,
  { interaction, problems }: Outcome,
  producers: Producers,
  states: StateHandlers,
) {
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
    const { metadata = null } = interaction.json;
    // What is judged is what would be sent, in which members that are undefined are not.
    const breaches = breachesOf(document, message, JSON.parse(text) as Json, headers);
    problems.push(...breaches.map((breach) => `what was made ${breach}`));
    return {
      body: Buffer.from(text),
      contentType: message.contentType ?? 'application/json',
      // As the pact spells them.
      metadata: spelledAs(Object.keys(isObject(metadata) ? metadata : {}), headers),
    };
  } catch (error) {
    problems.push(`the handler of ${message.name} failed: ${reasonOf(error)}`);
    return undefined;
  }
}

function missingMessage(
  document: PactDocument,
  interaction: Interaction,
  producers: Producers,
): string[] {
  const message = messageOfInteraction(document, interaction);
  if (message === undefined) {
    return ['it does not say which message it is about (comments.references.AsyncAPI.messageId)'];
  }
  const { name } = message;
  return missingHandler(producers, name, `no handler makes the message ${JSON.stringify(name)}`);
}
