import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CORE_SCHEMA, dump, load } from 'js-yaml';
import type { Json, JsonObject } from '../../scripts/spec/model.js';
import { isObject } from '../../scripts/spec/positions.js';
import { asVersion2 } from './as-version-2.js';
import { caseFolders } from './case-folders.js';
import {
  acceptedByLint,
  caseDocuments,
  type NamedText,
  shippedDocuments,
} from './compare-with-parser.js';
import { mutatedBytes } from './mutate-bytes.js';
import { type Mutation, mutationsOf } from './mutate-document.js';
import { mutatedLines } from './mutate-lines.js';
import { mutatedText } from './mutate-text.js';
import { isMutable, mutateTree } from './mutate-tree.js';
import type { Random } from './random.js';
import { randomSchema } from './random-schemas.js';
import { inRepository } from './repository.js';
import { wildSchema } from './wild-schemas.js';

/** A document that nobody wrote. */
export interface MutantDocument {
  /** The name of the document that it was made of, which is its file's name without its ending. */
  readonly name: string;
  readonly file: string;
  readonly bytes: Uint8Array;
}

interface Original extends NamedText {
  /** What the text holds; undefined where js-yaml reads no object in it, or too large a one. */
  readonly tree: JsonObject | undefined;
}

/** Makes mutants: of documents of every kind, by their structure, their lines or their bytes. */
export class MutantDocuments {
  readonly #shipped = shippedDocuments().map(opened);
  /** The cases in which `lint` finds no error, and the others. */
  readonly #sound: readonly Original[];
  readonly #unsound: readonly Original[];
  readonly #version2: readonly Original[];
  readonly #mistakes = new Map<Original, readonly Mutation[]>();

  constructor() {
    const accepts = acceptedByLint();
    const cases = [...deliveredDocuments(), ...caseDocuments()].map(opened);
    this.#sound = cases.filter(({ text }) => accepts(text));
    const others = cases.filter((one) => !this.#sound.includes(one));
    this.#unsound = [...others, ...hostileDocuments().map(opened)];
    this.#version2 = [...this.#shipped, ...this.#sound].flatMap(({ name, tree }) => {
      const older = tree === undefined ? undefined : olderOf(tree);
      return older === undefined ? [] : [{ name, text: dump(older), tree: older }];
    });
  }

  next(random: Random): MutantDocument {
    const original = this.#pick(random);
    const { text, ending } = this.#mutated(original, random);
    const bytes = new TextEncoder().encode(text);
    return {
      name: original.name,
      file: `${original.name}.asyncapi.${ending}`,
      bytes: random.below(16) === 0 ? mutatedBytes(bytes, random) : bytes,
    };
  }

  #pick(random: Random): Original {
    const percent = random.below(100);
    if (percent < 4) return random.pick(this.#shipped);
    if (percent < 55) return random.pick(this.#sound);
    if (percent < 65) return random.pick(this.#unsound);
    return percent < 80 ? random.pick(this.#version2) : opened(randomDocument(random));
  }

  #mutated(original: Original, random: Random): { text: string; ending: string } {
    const { text, tree } = original;
    if (tree === undefined || random.below(5) === 0) {
      const ending = text.trimStart().startsWith('{') ? random.pick(['json', 'yaml']) : 'yaml';
      const near = random.below(4) === 0 ? mutatedText(text, random) : text;
      return { text: mutatedLines(near, random), ending };
    }
    const isMistaken = random.below(6) === 0;
    const made = isMistaken ? this.#mistaken(original, tree, random) : structuredClone(tree);
    const donor = random.pick([...this.#shipped, ...this.#sound]).tree ?? {};
    if (isObject(made)) mutateTree(made, donor, random);
    return random.below(4) === 0
      ? { text: yamlOf(made), ending: random.pick(['yaml', 'yml']) }
      : { text: JSON.stringify(made, null, 2), ending: random.pick(['json', 'yaml']) };
  }

  #mistaken(original: Original, tree: JsonObject, random: Random): Json {
    const mistakes = this.#mistakes.get(original) ?? mutationsOf(tree);
    // Random documents come once.
    if (original.name !== RANDOM) this.#mistakes.set(original, mistakes);
    return random.pick(mistakes).make();
  }
}

function opened({ name, text }: NamedText): Original {
  try {
    const tree = load(text, { schema: CORE_SCHEMA }) as Json;
    return { name, text, tree: isObject(tree) && isMutable(tree) ? tree : undefined };
  } catch {
    return { name, text, tree: undefined };
  }
}

/** Writes a tree as YAML; as JSON where the writer knows no way to. */
function yamlOf(tree: Json): string {
  try {
    return dump(tree);
  } catch {
    return JSON.stringify(tree);
  }
}

function olderOf(tree: JsonObject): JsonObject | undefined {
  try {
    return asVersion2(tree);
  } catch {
    // It is meant for documents that are in order.
    return undefined;
  }
}

/** Returns the documents of test/cases/documents, without the files that they refer to. */
function deliveredDocuments(): NamedText[] {
  return caseFolders('documents').flatMap(({ name, path }) => {
    const file = readdirSync(path).find((entry) => entry.startsWith(`${name}.asyncapi.`));
    return file === undefined ? [] : [{ name, text: readFileSync(join(path, file), 'utf8') }];
  });
}

function hostileDocuments(): NamedText[] {
  const folder = inRepository('test', 'cases', 'hostile', 'specs');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => ({
      name: basename(file, '.yaml'),
      text: readFileSync(join(folder, file), 'utf8'),
    }));
}

const RANDOM = 'random';

/** Makes a document of one message, of a random schema: one that documents are like, or one of any keywords. */
function randomDocument(random: Random): NamedText {
  const { payload, schemas } =
    random.below(2) === 0
      ? randomSchema(random)
      : {
          payload: wildSchema(random, 0),
          schemas: { s0: wildSchema(random, 0), s1: wildSchema(random, 0) },
        };
  const document = {
    asyncapi: random.pick(['3.0.0', '3.1.0']),
    info: { title: 'Random', version: '1.0.0' },
    channels: { webhook: { address: null, messages: { 'thing.happened': { payload } } } },
    operations: { send: { action: 'send', channel: { $ref: '#/channels/webhook' } } },
    components: { schemas },
  };
  return { name: RANDOM, text: JSON.stringify(document, null, 2) };
}
