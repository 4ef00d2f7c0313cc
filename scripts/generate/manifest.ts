import type { Problem } from '../problems/problem.js';
import { defaultLimits } from '../spec/read-file.js';
import type { GeneratedFiles } from './generate.js';
import { hashOf } from './hash.js';
import { areWarnings } from './kept-warnings.js';

/** The file in each generated folder, and in a site, that lists what was generated, with hashes. */
export const MANIFEST = '.webhook-contracts.json';
/** No manifest of ours is larger, in bytes: that of a site lists thousands of files. */
export const MANIFEST_LIMIT = 20_000_000;

/** The files of every generated module. */
export const MODULE_FILES: readonly string[] = [
  ...['index.js', 'index.d.ts', 'types.d.ts', 'validators.js', 'runtime.js', 'module.d.ts'],
];

/** What a module was generated from. */
export interface Inputs {
  /** The files that the document was read from, by their paths from its folder, with `/`; the document first. */
  readonly files: readonly string[];
  /** The SHA-256 of their texts, of the configuration and of this program's version. */
  readonly hash: string;
  /** What was reported of it, to be said again; files go by their paths as above. */
  readonly warnings: readonly Problem[];
}

export interface Manifest {
  /** The SHA-256 of each generated file, by its path in the folder. */
  readonly files: ReadonlyMap<string, string>;
  /** Absent where what was reported can't be kept, to be said again. */
  readonly inputs?: Inputs;
}

export function manifestOf(files: GeneratedFiles, inputs?: Inputs): Manifest {
  const hashes = [...files]
    .map(([name, text]) => [name, hashOf(text)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return { files: new Map(hashes), ...(inputs === undefined ? {} : { inputs }) };
}

export function manifestText({ files, inputs }: Manifest): string {
  const hashes = Object.fromEntries(files);
  return `${JSON.stringify({ files: hashes, inputs: inputs && withoutNone(inputs) }, null, 2)}\n`;
}

function withoutNone({ warnings, ...inputs }: Inputs): Partial<Inputs> {
  return warnings.length === 0 ? inputs : { ...inputs, warnings };
}

/** Reads a manifest, which is as little to be trusted as any file: undefined where it is not what we write. */
export function readManifest(text: string): Manifest | undefined {
  try {
    const { files, inputs } = JSON.parse(text) as { files: unknown; inputs?: unknown };
    if (typeof files !== 'object' || files === null) return undefined;
    const entries = Object.entries(files);
    if (!entries.every(([name, hash]) => FILE.test(name) && isHash(hash))) return undefined;
    const read = readInputs(inputs);
    return { files: new Map(entries), ...(read === undefined ? {} : { inputs: read }) };
  } catch {
    return undefined;
  }
}

/** The paths of files that are generated: what begins with a dot or a dash, or leads elsewhere, is none. */
const FILE = /^\w[\w.~-]*(\/\w[\w.~-]*){0,3}\.(js|ts|html|md|css|svg|json|txt)$/;

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function readInputs(value: unknown): Inputs | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { files, hash, warnings = [] } = value as { [Field in keyof Inputs]?: unknown };
  if (!isHash(hash) || !Array.isArray(files) || !files.every(isOurPath)) return undefined;
  if (files.length > defaultLimits.files || new Set(files).size < files.length) return undefined;
  return areWarnings(warnings, files) ? { files, hash, warnings } : undefined;
}

/** Tells whether a path stays in the folder of the document, and is written in the one way that we write it. */
function isOurPath(path: unknown): path is string {
  return (
    typeof path === 'string' &&
    !/^\w:/.test(path) &&
    path.split(/[\\/]/).every((part) => !['', '.', '..'].includes(part))
  );
}
