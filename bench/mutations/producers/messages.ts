import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import {
  ContractBroken,
  type ProducerOptions,
  verifyProducer,
} from '../../../scripts/pact/index.js';
import type { Json, JsonObject } from '../../../scripts/spec/model.js';
import { randomFrom } from '../../../test/support/random.js';
import { inRepository, providers, root } from '../../../test/support/repository.js';
import { unmetBy } from '../message-oracle.js';
import { grouped, inTurn, type Mutant, shuffled } from '../mutant.js';
import { interactionsOf, type PactInteraction } from '../pact-interactions.js';
import { type RawDocument, rawDocument, strangers } from '../raw-document.js';
import { bodyFault } from '../request-oracle.js';
import { type Fault, faultsOf, type Output } from './payload-operators.js';
import { registeredByTests } from './read-tests.js';

/**
 * Puts faults into the messages that producers' code makes, and lets `verifyProducer` judge them. In each run every
 * interaction of a pact gets a fault of its own; each is judged by itself.
 */
export async function mutateMessages(
  seed: number,
  count: number,
  of: readonly string[] = providers,
): Promise<Mutant[]> {
  const random = randomFrom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'webhook-contracts-mutations-'));
  try {
    const trials: Trial[] = [];
    for (const provider of of) trials.push(await Trial.prepare(provider, folder));
    const all = trials.flatMap((trial) => trial.candidates());
    const operators = grouped(shuffled(all, random.next), ({ fault }) => fault.operator);
    const chosen = inTurn([...operators.values()], count);
    const mutants: Mutant[] = [];
    for (const trial of trials) {
      mutants.push(...(await trial.run(chosen.filter((one) => one.trial === trial))));
    }
    return mutants;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Candidate {
  readonly trial: Trial;
  readonly interaction: PactInteraction;
  readonly fault: Fault;
}

/** A producer's code under its verification, and the pact with what is needed of it. */
class Trial {
  readonly #outputs = new Map<string, Output>();

  private constructor(
    readonly provider: string,
    private readonly options: ProducerOptions,
    private readonly interactions: readonly PactInteraction[],
    private readonly document: RawDocument,
  ) {}

  static async prepare(provider: string, folder: string): Promise<Trial> {
    const { producer: registered } = await registeredByTests(provider, 'verify', folder);
    if (registered === undefined) throw new Error(`${provider}: the tests verify nothing`);
    // A copy, so that the proofs of other runs stay.
    const pacts = join(folder, provider, 'pacts');
    mkdirSync(pacts, { recursive: true });
    const name = `reservation-hub-${provider}.json`;
    copyFileSync(inRepository('contracts', 'pacts', name), join(pacts, name));
    const yaml = readFileSync(inRepository('specs', `${provider}.asyncapi.yaml`), 'utf8');
    const trial = new Trial(
      provider,
      { ...registered, pacts, cwd: root },
      interactionsOf([join(pacts, name)]),
      rawDocument(load(yaml) as JsonObject),
    );
    const { problems } = await trial.#verify(new Map());
    if (problems.length > 0)
      throw new Error(`${provider}: broken before any fault: ${problems[0]}`);
    for (const interaction of trial.interactions) {
      const fault = trial.#oracle(
        interaction,
        trial.#outputs.get(interaction.description) as Output,
      );
      if (fault !== undefined)
        throw new Error(`${provider}: the oracle finds fault before any: ${fault}`);
    }
    return trial;
  }

  candidates(): Candidate[] {
    return this.interactions.flatMap((interaction) =>
      faultsOf(this.#outputs.get(interaction.description) as Output).map((fault) => ({
        trial: this,
        interaction,
        fault,
      })),
    );
  }

  async run(candidates: readonly Candidate[]): Promise<Mutant[]> {
    const mutants: Mutant[] = [];
    const queues = [...grouped(candidates, ({ interaction }) => interaction.description).values()];
    while (queues.some((queue) => queue.length > 0)) {
      const round = queues.flatMap((queue) => queue.splice(0, 1));
      const faults = new Map(
        round.map(({ interaction, fault }) => [interaction.description, fault]),
      );
      const { problems } = await this.#verify(faults);
      for (const { interaction, fault } of round) {
        const { description } = interaction;
        const output = fault.apply(this.#outputs.get(description) as Output);
        mutants.push({
          kind: "producers' output",
          operator: `message, ${fault.operator}`,
          place: `${this.provider} "${description}" ${fault.place}`,
          broken: this.#oracle(interaction, output),
          caught: problems.find((problem) => problem.includes(`"${description}"`)),
        });
      }
    }
    return mutants;
  }

  /** Runs the verification with these faults, and notes what the code makes without them. */
  async #verify(faults: ReadonlyMap<string, Fault>): Promise<{ problems: readonly string[] }> {
    const messages = Object.fromEntries(
      Object.entries(this.options.messages).map(([name, produce]) => [
        name,
        async (asked: Parameters<typeof produce>[0]) => {
          const { payload, headers = {} } = await produce(asked);
          const output = { payload: JSON.parse(JSON.stringify(payload)) as Json, headers };
          const fault = faults.get(asked.description);
          if (fault === undefined) this.#outputs.set(asked.description, output);
          return fault === undefined ? output : fault.apply(output);
        },
      ]),
    );
    try {
      await verifyProducer({ ...this.options, messages });
      return { problems: [] };
    } catch (error) {
      if (error instanceof ContractBroken) return error;
      throw error;
    }
  }

  /** Says why an output is no delivery that the document allows, or not what the consumer needs. */
  #oracle(interaction: PactInteraction, { payload, headers }: Output): string | undefined {
    const message = this.document.message(interaction.operation, interaction.message);
    if (message === undefined) return `there is no message ${interaction.message}`;
    const names = new Set([
      ...Object.keys((interaction.json.metadata ?? {}) as JsonObject),
      ...Object.keys(
        ((this.document.follow(message.headers) as JsonObject | undefined)?.properties ??
          {}) as JsonObject,
      ),
    ]);
    const spelled = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        [...names].find((one) => one.toLowerCase() === name.toLowerCase()) ?? name,
        value,
      ]),
    );
    const fault = bodyFault(this.document, message, payload);
    if (fault !== undefined) return fault;
    if (!message.isValidHeaders(spelled)) return 'has headers that are not allowed';
    const unknown =
      message.headers === undefined ? [] : strangers(this.document, [message.headers], spelled);
    if (unknown.length > 0) return `has headers that are not documented: ${unknown.join(', ')}`;
    return unmetBy(interaction, payload, spelled);
  }
}
