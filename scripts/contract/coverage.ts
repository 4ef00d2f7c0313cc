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

/** Lists every message of the documents for each consumer and producer that has pacts about it. */
export function coverageOf(judged: readonly Judged[], specs: readonly SpecDocument[]): Coverage[] {
  return specs.flatMap(({ spec }) => {
    const own = judged.filter(({ linked }) => linked.read.spec === spec);
    const pairs = new Map(own.map((one) => [JSON.stringify(sidesOf(one)), sidesOf(one)]));
    const sides = pairs.size > 0 ? [...pairs.values()] : [undefined];
    return sides.flatMap((pair) =>
      spec.messages.map((message): Coverage => {
        const about = own.filter(
          (one) =>
            one.linked.message === message && JSON.stringify(sidesOf(one)) === JSON.stringify(pair),
        );
        return {
          document: spec.file,
          message: message.name,
          consumer: pair?.consumer,
          producer: pair?.producer,
          expected: about.filter(({ interaction }) => interaction.kind === 'message').length,
          sent: about.filter(({ interaction }) => interaction.kind === 'http').length,
          isRight: about.every(({ isRight }) => isRight),
          provedBy: (['consumer', 'producer'] as const).filter(
            (side) => about.length > 0 && about.every((one) => isProved(one, side)),
          ),
        };
      }),
    );
  });
}

/** Over HTTP the sender is Pact's consumer; of messages, it is Pact's provider. */
function sidesOf({ pact, interaction }: Judged): { consumer: string; producer: string } {
  const { consumer, provider } = pact;
  return interaction.kind === 'http'
    ? { consumer: provider, producer: consumer }
    : { consumer, producer: provider };
}

function isProved({ interaction, proofs }: Judged, side: Side): boolean {
  const hash = interactionHash(interaction.json);
  return proofs.some((proof) => proof.by === side && proof.interaction === hash);
}
