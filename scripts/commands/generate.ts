import type { Config } from '../config/config.js';
import { type Output, outputsOf } from '../config/outputs.js';
import { type GeneratedFiles, generate } from '../generate/generate.js';
import { readOutput } from '../generate/output-folder.js';
import { type Plan, planOutput, staleness } from '../generate/plan.js';
import { writeOutput } from '../generate/write-output.js';
import { readAndLint } from '../lint/lint.js';
import { hasErrors, type Problem } from '../problems/problem.js';
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
  const { generated, problems } = await generateAll(files, config, io.cwd, options.onOpen);
  const planOf = ({ out, files: documents, isWhole }: Output) => {
    const wanted = new Map(
      documents.map((file) => generated.get(file)).filter((made) => made !== undefined),
    );
    const state = readOutput(out, wanted, { cwd: io.cwd, specs: files });
    return planOutput(wanted, state, { force, prune: isWhole });
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

/** Generates the module of each document, by the document's file: its folder's name, and what that holds. */
async function generateAll(
  files: readonly string[],
  config: Config,
  cwd: string,
  onOpen: GenerateOptions['onOpen'],
) {
  const generated = new Map<string, readonly [string, GeneratedFiles]>();
  const problems: Problem[] = [];
  for (const file of files) {
    const { spec, problems: found } = readAndLint(file, config, cwd, onOpen);
    problems.push(...found);
    if (spec === undefined) continue;
    const made = await generate(spec, config);
    problems.push(...made.problems);
    generated.set(file, [spec.spec.name, made.files]);
  }
  return { generated, problems };
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
