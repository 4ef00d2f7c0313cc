import { resolve } from 'node:path';
import { hasErrors, type Problem, problem } from '../problems/problem.js';
import { parseJson } from '../spec/parse-json.js';
import {
  isContainer,
  isObject,
  type Json,
  type JsonObject,
  member,
  Positions,
} from '../spec/positions.js';
import { defaultLimits, readText } from '../spec/read-file.js';
import { shownValue } from './contradictions.js';
import type { Interaction, Pact } from './pact.js';
import { readInteraction } from './read-interaction.js';

/**
 * Reads one pact file. Everything wrong with it is a problem; an interaction that can't be read is left out. Throws
 * `CannotRun` only where there is no such file.
 */
export function readPact(
  file: string,
  { cwd = process.cwd() } = {},
): { pact: Pact | undefined; problems: Problem[] } {
  const { source, problems: unreadable } = readText(
    file,
    resolve(cwd, file),
    defaultLimits.fileBytes,
  );
  if (source === undefined) return { pact: undefined, problems: unreadable };
  const positions = new Positions();
  const { value: root, fault } = parseJson(source, positions);
  if (fault !== undefined) {
    const place = source.locate(fault.offset);
    return {
      pact: undefined,
      problems: [problem('pact.invalid', { reason: fault.reason }, place)],
    };
  }
  const locate = (pointer: string) =>
    positions.ofPointer(root, pointer) ?? source.locate(0, pointer);
  return new PactReader(file, root, locate).read();
}

/** How many values a pact may hold, so that judging it ends in time. */
const MAX_VALUES = 300_000;

/** After how many problems the rest of a pact is not read. */
const MAX_PROBLEMS = 1000;

function holdsMoreThan(limit: number, root: Json): boolean {
  const open = [root];
  let count = 0;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    count += 1;
    if (count + open.length > limit) return true;
    if (isContainer(value)) for (const inner of Object.values(value)) open.push(inner as Json);
  }
  return false;
}

class PactReader {
  readonly #problems: Problem[] = [];

  constructor(
    private readonly file: string,
    private readonly root: Json,
    private readonly locate: Pact['locate'],
  ) {}

  read(): { pact: Pact | undefined; problems: Problem[] } {
    if (holdsMoreThan(MAX_VALUES, this.root)) {
      this.#invalid(`it holds more than ${MAX_VALUES} values`, '');
      return this.#failed();
    }
    const consumer = this.#participant('consumer');
    const provider = this.#participant('provider');
    if (!isObject(this.root) || this.#problems.length > 0) return this.#failed();
    const version = versionOf(this.root);
    if (version !== undefined && !/^4(\.|$)/.test(version)) {
      const found = JSON.stringify(version);
      this.#problems.push(problem('pact.version', { found }, this.locate('')));
      return this.#failed();
    }
    const { interactions } = this.root;
    if (interactions !== undefined && !Array.isArray(interactions)) {
      this.#invalid('"interactions" is no list', '/interactions');
      return this.#failed();
    }
    if (interactions === undefined || interactions.length === 0) {
      this.#problems.push(problem('pact.empty', {}, this.locate('/interactions')));
    }
    const { file, locate } = this;
    const read = this.#interactions(interactions ?? []);
    const pact = { file, consumer, provider, interactions: read, locate };
    return { pact, problems: [...this.#problems, ...duplicates(pact)] };
  }

  #failed(): { pact: undefined; problems: Problem[] } {
    return { pact: undefined, problems: hasErrors(this.#problems) ? this.#problems : [] };
  }

  #invalid(reason: string, pointer: string): undefined {
    this.#problems.push(problem('pact.invalid', { reason }, this.locate(pointer)));
  }

  #participant(role: 'consumer' | 'provider'): string {
    const name = member(member(this.root, role), 'name');
    if (typeof name === 'string' && name !== '') return name;
    if (this.#problems.length === 0) this.#invalid(`it names no ${role}`, '');
    return '';
  }

  #interactions(list: readonly Json[]): Interaction[] {
    const read: Interaction[] = [];
    for (const [index, json] of list.entries()) {
      const pointer = `/interactions/${index}`;
      if (this.#problems.length >= MAX_PROBLEMS) {
        this.#invalid(
          'after so many problems, the interactions from here on are not read',
          pointer,
        );
        break;
      }
      const interaction = this.#interaction(json, pointer);
      if (interaction !== undefined) read.push(interaction);
    }
    return read;
  }

  #interaction(json: Json, pointer: string): Interaction | undefined {
    if (!isObject(json)) return this.#invalid('an interaction is no object', pointer);
    const kind = KINDS.get(json.type ?? null);
    if (kind === undefined) {
      const found = shownValue(json.type ?? null);
      this.#problems.push(problem('pact.kind', { found }, this.locate(pointer)));
      return undefined;
    }
    const { interaction, faults } = readInteraction(kind, json, pointer);
    for (const fault of faults) this.#invalid(fault.reason, fault.pointer);
    return interaction;
  }
}

/** The kinds of interactions that are webhooks, by Pact's names. */
const KINDS: ReadonlyMap<Json, Interaction['kind']> = new Map([
  ['Asynchronous/Messages', 'message'],
  ['Synchronous/HTTP', 'http'],
]);

function versionOf(root: JsonObject): string | undefined {
  const { metadata } = root;
  return text(
    member(member(metadata, 'pactSpecification'), 'version') ??
      member(member(metadata, 'pact-specification'), 'version') ??
      member(metadata, 'pactSpecificationVersion') ??
      (root.messages === undefined ? undefined : '3.0.0'),
  );
}

function duplicates({ interactions, locate }: Pact): Problem[] {
  const known = new Map<string, Interaction>();
  return interactions.flatMap((one) => {
    const key = JSON.stringify([one.kind, one.description, one.states]);
    const earlier = known.get(key);
    known.set(key, one);
    if (earlier === undefined) return [];
    const { description } = one;
    return problem('pact.duplicate', { description }, locate(one.pointer), locate(earlier.pointer));
  });
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
