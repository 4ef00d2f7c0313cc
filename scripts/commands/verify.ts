import type { Config } from '../config/config.js';
import type { Coverage } from '../contract/coverage.js';
import { findPacts } from '../contract/find-pacts.js';
import { verifyPacts } from '../contract/verify-pacts.js';
import { readAndLint } from '../lint/lint.js';
import { hasErrors, type Problem } from '../problems/problem.js';
import { findSpecs } from '../spec/find-specs.js';
import { count, type Io, type Reporting, report } from './io.js';

export interface VerifyOptions extends Reporting {
  /** The documents; none: all of `./specs`. */
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
  const specs = findSpecs(options.specs, io.cwd).flatMap((file) => {
    const { spec, problems: found } = readAndLint(file, config, io.cwd);
    problems.push(...found);
    return spec ?? [];
  });
  // Without all documents, an interaction might seem to be about none.
  if (hasErrors(problems)) return report(io, options, problems);
  const { problems: found, coverage, interactions } = verifyPacts(files, specs, { cwd: io.cwd });
  problems.push(...found);
  const covered = new Set(
    coverage.filter(isCovered).map(({ document, message }) => `${document} ${message}`),
  );
  const all = new Set(coverage.map(({ document, message }) => `${document} ${message}`));
  return report(io, options, problems, {
    result: { pacts: files.length, interactions, coverage },
    summary: `${count(files.length, 'pact')}, ${count(interactions, 'interaction')}: ${covered.size} of ${count(all.size, 'message')} covered.`,
    strict: options.strict,
  });
}

function isCovered({ expected, sent }: Coverage): boolean {
  return expected + sent > 0;
}
