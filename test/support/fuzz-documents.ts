import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { filesOf } from './folder-snapshot.js';
import { type MutantDocument, MutantDocuments } from './mutant-documents.js';
import { mutatedBytes } from './mutate-bytes.js';
import { type Random, randomFrom } from './random.js';
import { inRepository, providers } from './repository.js';
import { type Outcome, printedResult, runCommandLine } from './run-command-line.js';
import { runProgram } from './run-program.js';
import { temporaryFolder, writeFiles } from './temporary-folder.js';
import { unsafeOutput } from './unsafe-output.js';
import { Watchdog } from './watchdog.js';
import { wildValue } from './wild-schemas.js';

/** What many documents, each given to every command, came to. */
export interface FuzzedDocuments {
  /** How often each command ended with each exit code: `lint 1`. */
  readonly exits: Readonly<Record<string, number>>;
  /** How often each code of a problem was seen. */
  readonly codes: Readonly<Record<string, number>>;
  /** How many runs were repeated in a process of their own, and generated modules loaded by plain Node. */
  readonly processes: number;
  readonly imports: number;
  readonly slowest: { readonly milliseconds: number; readonly run: string };
  /** What must not be, in words, with the seed of the document. */
  readonly faults: readonly string[];
}

/** Longer than this, in milliseconds, no command may take. */
const LIMIT = 30_000;

/** Gives mutants of documents, one for each seed from `seed` on, to every command. */
export async function fuzzDocuments({
  seed,
  count,
}: {
  seed: number;
  count: number;
}): Promise<FuzzedDocuments> {
  const mutants = new MutantDocuments();
  const fuzz = new DocumentFuzz();
  for (let at = seed; at < seed + count; at += 1) {
    const random = randomFrom(at);
    await fuzz.judge(mutants.next(random), random, at);
  }
  await fuzz.end();
  return fuzz;
}

class DocumentFuzz implements FuzzedDocuments {
  readonly exits: Record<string, number> = {};
  readonly codes: Record<string, number> = {};
  readonly faults: string[] = [];
  processes = 0;
  imports = 0;
  slowest = { milliseconds: 0, run: '' };
  readonly #folder = temporaryFolder({ 'outside.txt': 'OUTSIDE-SECRET' });
  readonly #cwd = join(this.#folder, 'work');
  readonly #watchdog = new Watchdog(2 * LIMIT);
  #modules = 0;

  /** Runs the commands on one document; what they do that they must not is added to the faults. */
  async judge(mutant: MutantDocument, random: Random, seed: number): Promise<void> {
    rmSync(this.#cwd, { recursive: true, force: true });
    mkdirSync(this.#cwd);
    writeFiles(this.#cwd, { [mutant.file]: mutant.bytes });
    const known = this.faults.length;
    const say = (fault: string) => this.faults.push(`${seed} (${mutant.file}): ${fault}`);
    const lint = await this.#run(['lint', mutant.file], mutant, say);
    const isRepeated = seed % 200 === 0;
    if (lint.code === 0 || isRepeated || random.below(10) === 0)
      await this.#generate(mutant, { lint, random, isRepeated }, say);
    if (random.below(lint.code === 0 ? 3 : 20) === 0)
      await this.#run(['validate', mutant.file], mutant, say, bodyFor(mutant, random));
    if (providers.includes(mutant.name)) await this.#verify(mutant, say);
    const { FUZZ_OUT: kept } = process.env;
    if (kept !== undefined && this.faults.length > known)
      writeFiles(kept, { [`${seed}-${mutant.file}`]: mutant.bytes });
  }

  async end(): Promise<void> {
    await this.#watchdog.end();
  }

  async #generate(
    mutant: MutantDocument,
    { lint, random, isRepeated }: { lint: Outcome; random: Random; isRepeated: boolean },
    say: (fault: string) => void,
  ): Promise<void> {
    const args = ['generate', mutant.file, '--out', 'out'];
    const outcome = await this.#run(args, mutant, say);
    if (lint.code !== 0 && outcome.code === 0) say('is generated though lint finds errors');
    if (isRepeated) await this.#repeat(args, outcome, say);
    if (outcome.code !== 0) return;
    this.#modules += 1;
    const isCurrent = random.below(20) === 0;
    if (isCurrent && (await this.#run([...args, '--check'], mutant, say)).code !== 0)
      say('is out of date as soon as it was generated');
    if (this.#modules % 100 === 1) await this.#load(mutant, say);
  }

  /** Runs a command in process, and holds against it whatever no command may do. */
  async #run(
    args: readonly string[],
    mutant: MutantDocument,
    say: (fault: string) => void,
    stdin: Uint8Array = new Uint8Array(),
  ): Promise<Outcome> {
    const before = filesOf(this.#folder);
    const started = performance.now();
    const outcome = await this.#watchdog.watch(join(this.#cwd, mutant.file), () =>
      runCommandLine([...args, '--format', 'json'], { cwd: this.#cwd, stdin }),
    );
    const milliseconds = Math.round(performance.now() - started);
    const run = `${args.join(' ')} (${mutant.bytes.length} bytes)`;
    if (milliseconds > this.slowest.milliseconds) this.slowest = { milliseconds, run };
    if (milliseconds > LIMIT) say(`${args[0]} takes ${milliseconds} ms`);
    this.#count(this.exits, `${args[0]} ${outcome.code}`);
    for (const fault of faultsOf(outcome, mutant)) say(`${args[0]}: ${fault}`);
    if (![0, 1, 2].includes(outcome.code)) return outcome;
    const { problems = [], written = [] } = printedResult(outcome);
    for (const { code } of problems) this.#count(this.codes, code);
    const wanted = outcome.code === 0 ? written.map((path) => `work/out/${path}`) : [];
    const after = filesOf(this.#folder).filter((path) => !before.includes(path));
    const others = after.filter((path) => !wanted.includes(path) && !path.endsWith(MANIFEST));
    if (others.length > 0) say(`${args[0]} wrote ${others}`);
    if (wanted.some((path) => !after.includes(path))) say(`${args[0]} did not write ${wanted}`);
    return outcome;
  }

  /** Runs a command again, in a process of its own, into a folder that is empty again. */
  async #repeat(args: readonly string[], inProcess: Outcome, say: (fault: string) => void) {
    const out = join(this.#cwd, 'out');
    rmSync(out, { recursive: true, force: true });
    const { code, stdout, stderr } = await runProgram(
      process.execPath,
      [
        ...['--max-old-space-size=512', '--import', import.meta.resolve('tsx')],
        inRepository('scripts', 'cli.ts'),
        ...[...args, '--format', 'json'],
      ],
      { cwd: this.#cwd, timeout: 2 * LIMIT },
    );
    this.processes += 1;
    if (code !== inProcess.code || stdout !== inProcess.stdout)
      say(`ends with ${code} in a process of its own: ${stderr.slice(0, 500)}`);
  }

  /** Loads a generated module in a process that knows nothing but it. */
  async #load({ name }: MutantDocument, say: (fault: string) => void): Promise<void> {
    const index = pathToFileURL(join(this.#cwd, 'out', name, 'index.js'));
    const program = `const { check } = await import(${JSON.stringify(index)}); check({}, {});`;
    const args = ['--input-type=module', '--eval', program];
    const { code, stderr } = await runProgram(process.execPath, args, { cwd: this.#cwd });
    this.imports += 1;
    if (code !== 0) say(`can't be loaded: ${stderr.slice(0, 500)}`);
  }

  async #verify(mutant: MutantDocument, say: (fault: string) => void): Promise<void> {
    const pacts = [`reservation-hub-${mutant.name}`, `${mutant.name}-reservation-hub`].map((pact) =>
      inRepository('contracts', 'pacts', `${pact}.json`),
    );
    await this.#run(['verify', ...pacts, '--spec', mutant.file], mutant, say);
  }

  #count(counts: Record<string, number>, key: string): void {
    counts[key] = (counts[key] ?? 0) + 1;
  }
}

const MANIFEST = '/.webhook-contracts.json';

/** Lists what is wrong with the end of a run, and with what it printed. */
function faultsOf(outcome: Outcome, { file, bytes }: MutantDocument): string[] {
  const { code, stderr } = outcome;
  if (![0, 1, 2].includes(code)) return [`ends with ${code}: ${stderr.slice(0, 1_000)}`];
  const unsafe = unsafeOutput(outcome.stdout + stderr).map((what) => `prints ${what}`);
  let result: ReturnType<typeof printedResult>;
  try {
    result = printedResult(outcome);
  } catch {
    return [...unsafe, 'prints no JSON'];
  }
  const { ok, problems = [] } = result;
  if (ok !== (code === 0)) return [...unsafe, `ends with ${code} and prints ok: ${ok}`];
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (code === 1 && errors.length === 0) return [...unsafe, 'ends with 1 without an error'];
  const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\n');
  const astray = problems.filter(({ locations: [place] }) => {
    if (place === undefined) return true;
    if (place.file !== file) return place.line < 1 || place.column < 1;
    const line = lines[place.line - 1];
    return line === undefined || place.column < 1 || place.column > line.length + 1;
  });
  return [...unsafe, ...astray.map((one) => `points nowhere: ${JSON.stringify(one)}`)];
}

/** Makes a body that a document may know, or any other. */
function bodyFor({ bytes }: MutantDocument, random: Random): Uint8Array {
  const payloads = [...new TextDecoder().decode(bytes).matchAll(/"?payload"?:\s*(\{.*\})/g)];
  const shown = payloads.map(([, payload = '']) => payload);
  const text = random.pick([JSON.stringify(wildValue(random)), '{}', ...shown]);
  const body = new TextEncoder().encode(text);
  return random.below(2) === 0 ? body : mutatedBytes(body, random);
}
