import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { defaultConfig } from '../../scripts/config/config.js';
import { verifyPacts } from '../../scripts/contract/verify-pacts.js';
import { readAndLint } from '../../scripts/lint/lint.js';
import { hasErrors } from '../../scripts/problems/problem.js';
import type { Json, JsonObject } from '../../scripts/spec/model.js';
import { isObject } from '../../scripts/spec/positions.js';
import type { SpecDocument } from '../../scripts/spec/read-spec.js';
import { type Random, randomFrom } from '../../test/support/random.js';
import { inRepository, providers } from '../../test/support/repository.js';
import type { Change } from './document-change.js';
import { changesOf } from './document-operators.js';
import { brokenMessages } from './message-oracle.js';
import { grouped, inTurn, type Mutant, shuffled } from './mutant.js';
import { interactionsOf, type PactInteraction } from './pact-interactions.js';
import { rawDocument } from './raw-document.js';
import { brokenRequest } from './request-oracle.js';

/** Mutates the documents and lets `verify` judge the pacts by them; documents that `lint` refuses are no mutants. */
export function mutateDocuments(
  seed: number,
  count: number,
  of: readonly string[] = providers,
): Mutant[] {
  const random = randomFrom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'webhook-contracts-mutations-'));
  try {
    mkdirSync(join(folder, 'specs'));
    const trials = of.map((provider) => new Trial(provider, folder));
    const changes = trials.flatMap((trial) => trial.changes().map((change) => ({ trial, change })));
    const operators = grouped(shuffled(changes, random.next), ({ change }) => change.operator);
    const specs = new Map(trials.map(({ provider, original }) => [provider, original]));
    const mutants: Mutant[] = [];
    for (const { trial, change } of inTurn([...operators.values()], changes.length)) {
      if (mutants.length === count) break;
      const others = [...specs].flatMap(([name, spec]) => (name === trial.provider ? [] : [spec]));
      const mutant = trial.run(change, others, random);
      if (mutant !== undefined) mutants.push(mutant);
    }
    return mutants;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A provider's document, its pacts, and what becomes of them when the document changes. */
class Trial {
  readonly original: SpecDocument;
  readonly #json: JsonObject;
  readonly #pacts: readonly string[];
  readonly #interactions: readonly PactInteraction[];

  constructor(
    readonly provider: string,
    private readonly folder: string,
  ) {
    const text = readFileSync(inRepository('specs', `${provider}.asyncapi.yaml`), 'utf8');
    // What examples show is no part of the contract, and a changed schema would refuse them.
    this.#json = withoutExamples(load(text) as JsonObject);
    const found = this.#read(this.#json);
    if (found === undefined)
      throw new Error(`${provider}: lint refuses the document without its examples`);
    this.original = found;
    const pacts = inRepository('contracts', 'pacts');
    this.#pacts = readdirSync(pacts)
      .filter((name) =>
        [`${provider}-reservation-hub.json`, `reservation-hub-${provider}.json`].includes(name),
      )
      .map((name) => {
        // Apart from the proofs of other runs.
        copyFileSync(join(pacts, name), join(this.folder, name));
        return join(this.folder, name);
      });
    this.#interactions = interactionsOf(this.#pacts);
    const fault = this.#fault([this.original]) ?? this.#oracle(this.#json, randomFrom(0));
    if (fault !== undefined) throw new Error(`${provider}: broken before any change: ${fault}`);
  }

  changes(): Change[] {
    return changesOf(this.#json);
  }

  /** Makes a change and asks `verify` and the oracle; undefined where `lint` refuses the document. */
  run(
    { operator, place, apply }: Change,
    others: readonly SpecDocument[],
    random: Random,
  ): Mutant | undefined {
    const json = structuredClone(this.#json);
    apply(json);
    const spec = this.#read(json);
    if (spec === undefined) return undefined;
    return {
      kind: 'documents',
      operator,
      place: `${this.provider} ${place}`,
      broken: this.#oracle(json, random),
      caught: this.#fault([...others, spec]),
    };
  }

  #read(json: JsonObject): SpecDocument | undefined {
    const name = `specs/${this.provider}.asyncapi.yaml`;
    writeFileSync(join(this.folder, name), dump(json, { noRefs: true }));
    return readAndLint(name, defaultConfig, this.folder).spec;
  }

  #fault(specs: readonly SpecDocument[]): string | undefined {
    const { problems } = verifyPacts(this.#pacts, specs, { cwd: this.folder });
    if (!hasErrors(problems)) return undefined;
    return problems
      .filter(({ code }) => code !== 'message.uncovered')
      .map(({ code, text }) => `${code}: ${text}`)
      .slice(0, 2)
      .join(' ');
  }

  #oracle(json: JsonObject, random: Random): string | undefined {
    const document = rawDocument(json);
    const groups = grouped(
      this.#interactions,
      ({ operation, message }) => `${operation} ${message}`,
    );
    const seen = new Set<string>();
    for (const group of groups.values()) {
      const [{ operation, message: name } = { operation: '', message: '' }] = group;
      const message = document.message(operation, name);
      if (message === undefined) return `${operation} has no message ${name}`;
      const requests = group.filter(({ isMessage }) => !isMessage);
      for (const request of requests) {
        const fault = brokenRequest(document, message, request);
        if (fault !== undefined) return fault;
      }
      // Interactions excuse one another by message, whichever operation they name.
      if (seen.has(name)) continue;
      seen.add(name);
      const messages = this.#interactions.filter((one) => one.isMessage && one.message === name);
      const fault = messages.length > 0 && brokenMessages(document, message, messages, random);
      if (fault) return fault;
    }
    return undefined;
  }
}

function withoutExamples(document: JsonObject): JsonObject {
  const copy = structuredClone(document);
  const { messages } = copy.components as { messages: Record<string, JsonObject> };
  for (const message of Object.values(messages))
    if (isObject(message as Json)) delete message.examples;
  return copy;
}
