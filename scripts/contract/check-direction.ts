import { type Problem, problem } from '../problems/problem.js';
import { sidesOf } from './coverage.js';
import type { Judged } from './verify-pacts.js';

/**
 * Finds pacts whose two sides contradict each other. A document's `send` operations are what its owner produces, its
 * `receive` operations what the owner consumes: of two participants, each can't be the owner beside the other. Who the
 * owner is, no pact says, so a single pact can't be judged.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#operationObject
 */
export function checkDirections(judged: readonly Judged[]): Problem[] {
  const first = new Map<unknown, Map<string, Judged>>();
  const told = new Set<unknown>();
  return judged.flatMap((one) => {
    const { operation, read } = one.linked;
    const { consumer, producer } = sidesOf(one);
    const sides = operation.action === 'send' ? [producer, consumer] : [consumer, producer];
    const known = first.get(read) ?? new Map<string, Judged>();
    first.set(read, known);
    const key = JSON.stringify(sides);
    if (!known.has(key)) known.set(key, one);
    const opposite = known.get(JSON.stringify(sides.toReversed()));
    if (opposite === undefined || consumer === producer || told.has(one.pact)) return [];
    told.add(one.pact);
    const { pact, interaction } = opposite;
    const places = [
      one.pact.locate(one.interaction.pointer),
      pact.locate(interaction.pointer),
      read.locate(operation.pointer),
    ];
    return problem('pact.direction', { producer, consumer }, ...places);
  });
}
