import { type Problem, problem } from '../problems/problem.js';
import { SourceText } from '../spec/source-text.js';
import type { GeneratedFiles } from './generate.js';
import { hashOf } from './hash.js';
import {
  type Inputs,
  MANIFEST,
  type Manifest,
  manifestOf,
  manifestText,
  readManifest,
} from './manifest.js';
import type { Obstacle } from './standing-file.js';

/** What stands in an output folder now. */
export interface OutputState {
  /** The output folder as the user named it. */
  readonly out: string;
  /** The text of `package.json` at its root, where there is one. */
  readonly packageJson: string | undefined;
  /** What stands in its place, where that is no file. */
  readonly packageJsonObstacle: Obstacle | undefined;
  /** Its folders that are generated or about to be, by name. */
  readonly folders: ReadonlyMap<string, FolderState>;
}

export interface FolderState {
  /** What stands in the folder's place, where that is no folder. */
  readonly obstacle: Obstacle | undefined;
  /** The text of its manifest, where there is one. */
  readonly manifest: string | undefined;
  /** Each file that is generated, was generated, or stands in the way. */
  readonly files: ReadonlyMap<string, Standing>;
}

/** A file that stands in a folder. */
export interface Standing {
  /** The SHA-256 of its bytes; undefined where it is none that could have been generated. */
  readonly hash?: string | undefined;
  /** What stands in its place, or in that of the folder it would stand in. */
  readonly obstacle?: Obstacle;
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

export interface PlanOptions {
  readonly force?: boolean;
  readonly prune?: boolean;
  readonly inputs?: ReadonlyMap<string, Inputs>;
}

/** All that a run would change, and why it may not. */
export interface Plan {
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
}

/**
 * Plans what to write and remove so that each spec's folder holds exactly what its document generates. Only
 * files that a manifest lists and nobody changed are replaced or removed, unless `force` is given. With
 * `prune`, folders that were generated from documents that are gone are removed. `inputs`, by folder, are kept in
 * manifests; a manifest that lists the same files is left alone where there are none.
 */
export function planOutput(
  generated: ReadonlyMap<string, GeneratedFiles>,
  state: OutputState,
  { force = false, prune = false, inputs = new Map() }: PlanOptions = {},
): Plan {
  const plans = [...generated].map(([name, files]) =>
    planFolder(
      { out: state.out, path: `${name}/`, force },
      { files, inputs: inputs.get(name) },
      state.folders.get(name),
    ),
  );
  if (prune) {
    for (const [name, folder] of state.folders) {
      if (generated.has(name)) continue;
      const place = { out: state.out, path: `${name}/`, force };
      plans.push(planFolder(place, { files: new Map() }, folder));
    }
  }
  plans.push(planPackageJson(state, force));
  return {
    changes: plans.flatMap(({ changes }) => changes),
    problems: plans.flatMap(({ problems }) => problems),
  };
}

/**
 * Plans what to write and remove so that a folder itself holds exactly some files, as `planOutput` does for the folders
 * in one.
 */
export function planFiles(
  files: GeneratedFiles,
  { out, folder }: { readonly out: string; readonly folder: FolderState | undefined },
): Plan {
  return planFolder({ out, path: '', force: undefined }, { files }, folder);
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
  { out, packageJson, packageJsonObstacle: what }: OutputState,
  force: boolean,
): Plan {
  if (what !== undefined) {
    const place = placeOf(out, 'package.json');
    return { changes: [], problems: [problem('output.link', { what }, place)] };
  }
  const text = `${JSON.stringify({ type: 'module' }, null, 2)}\n`;
  if (packageJson !== undefined && isModulePackage(packageJson))
    return { changes: [], problems: [] };
  if (packageJson !== undefined && !force) {
    const place = placeOf(out, 'package.json');
    return { changes: [], problems: [problem('output.foreign', { canForce: true }, place)] };
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

/** A folder in an output folder, or that itself. */
interface Place {
  readonly out: string;
  /** Its path in the output folder, with a `/` at its end; `''` is the output folder. */
  readonly path: string;
  /** Whether to replace and remove what somebody changed; undefined where nobody can ask for that. */
  readonly force: boolean | undefined;
}

function planFolder(
  { out, path: folderPath, force: asked }: Place,
  { files, inputs }: { files: GeneratedFiles; inputs?: Inputs | undefined },
  folder: FolderState | undefined,
): Plan {
  const force = asked === true;
  const canForce = asked !== undefined;
  if (folder?.obstacle !== undefined) {
    const what = folder.obstacle;
    const where = placeOf(out, folderPath.slice(0, -1));
    return { changes: [], problems: [problem('output.link', { what }, where)] };
  }
  const standing = folder?.manifest === undefined ? undefined : readManifest(folder.manifest);
  if (folder?.manifest !== undefined && standing === undefined && !force) {
    const reason = `it is not as ${canForce ? 'generate' : 'docs'} writes it`;
    const where = placeOf(out, `${folderPath}${MANIFEST}`);
    return { changes: [], problems: [problem('output.manifest', { reason, canForce }, where)] };
  }
  const known = standing?.files ?? new Map<string, string>();
  const listed = manifestOf(files, inputs);
  const manifest =
    inputs === undefined && isSame(known, listed.files) ? (standing ?? listed) : listed;
  const wanted = files.size === 0 ? files : new Map([...files, [MANIFEST, manifestText(manifest)]]);
  const changes: Change[] = [];
  const problems: Problem[] = [];
  for (const [file, text] of wanted) {
    const path = `${folderPath}${file}`;
    const found = folder?.files.get(file);
    const isAsGenerated = found?.hash !== undefined && known.get(file) === found.hash;
    if (found?.hash === hashOf(text)) continue;
    if (found?.obstacle !== undefined)
      problems.push(problem('output.link', { what: found.obstacle }, placeOf(out, path)));
    else if (!force && found !== undefined && file !== MANIFEST && !isAsGenerated) {
      problems.push(
        problem(
          known.has(file) ? 'output.edited' : 'output.foreign',
          { canForce },
          placeOf(out, path),
        ),
      );
    } else changes.push({ kind: 'write', path, text, isNew: found === undefined });
  }
  for (const [file, hash] of known) {
    const found = folder?.files.get(file);
    if (wanted.has(file) || found === undefined) continue;
    if (found.hash === hash) changes.push({ kind: 'remove', path: `${folderPath}${file}` });
    else
      problems.push(problem('output.edited', { canForce }, placeOf(out, `${folderPath}${file}`)));
  }
  // The manifest goes last, so that it never lists what is not there yet.
  if (files.size === 0 && folder?.manifest !== undefined && problems.length === 0) {
    changes.push({ kind: 'remove', path: `${folderPath}${MANIFEST}` });
  }
  return { changes, problems };
}

function isSame(one: Manifest['files'], other: Manifest['files']): boolean {
  return one.size === other.size && [...one].every(([name, hash]) => other.get(name) === hash);
}

function placeOf(out: string, path: string) {
  return new SourceText(`${out.replace(/\/+$/, '')}/${path}`, '').locate(0);
}
