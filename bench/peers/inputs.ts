import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dump } from 'js-yaml';
import { githubDocument } from '../../test/support/github-document.js';
import { providers } from '../../test/support/repository.js';
import { syntheticDocument } from './synthetic-document.js';

/** Documents to be measured together, by their paths; each tool reads them one after the other. */
export interface Input {
  readonly name: string;
  readonly files: readonly string[];
}

/** Writes the documents that are measured into a folder. */
export function writeInputs(folder: string): {
  readonly five: Input;
  readonly synthetic: (messages: number) => Input;
  readonly github: Input;
} {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const five = providers.map((provider) => {
    const file = `${provider}.asyncapi.yaml`;
    const path = fileURLToPath(new URL(`../../specs/${file}`, import.meta.url));
    copyFileSync(path, join(folder, file));
    return join(folder, file);
  });
  const github = write('github.asyncapi.json', JSON.stringify(githubDocument(), null, 2));
  return {
    five: { name: 'the five documents', files: five },
    synthetic(messages) {
      const text = dump(syntheticDocument(messages), { noRefs: true });
      const file = write(`synthetic-${messages}.asyncapi.yaml`, text);
      return { name: `${messages} messages`, files: [file] };
    },
    github: { name: "GitHub's webhooks", files: [github] },
  };
}

/** Writes a document of YAML or JSON once more with the first description changed that stands behind a payload. */
export function changeOneMessage(text: string): string {
  const changed = text.replace(/(payload"?:[\s\S]*?description"?: ['"]?)(?=\w)/, '$1Changed. ');
  if (changed === text) throw new Error('the document has no description to change');
  return changed;
}
