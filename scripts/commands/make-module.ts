import type { Config } from '../config/config.js';
import { generate } from '../generate/generate.js';
import { inputsOf, type Module } from '../generate/standing-module.js';
import { readAndLint } from '../lint/lint.js';
import type { Problem } from '../problems/problem.js';

/** Reads, checks and generates; the module is undefined where the document has errors. */
export async function makeModule(
  file: string,
  config: Config,
  cwd: string,
  onOpen: (path: string) => void,
): Promise<{ module: Module | undefined; problems: readonly Problem[] }> {
  const { spec, problems: found } = readAndLint(file, config, cwd, onOpen);
  if (spec === undefined) return { module: undefined, problems: found };
  const { files, problems: more } = await generate(spec, config);
  const problems = [...found, ...more];
  const inputs = inputsOf(file, spec.sources, config, problems);
  return { module: { files, ...(inputs && { inputs }) }, problems };
}
