import type { Side } from '../contract/proofs.js';
import type { JsonObject } from '../spec/model.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { type Broker, pactsFromBroker, publishResults } from './broker.js';
import { ContractBroken } from './contract-broken.js';
import { type Interaction, interactionsOf } from './interaction.js';
import { judgePacts } from './judge-pacts.js';
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

/** How a side's code is verified. */
export interface Verifying {
  readonly side: Side;
  readonly query: PactQuery;
  readonly document: SpecDocument;
  /** Lists what is known to be wrong before the code is run for an interaction, which is then left out. */
  readonly foresee: (interaction: Interaction) => readonly string[];
  /** Lets Pact run the code by a copy of a pact that holds these interactions alone, in their order. */
  readonly run: (copy: JsonObject, outcomes: readonly Outcome[]) => Promise<PactVerdict>;
}

/**
 * Verifies a side's code by each pact: what `verify` says of it, before anything is run; problems that are known
 * beforehand, those that the code shows while it is run, and Pact's own; then writes what was proved. Throws
 * `ContractBroken` with all problems.
 */
export async function verifyAll(
  verifying: Verifying,
  options: VerificationOptions,
): Promise<Verified> {
  const { side, query } = verifying;
  const { broker } = options;
  const pacts = await pactsToRun(verifying, options);
  const problems: string[] = [];
  let interactions = 0;
  for (const pact of pacts) {
    const { outcomes, general } = await runPact(pact, verifying);
    const found = [
      ...outcomes.flatMap(({ interaction, problems: own }) =>
        own.map((problem) => `${pact.title}: "${interaction.description}": ${problem}`),
      ),
      ...general.map((problem) => `${pact.title}: ${problem}`),
    ];
    problems.push(...found);
    interactions += outcomes.length;
    const isProved = (one: Outcome) => general.length === 0 && one.problems.length === 0;
    prove(side, pact, outcomes.filter(isProved));
    if (broker?.publish === undefined) continue;
    if (outcomes.length === heldBy(pact).length) {
      problems.push(...(await publishResults(pact, query.provider, broker, found.length === 0)));
    } else {
      // A result is about a whole pact.
      problems.push(
        `${pact.title}: no result is published, since it has interactions about other documents`,
      );
    }
  }
  if (problems.length > 0) throw new ContractBroken(problems);
  return { interactions };
}

/** Finds the pacts; throws where the document does not bear them out. */
async function pactsToRun(
  { query, document }: Verifying,
  options: VerificationOptions,
): Promise<readonly PactToVerify[]> {
  const { broker, cwd = process.cwd() } = options;
  const found =
    broker === undefined ? readPacts(query, options) : await pactsFromBroker(query, broker);
  const { pacts, problems } = await judgePacts(found, query.kind, document, cwd);
  if (problems.length > 0) throw new ContractBroken(problems);
  if (pacts.length > 0) return pacts;
  const titles = found.map(({ title }) => title).join(', ');
  throw new ContractBroken([`${titles}: no interaction is about ${document.spec.file}`]);
}

async function runPact(
  { json, interactions }: PactToVerify,
  { foresee, run }: Verifying,
): Promise<{ outcomes: readonly Outcome[]; general: readonly string[] }> {
  const outcomes = interactions.map(
    (interaction): Outcome => ({
      interaction,
      problems: [...foresee(interaction)],
      isRun: false,
    }),
  );
  const runnable = outcomes.filter(({ problems }) => problems.length === 0);
  if (runnable.length === 0) return { outcomes, general: [] };
  const { consumer = null, provider = null } = json;
  const copy = {
    consumer,
    provider,
    interactions: runnable.map(({ interaction }) => interaction.json),
    // Where a pact does not say it, Pact would take it for an older one.
    metadata: { pactSpecification: { version: '4.0' } },
  };
  const { mismatches, general } = await run(copy, runnable);
  if (general.length === 0) addMismatches(runnable, mismatches);
  return { outcomes, general };
}

/** Adds what Pact found to what the code has shown; what was not run is a problem whatever Pact says. */
function addMismatches(outcomes: readonly Outcome[], mismatches: PactVerdict['mismatches']): void {
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.problems.length > 0) continue;
    outcome.problems.push(...(mismatches[index] ?? []));
    if (!outcome.isRun && outcome.problems.length === 0) outcome.problems.push('it was not run');
  }
}

/** Writes which of the interactions that are run by a pact are proved. */
function prove(side: Side, pact: PactToVerify, proved: readonly Outcome[]): void {
  if (pact.file === undefined) return;
  const judged = pact.interactions.map(({ json }) => json);
  const jsons = proved.map(({ interaction }) => interaction.json);
  writeProofs(pact.file, side, jsons, heldBy(pact), judged);
}

function heldBy({ json }: PactToVerify): readonly JsonObject[] {
  return interactionsOf(json).map((one) => one.json);
}
