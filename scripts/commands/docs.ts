import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../config/config.js';
import { documentsOf } from '../config/outputs.js';
import { findPacts, PACTS } from '../contract/find-pacts.js';
import { judgeInteractions } from '../contract/verify-pacts.js';
import { noPacts, type PactView, viewPacts } from '../docs/pacts.js';
import { portOf, SiteServer } from '../docs/serve.js';
import { type NamedDocument, renderSite } from '../docs/site.js';
import { namesOf } from '../generate/generate.js';
import { readSite } from '../generate/output-folder.js';
import { planFiles } from '../generate/plan.js';
import { writeOutput } from '../generate/write-output.js';
import { readAndLint } from '../lint/lint.js';
import { CannotRun, hasErrors, type Problem, problem } from '../problems/problem.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { count, type Io, type Reporting, report } from './io.js';
import { watch } from './watch.js';

export interface DocsOptions extends Reporting {
  readonly out: string;
  /** The port to show the site on; true: the usual one; undefined: it is only written. */
  readonly serve: string | true | undefined;
}

/** Makes a site of documents; returns the exit code. Nothing is written where there is an error. */
export async function docsCommand(
  io: Io,
  config: Config,
  specs: readonly string[],
  options: DocsOptions,
): Promise<number> {
  if (options.serve === undefined) return (await writeSite(io, config, specs, options)).code;
  const server = await SiteServer.start(portOf(options.serve));
  try {
    return await watch(io, options, '--serve', async (now, onOpen) => {
      const { files } = await writeSite(io, now, specs, options, onOpen);
      if (files !== undefined) server.show(files);
      if (!options.quiet) io.stdout(`Showing it at ${server.url}\n`);
    });
  } finally {
    server.stop();
  }
}

/** Makes the site, writes it and reports; the files are undefined where there was an error. */
async function writeSite(
  io: Io,
  config: Config,
  specs: readonly string[],
  options: DocsOptions,
  onOpen: (path: string) => void = () => {},
): Promise<{ code: number; files: ReadonlyMap<string, string> | undefined }> {
  const { out } = options;
  const checked = documentsOf(config, specs, io.cwd);
  const problems: Problem[] = [];
  const documents = checked.flatMap((file): NamedDocument[] => {
    const { spec: read, problems: found } = readAndLint(file, config, io.cwd, onOpen);
    problems.push(...found);
    if (read === undefined) return [];
    const { names, problems: unnamed } = namesOf(read, config);
    problems.push(...unnamed);
    // The pages about it would stand in a folder by the name of a page.
    if (/\.(?:html|md|txt)$/i.test(read.spec.name))
      problems.push(problem('name.folder', { name: read.spec.name }, read.locate('')));
    return [{ read, names }];
  });
  const refused = () => ({ code: report(io, options, problems, { checked }), files: undefined });
  if (hasErrors(problems)) return refused();

  const pacts = pactsAbout(
    documents.map(({ read }) => read),
    io.cwd,
    onOpen,
  );
  const { files, problems: unfit } = await renderSite(documents, pacts);
  problems.push(...unfit);
  if (hasErrors(problems)) return refused();
  const planNow = () => planFiles(files, readSite(out, files, { cwd: io.cwd, specs: checked }));
  const { changes, problems: obstacles } = await writeOutput(out, planNow, io.cwd);
  problems.push(...obstacles);
  if (hasErrors(problems)) return refused();

  const pathsOf = (kind: 'write' | 'remove') =>
    changes.filter((one) => one.kind === kind).map(({ path }) => path);
  const [written, removed] = [pathsOf('write'), pathsOf('remove')];
  const code = report(io, options, problems, {
    checked,
    result: { out, written, removed },
    summary: `${count(checked.length, 'document')} to ${out}: ${count(written.length, 'file')} written, ${removed.length} removed. Open ${out}/index.html.`,
  });
  return { code, files };
}

/** Looks at the pacts that stand where they usually do. What is wrong with them is for `verify` to say. */
function pactsAbout(
  specs: readonly SpecDocument[],
  cwd: string,
  onOpen: (path: string) => void,
): PactView {
  try {
    const files = existsSync(resolve(cwd, PACTS)) ? findPacts([], cwd) : [];
    for (const file of files) onOpen(resolve(cwd, file));
    return files.length === 0
      ? noPacts
      : viewPacts(judgeInteractions(files, specs, cwd).judged, specs);
  } catch (error) {
    if (error instanceof CannotRun) return noPacts;
    throw error;
  }
}
