import { exit } from '../commands/io.js';
import { defaultConfig } from '../config/config.js';
import { readConfig } from '../config/read-config.js';
import { type GeneratedFiles, generate } from '../generate/generate.js';
import { readOutput } from '../generate/output-folder.js';
import { planOutput } from '../generate/plan.js';
import { writeOutput } from '../generate/write-output.js';
import { createJudge } from '../judge/judge.js';
import { readAndLint } from '../lint/lint.js';
import { hasErrors, type Problem } from '../problems/problem.js';
import { renderText } from '../problems/render-text.js';
import { renderTable, type Table } from '../problems/table.js';
import { findSpecs } from '../spec/find-specs.js';
import { isObject } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';

const OUT = 'generated';

interface Row {
  readonly provider: string;
  readonly document: string;
  readonly messages: number;
  readonly samples: number;
  readonly accepted: number;
  readonly files: number;
}

/** Lints every document, generates its module, and judges every sample it holds; returns the exit code. */
export async function buildDocuments(cwd: string): Promise<number> {
  const { config = defaultConfig, problems: configProblems } = readConfig(cwd);
  const problems: Problem[] = [...configProblems];
  const generated = new Map<string, GeneratedFiles>();
  const rows: Row[] = [];
  const specs = findSpecs([], cwd);
  for (const file of specs) {
    const { spec: read, problems: found } = readAndLint(file, config, cwd);
    problems.push(...found);
    if (read === undefined) continue;
    const made = await generate(read, config);
    problems.push(...made.problems);
    generated.set(read.spec.name, made.files);
    rows.push({
      provider: read.spec.name,
      document: file,
      messages: read.spec.messages.length,
      ...judgeSamples(read),
      files: made.files.size,
    });
  }
  const planNow = () =>
    planOutput(generated, readOutput(OUT, generated, { cwd, specs }), { prune: true });
  const plan = hasErrors(problems) ? planNow() : await writeOutput(OUT, planNow, cwd);
  problems.push(...plan.problems);
  if (problems.length > 0) process.stderr.write(renderText(problems, { color: false }));
  if (hasErrors(problems)) return exit.problems;

  process.stdout.write(`${renderTable(table(rows))}\n`);
  const changed = plan.changes.length;
  process.stdout.write(
    changed === 0
      ? `${OUT}/ was up to date already.\n`
      : `${OUT}/: ${changed} files changed; commit them with the documents.\n`,
  );
  return rows.every(({ samples, accepted }) => samples === accepted) ? exit.ok : exit.problems;
}

/** Judges the samples of every message as deliveries: payload, and headers where the sample shows them. */
function judgeSamples(read: SpecDocument): { samples: number; accepted: number } {
  const judge = createJudge(read);
  const verdicts = read.spec.messages.flatMap(({ name, examples }) =>
    examples
      .filter(({ payload }) => payload !== undefined)
      .map(({ payload, headers }) => {
        const result = judge.check(payload, isObject(headers) ? headers : undefined);
        return result.ok && result.message === name;
      }),
  );
  return { samples: verdicts.length, accepted: verdicts.filter(Boolean).length };
}

function table(rows: readonly Row[]): Table {
  return {
    header: ['provider', 'document', 'messages', 'samples', 'accepted', 'files'],
    rows: rows.map(({ provider, document, messages, samples, accepted, files }) =>
      [provider, document, messages, samples, accepted, files].map(String),
    ),
  };
}
