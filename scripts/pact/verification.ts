import type { Side } from '../contract/proofs.js';
import type { JsonObject } from '../spec/model.js';
import { type Broker, pactsFromBroker, publishResults } from './broker.js';
import { ContractBroken } from './contract-broken.js';
import type { Interaction } from './interaction.js';
import { type PactQuery, type PactToVerify, readPacts } from './pacts-to-verify.js';
import type { PactVerdict } from './run-verifier.js';
import { writeProofs } from './write-proofs.js';

/** What a verification has proved. */
export interface Verified {
  /** How many interactions were run, all of them kept. */
  readonly interactions: number;
}

/** What became of an interaction: whether the code was run for it, and what is wrong. */
export interface Outcome {
  readonly interaction: Interaction;
  readonly problems: string[];
  isRun: boolean;
}

/** Where pacts come from, and where results go. */
export interface VerificationOptions {
  readonly pacts?: string;
  readonly cwd?: string;
  readonly broker?: Broker;
}

/**
 * Verifies a side's code by each pact: problems that are known beforehand, those that the code shows while it is run,
 * and Pact's own; then writes what was proved. Throws `ContractBroken` with all problems.
 */
export async function verifyAll(
  side: Side,
  query: PactQuery,
  options: VerificationOptions,
  foresee: (interaction: Interaction) => readonly string[],
  run: (pact: PactToVerify, outcomes: readonly Outcome[]) => Promise<PactVerdict>,
): Promise<Verified> {
  const { broker } = options;
  const pacts =
    broker === undefined ? readPacts(query, options) : await pactsFromBroker(query, broker);
  const problems: string[] = [];
  let interactions = 0;
  for (const pact of pacts) {
    const outcomes = pact.interactions.map(
      (interaction): Outcome => ({
        interaction,
        problems: [...foresee(interaction)],
        isRun: false,
      }),
    );
    const verdict = await run(pact, outcomes);
    addVerdict(outcomes, verdict);
    const found = outcomes.flatMap(({ interaction, problems: own }) =>
      own.map((problem) => `${pact.title}: "${interaction.description}": ${problem}`),
    );
    problems.push(...found, ...verdict.general.map((problem) => `${pact.title}: ${problem}`));
    interactions += outcomes.length;
    const isWhole = found.length === 0 && verdict.general.length === 0;
    const held = pact.json.interactions as JsonObject[];
    if (pact.file !== undefined) {
      const proved =
        verdict.general.length > 0 ? [] : outcomes.filter((one) => one.problems.length === 0);
      writeProofs(
        pact.file,
        side,
        proved.map(({ interaction }) => interaction.json),
        held,
      );
    } else if (broker?.publish !== undefined && outcomes.length < held.length) {
      // A result is about a whole pact, and only one kind of its interactions was run.
      problems.push(
        `${pact.title}: no result is published, since it holds interactions of two kinds`,
      );
    } else if (broker?.publish !== undefined) {
      problems.push(...(await publishResults(pact, query.provider, broker, isWhole)));
    }
  }
  if (problems.length > 0) throw new ContractBroken(problems);
  return { interactions };
}

/** Adds what Pact found to what is known already; what was not run is a problem whatever Pact says. */
function addVerdict(outcomes: readonly Outcome[], verdict: PactVerdict): void {
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.problems.length > 0) continue;
    const said = verdict.mismatches[index];
    if (said === undefined) outcome.problems.push('Pact says nothing of it');
    else outcome.problems.push(...said);
    if (!outcome.isRun && outcome.problems.length === 0) outcome.problems.push('it was not run');
  }
}
