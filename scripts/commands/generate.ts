import type { Config } from '../config/config.js';
import { type GeneratedFiles, generate } from '../generate/generate.js';
import { readOutput, writeOutput } from '../generate/output-folder.js';
import { planOutput, staleness } from '../generate/plan.js';
import { readAndLint } from '../lint/lint.js';
import { hasErrors, type Problem } from '../problems/problem.js';
import { findSpecs } from '../spec/find-specs.js';
import { count, type Io, type Reporting, report } from './io.js';

export interface GenerateOptions extends Reporting {
  readonly out: string;
  /** Only say what is out of date. */
  readonly check: boolean;
  /** Replace and remove files even where somebody changed them. */
  readonly force: boolean;
}

/** Generates a module per document; returns the exit code. Nothing is written where there is an error. */
export async function generateCommand(
  io: Io,
  config: Config,
  specs: readonly string[],
  options: GenerateOptions,
): Promise<number> {
  const { out, check, force } = options;
  const files = findSpecs(specs, io.cwd);
  const generated = new Map<string, GeneratedFiles>();
  const problems: Problem[] = [];
  for (const file of files) {
    const { spec, problems: found } = readAndLint(file, config, io.cwd);
    problems.push(...found);
    if (spec === undefined) continue;
    const made = await generate(spec, config);
    problems.push(...made.problems);
    generated.set(spec.spec.name, made.files);
  }
  const state = readOutput(out, generated, { cwd: io.cwd, specs: files });
  if (hasErrors(problems)) return report(io, options, problems, { checked: files });

  const plan = planOutput(generated, state, { force, prune: specs.length === 0 });
  problems.push(...plan.problems);
  if (check) {
    const command = [
      'webhook-contracts generate',
      ...specs,
      ...(out === 'generated' ? [] : ['--out', out]),
    ].join(' ');
    problems.push(...staleness(plan, out, `run: ${command}`));
    const summary = hasErrors(problems) ? '' : `${out} is up to date.`;
    return report(io, options, problems, { summary, checked: files });
  }
  if (hasErrors(problems)) return report(io, options, problems, { checked: files });
  writeOutput(out, plan, io.cwd);
  const written = plan.changes.filter(({ kind }) => kind === 'write').map(({ path }) => path);
  const removed = plan.changes.filter(({ kind }) => kind === 'remove').map(({ path }) => path);
  return report(io, options, problems, {
    checked: files,
    result: { out, written, removed },
    summary: `${count(generated.size, 'document')} to ${out}: ${count(written.length, 'file')} written, ${removed.length} removed.`,
  });
}
