import type { Message } from '../spec/model.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { interactionHash, type Side } from './proofs.js';
import type { Judged } from './verify-pacts.js';

/** What pacts say about one message, and what stands behind them. */
export interface Coverage {
  readonly document: string;
  readonly message: string;
  /** The two sides; undefined where no pact is about the message. */
  readonly consumer: string | undefined;
  readonly producer: string | undefined;
  /** How many interactions are about it, in message pacts and in HTTP pacts. */
  readonly expected: number;
  readonly sent: number;
  /** Whether all of them agree with the document. */
  readonly isRight: boolean;
  /** Whose real code has handled or made each kind of interaction; neither: the schema only. */
  readonly provedBy: readonly Side[];
}

/** Tells whether an interaction is about the message. */
export function isCovered({ expected, sent }: Coverage): boolean {
  return expected + sent > 0;
}

/** Says what stands behind the interactions about a message. */
export function proofWords(one: Coverage): string {
  if (!isCovered(one)) return 'not covered';
  if (!one.isRight) return 'nothing: see the problems';
  if (one.provedBy.length === 0) return 'schema only';
  return one.provedBy.map((side) => `${side}'s code`).join(' and ');
}

/** Lists every message of the documents for each consumer and producer that has pacts about it. */
export function coverageOf(judged: readonly Judged[], specs: readonly SpecDocument[]): Coverage[] {
  return specs.flatMap(({ spec }) => {
    const pairs = pairsOf(judged.filter(({ linked }) => linked.read.spec === spec));
    return pairs.flatMap(({ consumer, producer, byMessage }) =>
      spec.messages.map((message): Coverage => {
        const about = byMessage.get(message) ?? [];
        const proved = about.map(sidesProved);
        return {
          document: spec.file,
          message: message.name,
          consumer,
          producer,
          expected: about.filter(({ interaction }) => interaction.kind === 'message').length,
          sent: about.filter(({ interaction }) => interaction.kind === 'http').length,
          isRight: about.every(({ isRight }) => isRight),
          provedBy: (['consumer', 'producer'] as const).filter(
            (side) => about.length > 0 && proved.every((sides) => sides.has(side)),
          ),
        };
      }),
    );
  });
}

/** A consumer and a producer, and what their pacts say by message; without names where there is no pact. */
interface Pair {
  readonly consumer: string | undefined;
  readonly producer: string | undefined;
  readonly byMessage: Map<Message, Judged[]>;
}

function pairsOf(judged: readonly Judged[]): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const one of judged) {
    const { consumer, producer } = sidesOf(one);
    const key = JSON.stringify([consumer, producer]);
    const pair = pairs.get(key) ?? { consumer, producer, byMessage: new Map() };
    pairs.set(key, pair);
    const { message } = one.linked;
    const about = pair.byMessage.get(message) ?? [];
    about.push(one);
    pair.byMessage.set(message, about);
  }
  return pairs.size > 0
    ? [...pairs.values()]
    : [{ consumer: undefined, producer: undefined, byMessage: new Map() }];
}

/** Over HTTP the sender is Pact's consumer; of messages, it is Pact's provider. */
export function sidesOf({ pact, interaction }: Judged): { consumer: string; producer: string } {
  const { consumer, provider } = pact;
  return interaction.kind === 'http'
    ? { consumer: provider, producer: consumer }
    : { consumer, producer: provider };
}

function sidesProved({ interaction, proofs }: Judged): Set<Side> {
  const hash = interactionHash(interaction.json);
  return new Set(proofs.filter((proof) => proof.interaction === hash).map(({ by }) => by));
}
