import { resolve } from 'node:path';
import type { Config } from '../config/config.js';
import { type Output, outputsOf } from '../config/outputs.js';
import { saidAgain } from '../generate/kept-warnings.js';
import { readOutput } from '../generate/output-folder.js';
import { type Plan, planOutput, staleness } from '../generate/plan.js';
import { type Module, standingModule } from '../generate/standing-module.js';
import { writeOutput } from '../generate/write-output.js';
import { hasErrors, type Problem } from '../problems/problem.js';
import { specName } from '../spec/find-specs.js';
import { isBuilt } from '../version.js';
import { count, type Io, type Reporting, report } from './io.js';

export interface GenerateOptions extends Reporting {
  /** The output folder; undefined: the configuration's, or `generated`. */
  readonly out: string | undefined;
  /** Only say what is out of date. */
  readonly check: boolean;
  /** Replace and remove files even where somebody changed them. */
  readonly force: boolean;
  /** Is told the absolute path of each file that documents are read from. */
  readonly onOpen?: (path: string) => void;
}

/** Generates a module per document; returns the exit code. Nothing is written where there is an error. */
export async function generateCommand(
  io: Io,
  config: Config,
  specs: readonly string[],
  options: GenerateOptions,
): Promise<number> {
  const { check, force } = options;
  const outputs = outputsOf(config, { specs, out: options.out }, io.cwd);
  const files = [...new Set(outputs.flatMap((output) => output.files))];
  // What stands is proof of nothing where it is to be checked, or replaced.
  const mayStand = isBuilt && !check && !force;
  const { modules, problems } = await modulesOf(files, config, io.cwd, {
    onOpen: options.onOpen ?? (() => {}),
    folderOf: (file) => (mayStand ? folderOf(file, outputs, io.cwd) : undefined),
  });
  const planOf = ({ out, files: documents, isWhole }: Output) => {
    const made = documents.flatMap((file) => {
      const module = modules.get(file);
      return module === undefined ? [] : [[specName(file), module] as const];
    });
    const wanted = new Map(made.map(([name, module]) => [name, module.files]));
    const inputs = new Map(
      made.flatMap(([name, module]) =>
        isBuilt && !check && module.inputs !== undefined ? [[name, module.inputs]] : [],
      ),
    );
    const state = readOutput(out, wanted, { cwd: io.cwd, specs: files });
    return planOutput(wanted, state, { force, prune: isWhole, inputs });
  };
  const plans = outputs.map((output) => ({ output, plan: planOf(output) }));
  if (hasErrors(problems)) return report(io, options, problems, { checked: files });

  problems.push(...plans.flatMap(({ plan }) => plan.problems));
  if (check) {
    const mend = `run: ${commandLine(specs, options)}`;
    problems.push(...plans.flatMap(({ output, plan }) => staleness(plan, output.out, mend)));
    const summary = hasErrors(problems) ? '' : upToDate(outputs);
    return report(io, options, problems, { summary, checked: files });
  }
  const written: Written[] = [];
  for (const output of hasErrors(problems) ? [] : outputs) {
    const plan = await writeOutput(output.out, () => planOf(output), io.cwd);
    problems.push(...plan.problems);
    written.push(writtenBy(output, plan));
  }
  return report(io, options, problems, {
    checked: files,
    ...(hasErrors(problems) ? {} : outcomeOf(written)),
  });
}

/** Returns the folder that a document's module stands in, the first of several. */
function folderOf(file: string, outputs: readonly Output[], cwd: string): string | undefined {
  const output = outputs.find(({ files }) => files.includes(file));
  return output === undefined ? undefined : resolve(cwd, output.out, specName(file));
}

/** Returns the module of each document, by the document's file: the one that stands in its folder, or a new one. */
async function modulesOf(
  files: readonly string[],
  config: Config,
  cwd: string,
  {
    onOpen,
    folderOf,
  }: {
    readonly onOpen: (path: string) => void;
    readonly folderOf: (file: string) => string | undefined;
  },
) {
  const modules = new Map<string, Module>();
  const problems: Problem[] = [];
  for (const file of files) {
    const folder = folderOf(file);
    const standing =
      folder === undefined ? undefined : standingModule(resolve(cwd, file), folder, config, onOpen);
    if (standing !== undefined) {
      problems.push(...saidAgain(standing.inputs.warnings, file, standing.inputs.files));
      modules.set(file, standing);
      continue;
    }
    // Loaded where it is needed: most of the program is behind it.
    const { makeModule } = await import('./make-module.js');
    const made = await makeModule(file, config, cwd, onOpen);
    problems.push(...made.problems);
    if (made.module !== undefined) modules.set(file, made.module);
  }
  return { modules, problems };
}

/** What a run did to one output folder; paths are relative to it. */
interface Written {
  readonly out: string;
  readonly documents: number;
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

function writtenBy({ out, files }: Output, { changes, problems }: Plan): Written {
  const pathsOf = (kind: 'write' | 'remove') =>
    hasErrors(problems) ? [] : changes.filter((one) => one.kind === kind).map(({ path }) => path);
  return { out, documents: files.length, written: pathsOf('write'), removed: pathsOf('remove') };
}

function outcomeOf(all: readonly Written[]) {
  const outputs = all.map(({ out, written, removed }) => ({ out, written, removed }));
  const [only] = outputs.length === 1 ? outputs : [];
  return {
    result: { ...only, outputs },
    summary: all
      .map(
        ({ out, documents, written, removed }) =>
          `${count(documents, 'document')} to ${out}: ${count(written.length, 'file')} written, ${removed.length} removed.`,
      )
      .join(' '),
  };
}

function upToDate(outputs: readonly Output[]): string {
  const [{ out } = { out: '' }, ...more] = outputs;
  return more.length === 0 ? `${out} is up to date.` : `${outputs.length} outputs are up to date.`;
}

/** The command that brings about what `--check` misses. */
function commandLine(specs: readonly string[], { out }: GenerateOptions): string {
  return [
    'webhook-contracts generate',
    ...specs,
    ...(out === undefined || out === 'generated' ? [] : ['--out', out]),
  ].join(' ');
}
