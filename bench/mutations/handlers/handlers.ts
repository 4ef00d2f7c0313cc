import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFrom } from '../../../test/support/random.js';
import { inRepository, providers } from '../../../test/support/repository.js';
import { grouped, type Mutant, shuffled } from '../mutant.js';
import { compilerOf, describeFault, withFault } from './compile.js';
import { differenceOf, type Observation, observe } from './hub-trial.js';
import { type SourceFault, sourceFaultsOf } from './source-operators.js';
import { failuresOf, makeRepository } from './test-runs.js';

const HUB = inRepository('contracts', 'consumers', 'reservation-hub');
const FILES = [...providers.map((provider) => `${provider}.ts`), 'server.ts', 'listeners.ts'];
/** How many faults of one kind and file are tried in a turn until one compiles. */
const TRIES = 10;
/** How many processes run tests at a time. */
const LANES = 2;

/** Puts faults into the source of the consumer, and runs its tests; what does not compile is no mutant. */
export async function mutateHandlers(seed: number, count: number): Promise<Mutant[]> {
  // A mutant may let go of a promise that fails.
  process.on('unhandledRejection', () => {});
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'webhook-contracts-mutations-')));
  try {
    const lanes = Array.from({ length: LANES }, (_, lane) => join(folder, `lane-${lane}`));
    for (const lane of lanes) {
      mkdirSync(lane);
      makeRepository(lane);
    }
    const copies = chosen(seed, count).map(
      (fault, index) => new Copy(fault, index, lanes[index % LANES] as string),
    );
    const usual = new Map<string, readonly Observation[]>();
    for (const provider of providers) usual.set(provider, await observedOf(provider));
    for (const copy of copies) copy.broken = await differenceOf(copy.folder, copy.providers, usual);
    await Promise.all(
      lanes.map((lane, index) =>
        testAll(
          lane,
          copies.filter((_, at) => at % LANES === index),
        ),
      ),
    );
    return copies.map(({ fault, broken, caught }) => ({
      kind: "consumer's handlers",
      operator: fault.operator,
      place: describeFault(HUB, fault),
      broken,
      caught,
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Observes the hub twice: what is not the same both times can't tell a mutant. */
async function observedOf(provider: string): Promise<Observation[]> {
  const [first, second]: Observation[][] = [[], []];
  for await (const observation of observe(HUB, provider)) first?.push(observation);
  for await (const observation of observe(HUB, provider)) second?.push(observation);
  if (first === undefined || JSON.stringify(first) !== JSON.stringify(second))
    throw new Error(`${provider}: the hub is not the same twice`);
  return first;
}

/** Takes faults that compile, of each operator and file in turn. */
function chosen(seed: number, count: number): SourceFault[] {
  const random = randomFrom(seed);
  const all = shuffled(
    FILES.flatMap((file) => sourceFaultsOf(HUB, file)),
    random.next,
  );
  const compiles = compilerOf(HUB, FILES);
  const lists = [...grouped(all, ({ operator, file }) => `${operator} ${file}`).values()];
  const taken: SourceFault[] = [];
  // Few members have another one of the same type beside them: each list gets several tries in its turn.
  for (let isLeft = true; isLeft; ) {
    isLeft = lists.some(({ length }) => length > 0);
    for (const list of lists) {
      if (taken.length === count) return taken;
      const tries = list.splice(0, TRIES);
      const at = tries.findIndex((fault) => compiles(fault.file, withFault(HUB, fault)));
      list.unshift(...tries.slice(at < 0 ? tries.length : at + 1));
      taken.push(...tries.slice(at, at + 1).filter(() => at >= 0));
    }
  }
  return taken;
}

/** A copy of the hub with one fault in it. */
class Copy {
  readonly name: string;
  readonly folder: string;
  /** Whose deliveries can tell. */
  readonly providers: readonly string[];
  broken: string | undefined;
  caught: string | undefined;

  constructor(
    readonly fault: SourceFault,
    index: number,
    lane: string,
  ) {
    this.name = `mutant-${index}`;
    this.folder = copyHub(lane, this.name);
    const own = providers.filter((provider) => fault.file === `${provider}.ts`);
    this.providers = own.length > 0 ? own : providers;
    writeFileSync(join(this.folder, fault.file), withFault(HUB, fault));
  }
}

function copyHub(lane: string, name: string): string {
  const folder = join(lane, 'contracts', 'consumers', name);
  mkdirSync(folder);
  for (const file of readdirSync(HUB)) cpSync(join(HUB, file), join(folder, file));
  return folder;
}

/** Runs the tests of copies, the quick ones first; once caught, a mutant is not tested any more. */
async function testAll(lane: string, copies: readonly Copy[]): Promise<void> {
  const breaking = copies.filter(({ broken }) => broken !== undefined);
  const usual = 'usual';
  copyHub(lane, usual);
  const stages: ((provider: string) => string[])[] = [
    (provider) => [`${provider}.pact.test.ts`, `${provider}.test.ts`],
    () => ['server.test.ts'],
    (provider) => [`${provider}.verify.test.ts`],
  ];
  for (const testsOf of stages) {
    const left = breaking.filter(({ caught }) => caught === undefined);
    const planned = left.map((copy) => ({
      copy,
      tests: [...new Set(copy.providers.flatMap(testsOf))],
    }));
    const path = (name: string, test: string) => `contracts/consumers/${name}/${test}`;
    const control = [...new Set(planned.flatMap(({ tests }) => tests))].map((test) =>
      path(usual, test),
    );
    const failures = await failuresOf(lane, [
      ...control,
      ...planned.flatMap(({ copy, tests }) => tests.map((test) => path(copy.name, test))),
    ]);
    for (const test of control) {
      const failure = failures.get(test);
      if (failure !== undefined) throw new Error(`without a fault, a test fails: ${failure}`);
    }
    for (const { copy, tests } of planned) {
      copy.caught = tests
        .map((test) => failures.get(path(copy.name, test)))
        .find((why) => why !== undefined);
    }
  }
}
