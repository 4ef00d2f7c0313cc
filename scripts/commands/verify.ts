import type { Config } from '../config/config.js';
import { documentsOf } from '../config/outputs.js';
import { type Coverage, isCovered, proofWords } from '../contract/coverage.js';
import { findPacts } from '../contract/find-pacts.js';
import { verifyPacts } from '../contract/verify-pacts.js';
import { readAndLint } from '../lint/lint.js';
import { hasErrors, type Problem } from '../problems/problem.js';
import type { Table } from '../problems/table.js';
import { count, type Io, type Reporting, report } from './io.js';

export interface VerifyOptions extends Reporting {
  /** The documents; none: all of the configuration, or of `./specs`. */
  readonly specs: readonly string[];
  /** Warnings count as errors. */
  readonly strict: boolean;
}

/** Judges pacts against documents; returns the exit code. */
export async function verifyCommand(
  io: Io,
  config: Config,
  pacts: readonly string[],
  options: VerifyOptions,
): Promise<number> {
  const files = findPacts(pacts, io.cwd);
  const problems: Problem[] = [];
  const specs = documentsOf(config, options.specs, io.cwd).flatMap((file) => {
    const { spec, problems: found } = readAndLint(file, config, io.cwd);
    problems.push(...found);
    return spec ?? [];
  });
  // Without all documents, an interaction might seem to be about none.
  if (hasErrors(problems)) {
    return report(io, options, problems, {
      summary: 'No pact was judged, because of the errors in the documents.',
    });
  }
  const { problems: found, coverage, interactions } = verifyPacts(files, specs, { cwd: io.cwd });
  const messages = new Set(coverage.map(nameOf));
  const covered = new Set(coverage.filter(isCovered).map(nameOf));
  const summary = `${count(files.length, 'pact')}, ${count(interactions, 'interaction')}: ${covered.size} of ${count(messages.size, 'message')} covered.`;
  return report(io, options, problems.concat(found), {
    result: { pacts: files.length, interactions, coverage },
    table: tableOf(coverage),
    summary,
    checked: files,
    strict: options.strict,
  });
}

function nameOf({ document, message }: Coverage): string {
  return JSON.stringify([document, message]);
}

function tableOf(coverage: readonly Coverage[]): Table {
  return {
    header: ['consumer', 'producer', 'message', 'expected', 'sent', 'proved by'],
    rows: coverage.map((one) => [
      one.consumer ?? '',
      one.producer ?? '',
      one.message,
      String(one.expected),
      String(one.sent),
      proofWords(one),
    ]),
  };
}
