import type { Config } from '../config/config.js';
import { documentsOf } from '../config/outputs.js';
import { readAndLint } from '../lint/lint.js';
import { runParser } from '../lint/run-parser.js';
import { hasErrors } from '../problems/problem.js';
import { count, type Io, type Reporting, report } from './io.js';

export interface LintOptions extends Reporting {
  /** Ask `@asyncapi/parser` as well. */
  readonly parser: boolean;
  /** Warnings count as errors. */
  readonly strict: boolean;
}

/** Checks documents; returns the exit code. */
export async function lintCommand(
  io: Io,
  config: Config,
  specs: readonly string[],
  options: LintOptions,
): Promise<number> {
  const files = documentsOf(config, specs, io.cwd);
  const problems = [];
  let messages = 0;
  for (const file of files) {
    const { spec, problems: found } = readAndLint(file, config, io.cwd);
    problems.push(...found);
    messages += spec?.spec.messages.length ?? 0;
    if (spec !== undefined && options.parser) problems.push(...(await runParser(spec)));
  }
  const inOrder = !hasErrors(problems) && !(options.strict && problems.length > 0);
  const summary = `${count(files.length, 'document')}, ${count(messages, 'message')}: in order.`;
  return report(io, options, problems, {
    summary: inOrder ? summary : '',
    result: { documents: files.length, messages },
    checked: files,
    strict: options.strict,
  });
}
