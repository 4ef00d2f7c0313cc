import type { Json } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { breachesOf } from './breaches.js';
import type { Broker } from './broker.js';
import { checkHandlers, checkNames, checkOptions } from './check-options.js';
import { reasonOf } from './contract-broken.js';
import { messageOf, messageOfInteraction, openDocument, type PactDocument } from './document.js';
import { spelledAs } from './header-spelling.js';
import { type Interaction, identityOf, statesOf } from './interaction.js';
import type { AnyMessage, NameOf, PayloadOf } from './message-types.js';
import { type MessageSource, verifyMessages } from './run-verifier.js';
import type { NamedState } from './state.js';
import { bringAbout, missingHandler, missingStates, type StateHandlers } from './state-handlers.js';
import { type Verified, verifyAll } from './verification.js';

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

const OPTIONS: Readonly<Record<keyof ProducerOptions, true>> = {
  spec: true,
  producer: true,
  consumer: true,
  pacts: true,
  cwd: true,
  messages: true,
  states: true,
  broker: true,
};

/**
 * Verifies that a producer's code makes what consumers need: each message is made by it, compared with the pact, and
 * judged by the document, in which unknown members are none.
 * @throws {ContractBroken} where a pact does not agree with the document, or anything else is wrong, a handler is missing
 *   or throws, or there is nothing to verify
 */
export async function verifyProducer<M extends readonly AnyMessage[]>(
  options: ProducerOptions<M>,
): Promise<Verified> {
  checkOptions('verifyProducer', options, OPTIONS);
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
          const { message, problems } = await make(
            document,
            outcome.interaction,
            producers,
            states,
          );
          outcome.problems.push(...problems);
          if (message === undefined) throw new Error(problems.join('\n'));
          return message;
        });
      },
    },
    options,
  );
}

/** A message that was made, as far as that succeeded, and what is wrong. */
interface Made {
  readonly message?: Awaited<ReturnType<MessageSource>>;
  readonly problems: readonly string[];
}

/** Makes the message of an interaction by the producer's code, once its states are brought about. */
async function make(
  document: PactDocument,
  interaction: Interaction,
  producers: Producers,
  states: StateHandlers,
): Promise<Made> {
  const message = messageOfInteraction(document, interaction);
  const produce = message === undefined ? undefined : producers[message.name];
  if (message === undefined || produce === undefined) {
    return { problems: missingMessage(document, interaction, producers) };
  }
  const lack = await bringAbout(interaction, states);
  if (lack !== undefined) return { problems: [lack] };
  try {
    const { description, states: named } = interaction;
    const produced = await produce({ description, states: named });
    const text = JSON.stringify(produced?.payload);
    if (text === undefined) {
      return { problems: [`the handler of ${message.name} returned no payload`] };
    }
    const headers = produced.headers ?? {};
    const { metadata = null } = interaction.json;
    // What is judged is what would be sent, in which members that are undefined are not.
    const breaches = breachesOf(document, message, JSON.parse(text) as Json, headers);
    return {
      message: {
        body: Buffer.from(text),
        contentType: message.contentType ?? 'application/json',
        // As the pact spells them.
        metadata: spelledAs(Object.keys(isObject(metadata) ? metadata : {}), headers),
      },
      problems: breaches.map((breach) => `what was made ${breach}`),
    };
  } catch (error) {
    return { problems: [`the handler of ${message.name} failed: ${reasonOf(error)}`] };
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
