import { type Problem, problem } from '../problems/problem.js';
import type { Interaction, Pact } from './pact.js';

/**
 * Says which values can't be judged because Pact replaces them, when code is run, by others than the file has.
 * https://github.com/pact-foundation/pact-specification/tree/version-4#generators
 */
export function checkGenerators({ locate }: Pact, { generators }: Interaction): Problem[] {
  const reason = 'Pact generates it anew for each run';
  const mend = 'give an example value in place of the generator';
  return generators.map(({ part, pointer }) =>
    problem('pact.unjudged', { what: `what stands in the ${part}`, reason, mend }, locate(pointer)),
  );
}
