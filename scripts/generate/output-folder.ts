import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { CannotRun } from '../problems/problem.js';
import type { GeneratedFiles } from './generate.js';
import { hashOf } from './hash.js';
import { MANIFEST, readManifest } from './manifest.js';
import type { FolderState, OutputState } from './plan.js';

/**
 * Reads what stands in an output folder. Throws `CannotRun` where nothing may be generated: the root, the
 * home or working folder, a folder that holds one of the documents or a repository, or something that is no folder.
 */
export function readOutput(
  out: string,
  generated: ReadonlyMap<string, GeneratedFiles>,
  { cwd, specs }: { cwd: string; specs: readonly string[] },
): OutputState {
  const path = resolve(cwd, out);
  refuseDangerous(out, path, cwd, specs);
  const folders = new Map<string, FolderState>();
  const isThere = lstatOf(path) !== undefined;
  const names = new Set([...generated.keys(), ...(isThere ? readdirSync(path) : [])]);
  for (const name of [...names].sort()) {
    const folder = readFolder(join(path, name), generated.get(name));
    if (folder !== undefined) folders.set(name, folder);
  }
  const packageJson = join(path, 'package.json');
  const found = lstatOf(packageJson);
  return {
    out,
    packageJson: found?.isFile() === true ? readFileSync(packageJson, 'utf8') : undefined,
    isPackageJsonForeign: found !== undefined && !found.isFile(),
    folders,
  };
}

function refuseDangerous(out: string, path: string, cwd: string, specs: readonly string[]): void {
  const stat = lstatOf(path, `--out ${out}`);
  if (stat?.isSymbolicLink() === true) throw new CannotRun(`--out ${out}: is a symbolic link`);
  if (stat !== undefined && !stat.isDirectory())
    throw new CannotRun(`--out ${out}: is not a folder`);
  const real = realOf(path);
  const holds = (inner: string) =>
    `${realOf(inner)}${sep}`.startsWith(real.endsWith(sep) ? real : `${real}${sep}`);
  if (real === resolve('/')) throw new CannotRun(`--out ${out}: is the root of the file system`);
  if (holds(homedir())) throw new CannotRun(`--out ${out}: holds your home folder`);
  if (holds(cwd)) throw new CannotRun(`--out ${out}: holds the working folder`);
  if (real.split(sep).includes('.git')) throw new CannotRun(`--out ${out}: is what git keeps`);
  if (existsSync(join(path, '.git'))) throw new CannotRun(`--out ${out}: is a repository`);
  const spec = specs.find((file) => holds(dirname(resolve(cwd, file))));
  if (spec !== undefined) throw new CannotRun(`--out ${out}: holds the document ${spec}`);
}

/** Reads what concerns us of one folder; undefined where nothing there is ours or in our way. */
function readFolder(path: string, wanted: GeneratedFiles | undefined): FolderState | undefined {
  const stat = lstatOf(path);
  if (stat === undefined) return undefined;
  if (!stat.isDirectory()) {
    return wanted === undefined
      ? undefined
      : { isForeign: true, manifest: undefined, files: new Map() };
  }
  const manifestPath = join(path, MANIFEST);
  const manifest =
    lstatOf(manifestPath)?.isFile() === true ? readFileSync(manifestPath, 'utf8') : undefined;
  if (manifest === undefined && wanted === undefined) return undefined;
  const names = new Set([
    ...(wanted?.keys() ?? []),
    ...(readManifest(manifest ?? '')?.files.keys() ?? []),
    MANIFEST,
  ]);
  const files = new Map<string, string | 'link'>();
  for (const name of names) {
    const state = stateOf(path, name);
    if (state !== undefined) files.set(name, state);
  }
  return { isForeign: false, manifest, files };
}

/** Returns the hash of a file of a folder, `link` where it or a folder on its way is none of ours, undefined where it is not there. */
function stateOf(folder: string, name: string): string | 'link' | undefined {
  const inner = dirname(name);
  const between = inner === '.' ? undefined : lstatOf(join(folder, inner));
  if (between !== undefined && !between.isDirectory()) return 'link';
  const found = lstatOf(join(folder, name));
  if (found === undefined) return undefined;
  return found.isFile() ? hashOf(readFileSync(join(folder, name))) : 'link';
}

/** Looks at a path without following links; throws `CannotRun` where a file stands in the way of it. */
function lstatOf(path: string, what = path) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new CannotRun(
      `${what}: can't be looked at (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`,
    );
  }
}

/** Resolves links as far as the path exists. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path
      ? path
      : join(realOf(dirname(path)), path.slice(dirname(path).length));
  }
}
