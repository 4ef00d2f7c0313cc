import { type Problem, problem } from '../problems/problem.js';
import { SourceText } from '../spec/source-text.js';
import { type GeneratedFiles, hashOf } from './generate.js';

/** The file in each generated folder that lists what was generated, with hashes. */
export const MANIFEST = '.webhook-contracts.json';

/** What stands in an output folder now. */
export interface OutputState {
  /** The output folder as the user named it. */
  readonly out: string;
  /** The text of `package.json` at its root, where there is one. */
  readonly packageJson: string | undefined;
  /** A link, or something else that is no file, stands in its place. */
  readonly isPackageJsonForeign: boolean;
  /** Its folders that are generated or about to be, by name. */
  readonly folders: ReadonlyMap<string, FolderState>;
}

export interface FolderState {
  /** The folder is a symbolic link, or something else that is no folder. */
  readonly isForeign: boolean;
  /** The text of its manifest, where there is one. */
  readonly manifest: string | undefined;
  /** Each file that is generated, was generated, or stands in the way: the hash of its bytes, or that it is no regular file. */
  readonly files: ReadonlyMap<string, string | 'link'>;
}

/** A change to the output folder; paths are relative to it, with `/`. */
export type Change =
  | {
      readonly kind: 'write';
      readonly path: string;
      readonly text: string;
      readonly isNew: boolean;
    }
  | { readonly kind: 'remove'; readonly path: string };

/** All that a run would change, and why it may not. */
export interface Plan {
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
}

/**
 * Plans what to write and remove so that each spec's folder holds exactly what its document generates. Only
 * files that a manifest lists and nobody changed are replaced or removed, unless `force` is given. With
 * `prune`, folders that were generated from documents that are gone are removed.
 */
export function planOutput(
  generated: ReadonlyMap<string, GeneratedFiles>,
  state: OutputState,
  { force = false, prune = false } = {},
): Plan {
  const plans = [...generated].map(([name, files]) =>
    planFolder(name, files, state.folders.get(name), state.out, force),
  );
  if (prune) {
    for (const [name, folder] of state.folders) {
      if (!generated.has(name)) plans.push(planFolder(name, new Map(), folder, state.out, force));
    }
  }
  plans.push(planPackageJson(state, force));
  return {
    changes: plans.flatMap(({ changes }) => changes),
    problems: plans.flatMap(({ problems }) => problems),
  };
}

/** Returns a plan's changes as problems: what `--check` reports. */
export function staleness({ changes }: Plan, out: string, command: string): Problem[] {
  return changes.map((change) => {
    const what = change.kind === 'remove' ? 'left over' : change.isNew ? 'missing' : 'different';
    return problem('output.stale', { change: what, command }, placeOf(out, change.path));
  });
}

/** Generated modules are ES modules, whatever the repository's own package.json says. */
function planPackageJson(
  { out, packageJson, isPackageJsonForeign }: OutputState,
  force: boolean,
): Plan {
  if (isPackageJsonForeign) {
    return { changes: [], problems: [problem('output.link', {}, placeOf(out, 'package.json'))] };
  }
  const text = `${JSON.stringify({ type: 'module' }, null, 2)}\n`;
  if (packageJson !== undefined && isModulePackage(packageJson))
    return { changes: [], problems: [] };
  if (packageJson !== undefined && !force) {
    return { changes: [], problems: [problem('output.foreign', {}, placeOf(out, 'package.json'))] };
  }
  return {
    changes: [{ kind: 'write', path: 'package.json', text, isNew: packageJson === undefined }],
    problems: [],
  };
}

function isModulePackage(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return (
      typeof parsed === 'object' && parsed !== null && 'type' in parsed && parsed.type === 'module'
    );
  } catch {
    return false;
  }
}

function planFolder(
  name: string,
  files: GeneratedFiles,
  folder: FolderState | undefined,
  out: string,
  force: boolean,
): Plan {
  if (folder?.isForeign === true) {
    return { changes: [], problems: [problem('output.link', {}, placeOf(out, name))] };
  }
  const listed = readManifest(folder?.manifest);
  if (listed === undefined && !force) {
    const reason = 'it lists something that is no generated file';
    return {
      changes: [],
      problems: [problem('output.manifest', { reason }, placeOf(out, `${name}/${MANIFEST}`))],
    };
  }
  const known = listed ?? new Map<string, string>();
  const wanted = files.size === 0 ? files : new Map([...files, [MANIFEST, manifestOf(files)]]);
  const changes: Change[] = [];
  const problems: Problem[] = [];
  for (const [file, text] of wanted) {
    const path = `${name}/${file}`;
    const found = folder?.files.get(file);
    if (found === hashOf(text)) continue;
    if (found === 'link') problems.push(problem('output.link', {}, placeOf(out, path)));
    else if (!force && found !== undefined && file !== MANIFEST && known.get(file) !== found) {
      problems.push(
        problem(known.has(file) ? 'output.edited' : 'output.foreign', {}, placeOf(out, path)),
      );
    } else changes.push({ kind: 'write', path, text, isNew: found === undefined });
  }
  for (const [file, hash] of known) {
    const found = folder?.files.get(file);
    if (wanted.has(file) || found === undefined) continue;
    if (found === hash) changes.push({ kind: 'remove', path: `${name}/${file}` });
    else problems.push(problem('output.edited', {}, placeOf(out, `${name}/${file}`)));
  }
  // The manifest goes last, so that it never lists what is not there yet.
  if (files.size === 0 && folder?.manifest !== undefined && problems.length === 0) {
    changes.push({ kind: 'remove', path: `${name}/${MANIFEST}` });
  }
  return { changes, problems };
}

function manifestOf(files: GeneratedFiles): string {
  const hashes = [...files]
    .map(([name, text]) => [name, hashOf(text)])
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return `${JSON.stringify({ files: Object.fromEntries(hashes) }, null, 2)}\n`;
}

/** Reads a manifest, which is as little to be trusted as any file: undefined where it is not what we write. */
export function readManifest(text: string | undefined): Map<string, string> | undefined {
  if (text === undefined) return new Map();
  try {
    const { files } = JSON.parse(text) as { files: unknown };
    if (typeof files !== 'object' || files === null) return undefined;
    const entries = Object.entries(files);
    const isSound = entries.every(
      ([name, hash]) =>
        /^[\w-]+(\/[\w-]+)?(\.d)?\.(js|ts)$/.test(name) &&
        typeof hash === 'string' &&
        /^[0-9a-f]{64}$/.test(hash),
    );
    return isSound ? new Map(entries as [string, string][]) : undefined;
  } catch {
    return undefined;
  }
}

function placeOf(out: string, path: string) {
  return new SourceText(`${out.replace(/\/+$/, '')}/${path}`, '').locate(0);
}
