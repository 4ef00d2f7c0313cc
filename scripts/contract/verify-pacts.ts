import { resolve } from 'node:path';
import { createJudge } from '../judge/judge.js';
import { distinct, hasErrors, type Problem, problem } from '../problems/problem.js';
import { placeOfName } from '../spec/build-spec.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { checkDirections } from './check-direction.js';
import { checkMessage } from './check-message.js';
import { checkRequest } from './check-request.js';
import { type Coverage, coverageOf } from './coverage.js';
import { Guarantee } from './guarantee.js';
import { forgetLanguages } from './language.js';
import { type Linked, link } from './link.js';
import type { Interaction, MessageInteraction, Pact } from './pact.js';
import { type Proof, readProofs } from './proofs.js';
import { readPact } from './read-pact.js';

/** What was found out about pacts. */
export interface Verification {
  readonly problems: readonly Problem[];
  /** Each message of the documents, by consumer and producer. */
  readonly coverage: readonly Coverage[];
  readonly interactions: number;
}

/** An interaction with the message that it is about, and what was found wrong with it. */
export interface Judged {
  readonly pact: Pact;
  readonly interaction: Interaction;
  readonly linked: Linked;
  readonly isRight: boolean;
  /** What is wrong with it, warnings included. */
  readonly problems: readonly Problem[];
  readonly proofs: readonly Proof[];
}

type Unjudged = Omit<Judged, 'isRight' | 'problems'>;

/**
 * Judges pacts against documents without running anybody's code: what a consumer expects of messages must follow from
 * what the document guarantees, and what a producer sends over HTTP must be what it allows. Files are resolved against
 * `cwd`; one that is missing throws `CannotRun`.
 */
export function verifyPacts(
  files: readonly string[],
  specs: readonly SpecDocument[],
  { cwd = process.cwd() } = {},
): Verification {
  const { problems, judged, interactions } = judgeInteractions(files, specs, cwd);
  return {
    problems: [...distinct(problems), ...checkDirections(judged), ...uncovered(judged, specs)],
    coverage: coverageOf(judged, specs),
    interactions,
  };
}

/** Judges every interaction of pacts by itself, those that could be read and are about a message of the documents. */
export function judgeInteractions(
  files: readonly string[],
  specs: readonly SpecDocument[],
  cwd: string,
): {
  readonly problems: readonly Problem[];
  readonly judged: readonly Judged[];
  /** How many there are in all. */
  readonly interactions: number;
} {
  forgetLanguages();
  const problems: Problem[] = [];
  const guarantees = lazily((read: SpecDocument) => new Guarantee(read));
  const linked: Unjudged[] = [];
  let interactions = 0;
  for (const file of files) {
    const { pact, problems: found } = readPact(file, { cwd });
    for (const one of found) problems.push(one);
    if (pact === undefined) continue;
    const proofs = readProofs(resolve(cwd, file));
    interactions += pact.interactions.length;
    for (const interaction of pact.interactions) {
      const result = link(pact, interaction, specs, guarantees);
      if (result.linked === undefined) problems.push(result.problem);
      else linked.push({ pact, interaction, linked: result.linked, proofs });
    }
  }
  const groups = grouped(linked);
  const judged = linked.map((one): Judged => {
    const { pact, interaction, linked: to } = one;
    const found =
      interaction.kind === 'http'
        ? checkRequest(pact, interaction, to, createJudge(to.read), guarantees(to.read))
        : checkMessage(pact, interaction, to, () => others(one, groups), guarantees(to.read));
    for (const one of found) problems.push(one);
    return { ...one, isRight: !hasErrors(found), problems: found };
  });
  return { problems, judged, interactions };
}

/** What consumers expect of producers, by consumer, producer and message. */
type Groups = ReadonlyMap<Linked['message'], ReadonlyMap<string, readonly MessageInteraction[]>>;

function grouped(all: readonly Unjudged[]): Groups {
  const groups = new Map<Linked['message'], Map<string, MessageInteraction[]>>();
  for (const { pact, interaction, linked } of all) {
    if (interaction.kind !== 'message') continue;
    const group = groups.get(linked.message) ?? new Map<string, MessageInteraction[]>();
    const names = namesOf(pact);
    groups.set(linked.message, group);
    const known = group.get(names) ?? [];
    if (known.length <= MAX_OTHERS) known.push(interaction);
    group.set(names, known);
  }
  return groups;
}

/** How many interactions are looked through for a counterpart: more than a message has. */
const MAX_OTHERS = 50;

/** Returns the other messages that the same consumer expects of the same producer, of the same name. */
function others({ pact, interaction, linked }: Unjudged, groups: Groups): MessageInteraction[] {
  const group = groups.get(linked.message)?.get(namesOf(pact)) ?? [];
  return group.filter((other) => other !== interaction);
}

function namesOf({ consumer, provider }: Pact): string {
  return JSON.stringify([consumer, provider]);
}

function uncovered(judged: readonly Judged[], specs: readonly SpecDocument[]): Problem[] {
  const covered = new Set(judged.map(({ linked }) => linked.message));
  return specs.flatMap(({ spec, document, locate }) =>
    spec.messages
      .filter((message) => !covered.has(message))
      .map(({ name, pointer }) =>
        problem('message.uncovered', { name }, placeOfName(document, pointer, locate)),
      ),
  );
}

function lazily<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
