import { resolve } from 'node:path';
import { findSpecs } from '../spec/find-specs.js';
import type { Config } from './config.js';

/** An output folder that a run makes. */
export interface Output {
  /** The folder as the user named it. */
  readonly out: string;
  /** Its documents, as paths relative to the working folder. */
  readonly files: readonly string[];
  /** Whether these are all documents of the folder, so that what was made of any other is left over. */
  readonly isWhole: boolean;
}

/**
 * Finds what `generate` is to make: without arguments every output of the configuration, or else `generated` of all of
 * `./specs`. Named documents, or a named folder, make one output. Throws `CannotRun` as `findSpecs` does.
 */
export function outputsOf(
  config: Config,
  { specs, out }: { readonly specs: readonly string[]; readonly out: string | undefined },
  cwd: string,
): Output[] {
  if (specs.length === 0 && out === undefined && config.outputs.length > 0) {
    return config.outputs.map((output) => ({
      out: output.out,
      files: findSpecs(output.specs, cwd),
      isWhole: true,
    }));
  }
  const files =
    specs.length > 0 || config.outputs.length === 0
      ? findSpecs(specs, cwd)
      : findSpecs(
          config.outputs.flatMap((output) => output.specs),
          cwd,
        );
  return [{ out: out ?? 'generated', files, isWhole: specs.length === 0 }];
}

/**
 * Finds the documents that a command works on: those that are named, or else all of the configuration's outputs, or of
 * `./specs`. Throws `CannotRun` as `findSpecs` does.
 */
export function documentsOf(config: Config, specs: readonly string[], cwd: string): string[] {
  if (specs.length > 0) return findSpecs(specs, cwd);
  const files = outputsOf(config, { specs, out: undefined }, cwd).flatMap((output) => output.files);
  return [...new Map(files.map((file) => [resolve(cwd, file), file])).values()];
}
