import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { CannotRun } from '../problems/problem.js';
import type { GeneratedFiles } from './generate.js';
import { MANIFEST, MANIFEST_LIMIT, readManifest } from './manifest.js';
import type { FolderState, OutputState, Standing } from './plan.js';
import { kindOf, standingHash, standingText } from './standing-file.js';

/** How much of a `package.json` is read, in bytes. */
const PACKAGE_LIMIT = 1_000_000;

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
  const names = new Set([...generated.keys(), ...(kindOf(path) === 'folder' ? namesIn(path) : [])]);
  for (const name of [...names].sort()) {
    const folder = readFolder(join(path, name), generated.get(name));
    if (folder !== undefined) folders.set(name, folder);
  }
  const packageJson = join(path, 'package.json');
  const kind = kindOf(packageJson);
  return {
    out,
    packageJson: kind === 'file' ? (standingText(packageJson, PACKAGE_LIMIT) ?? '') : undefined,
    packageJsonObstacle: kind === 'file' ? undefined : kind,
    folders,
  };
}

/**
 * Reads what stands in a folder that is itself to hold some files. Throws `CannotRun` where `readOutput` does.
 */
export function readSite(
  out: string,
  files: GeneratedFiles,
  { cwd, specs }: { cwd: string; specs: readonly string[] },
): { out: string; folder: FolderState | undefined } {
  const path = resolve(cwd, out);
  refuseDangerous(out, path, cwd, specs);
  return { out, folder: readFolder(path, files) };
}

function refuseDangerous(out: string, path: string, cwd: string, specs: readonly string[]): void {
  const kind = kindOf(path, `--out ${out}`);
  if (kind === 'symbolic link') throw new CannotRun(`--out ${out}: is a symbolic link`);
  if (kind !== undefined && kind !== 'folder') throw new CannotRun(`--out ${out}: is not a folder`);
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
  const kind = kindOf(path);
  if (kind === undefined) return undefined;
  if (kind !== 'folder') {
    return wanted === undefined
      ? undefined
      : { obstacle: kind, manifest: undefined, files: new Map() };
  }
  const manifestPath = join(path, MANIFEST);
  const manifest =
    kindOf(manifestPath) === 'file'
      ? (standingText(manifestPath, MANIFEST_LIMIT) ?? '')
      : undefined;
  if (manifest === undefined && wanted === undefined) return undefined;
  const names = new Set([
    ...(wanted?.keys() ?? []),
    ...(readManifest(manifest ?? '')?.files.keys() ?? []),
    MANIFEST,
  ]);
  const files = new Map<string, Standing>();
  for (const name of names) {
    const state = stateOf(path, name);
    if (state !== undefined) files.set(name, state);
  }
  return { obstacle: undefined, manifest, files };
}

/** Looks at a file of a folder, and at the folders in it that it may stand in; undefined where it is not there. */
function stateOf(folder: string, name: string): Standing | undefined {
  const steps = name.split('/').slice(0, -1);
  for (const [index] of steps.entries()) {
    const between = kindOf(join(folder, ...steps.slice(0, index + 1)));
    if (between === undefined) return undefined;
    if (between !== 'folder') return { obstacle: between };
  }
  const path = join(folder, name);
  const kind = kindOf(path);
  if (kind === undefined) return undefined;
  return kind === 'file' ? { hash: standingHash(path) } : { obstacle: kind };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    throw new CannotRun(`${folder}: can't be read (${code})`);
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
