import { realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../config/config.js';
import type { Problem } from '../problems/problem.js';
import { defaultLimits, isBelow, readText } from '../spec/read-file.js';
import { version } from '../version.js';
import type { GeneratedFiles } from './generate.js';
import { hashOf } from './hash.js';
import { keptWarnings } from './kept-warnings.js';
import { type Inputs, MANIFEST, MANIFEST_LIMIT, MODULE_FILES, readManifest } from './manifest.js';
import { standingText } from './standing-file.js';

/** A module with a larger file is generated again, in bytes. */
const FILE_LIMIT = 100_000_000;

/** The module of a document. */
export interface Module {
  readonly files: GeneratedFiles;
  /** Undefined where what was reported can't be kept. */
  readonly inputs?: Inputs;
}

/**
 * Tells what a module is made of: this program's version, the configuration, and the texts of its document, by path; and
 * what was reported of `file`, the document. Undefined where that can't be kept.
 */
export function inputsOf(
  file: string,
  sources: ReadonlyMap<string, string>,
  config: Config,
  warnings: readonly Problem[],
): Inputs | undefined {
  const files = [...sources.keys()];
  const kept = keptWarnings(warnings, file, files);
  return kept && { files, hash: inputHash(sources, config), warnings: kept };
}

function inputHash(sources: ReadonlyMap<string, string>, config: Config): string {
  const texts = [...sources].map(([path, text]) => [path, text.replaceAll('\r\n', '\n')]);
  return hashOf(JSON.stringify([version(), config, texts]));
}

/**
 * Returns the module in `folder` if it is what this program generates from the document: its
 * manifest names the same inputs, and nobody changed its files. `onOpen` is told each file of the document.
 */
export function standingModule(
  file: string,
  folder: string,
  config: Config,
  onOpen: (path: string) => void = () => {},
): Required<Module> | undefined {
  try {
    const manifest = readManifest(standingText(join(folder, MANIFEST), MANIFEST_LIMIT) ?? '');
    const inputs = manifest?.inputs;
    if (manifest === undefined || inputs === undefined) return undefined;
    if (!MODULE_FILES.every((name) => manifest.files.has(name))) return undefined;
    const base = dirname(realpathSync(file));
    if (inputHash(textsOf(base, inputs.files), config) !== inputs.hash) return undefined;
    const files = new Map<string, string>();
    for (const [name, hash] of manifest.files) {
      const text = standingText(join(folder, name), FILE_LIMIT);
      if (text === undefined || hashOf(text) !== hash) return undefined;
      files.set(name, text);
    }
    // The document by the name that it was asked for by: it may be a link.
    for (const [at, path] of inputs.files.entries()) onOpen(at === 0 ? file : resolve(base, path));
    return { files, inputs };
  } catch {
    // Whatever is not as it should be is found, and named, on the long way.
    return undefined;
  }
}

/** Reads the files of a document, by their paths from its folder, within the limits of a document. */
function textsOf(base: string, paths: readonly string[]): Map<string, string> {
  let room = defaultLimits.totalBytes;
  return new Map(
    paths.map((path) => {
      const real = realpathSync(resolve(base, path));
      if (!isBelow(base, real)) throw new Error('beside the folder');
      const { source } = readText(path, real, Math.min(defaultLimits.fileBytes, room));
      if (source === undefined) throw new Error('not a text');
      room -= Buffer.byteLength(source.text);
      return [path, source.text];
    }),
  );
}
