import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_SCHEMA, load } from 'js-yaml';
import { defaultConfig } from '../../scripts/config/config.js';
import { readAndLint } from '../../scripts/lint/lint.js';
import type { Json } from '../../scripts/spec/model.js';
import type { AskParser } from './asyncapi-parser.js';
import { caseFolders } from './case-folders.js';
import { mutationsOf } from './mutate-document.js';
import { randomFrom } from './random.js';
import { inRepository, providers } from './repository.js';
import { temporaryFolder, writeFiles } from './temporary-folder.js';

/** A document's text, and what it is. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Returns the documents of `specs`. */
export function shippedDocuments(): NamedText[] {
  return providers.map((name) => ({
    name,
    text: readFileSync(inRepository('specs', `${name}.asyncapi.yaml`), 'utf8'),
  }));
}

/** Returns the documents of test/cases/specs that stand in one file alone, and need no configuration. */
export function caseDocuments(): NamedText[] {
  return caseFolders('specs').flatMap(({ name, path }) => {
    const [file, ...others] = readdirSync(path).filter((entry) => entry !== 'expected.json');
    if (file === undefined || others.length > 0) return [];
    return [{ name, text: readFileSync(join(path, file), 'utf8') }];
  });
}

/** Tells of texts whether `lint` finds no error in them. */
export function acceptedByLint(): (text: string) => boolean {
  const folder = temporaryFolder();
  return (text) => {
    writeFiles(folder, { 'document.asyncapi.yaml': text });
    return readAndLint('document.asyncapi.yaml', defaultConfig, folder).spec !== undefined;
  };
}

/** What a comparison of many mutants gave. */
export interface Comparison {
  readonly mutants: number;
  /** How many of them `lint` accepts, and the parser was asked about. */
  readonly accepted: number;
  /** Those that the parser rejects all the same: what was changed, and why it is rejected. */
  readonly disagreements: readonly string[];
}

/** Makes mutants of documents, `count` of each, and asks the parser about those that `lint` accepts. */
export async function compareMutants(
  documents: readonly NamedText[],
  { count, seed, ask }: { count: number; seed: number; ask: AskParser },
): Promise<Comparison> {
  const random = randomFrom(seed);
  const accepts = acceptedByLint();
  const disagreements: string[] = [];
  let mutants = 0;
  let accepted = 0;
  for (const { name, text } of documents) {
    // What messages show and what extensions hold is data for both.
    const skip = new Set(['examples', 'x-source', 'x-sources', 'x-delivery']);
    const mutations = mutationsOf(load(text, { schema: CORE_SCHEMA }) as Json, skip);
    for (let round = 0; round < count; round += 1) {
      const { what, make } = random.pick(mutations);
      const mutant = JSON.stringify(make());
      mutants += 1;
      if (!accepts(mutant)) continue;
      accepted += 1;
      const [error] = await ask(mutant);
      if (error !== undefined) disagreements.push(`${name}, ${what}: ${error.slice(0, 200)}`);
    }
  }
  return { mutants, accepted, disagreements };
}
