import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { schemeDocuments } from '../runtimes/scheme-documents.js';
import { folderTree } from './folder-tree.js';
import { inRepository, providers } from './repository.js';
import { runCommandLine } from './run-command-line.js';
import { temporaryFolder, writeFiles } from './temporary-folder.js';

/** The ways to start the program: as a process, as one that has no `node:crypto`, and as a worker. */
export const starts = {
  process: 'start.js',
  withoutNodeCrypto: 'start-without-node-crypto.js',
  worker: 'worker.js',
} as const;

/**
 * Makes a folder with test/runtimes/program.js, the modules that it tries (the committed ones and those of
 * `schemeDocuments`), and the files that start it: nothing outside of the folder is imported.
 */
export async function runtimeFolder(): Promise<string> {
  const folder = temporaryFolder({ 'package.json': '{"type": "module"}\n' });
  cpSync(inRepository('test', 'runtimes'), join(folder, 'runtimes'), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  });
  for (const name of providers) {
    cpSync(inRepository('generated', name), join(folder, 'generated', name), { recursive: true });
  }
  mkdirSync(join(folder, 'documents'));
  for (const [name, document] of Object.entries(schemeDocuments)) {
    writeFiles(folder, { [`documents/${name}.asyncapi.yaml`]: document });
    const made = await runCommandLine(
      ['generate', `documents/${name}.asyncapi.yaml`, '--out', 'generated'],
      { cwd: folder },
    );
    if (made.code !== 0) throw new Error(`${name} can't be generated: ${made.stderr}`);
  }
  writeFiles(folder, startFiles([...providers, ...Object.keys(schemeDocuments)]));
  return folder;
}

/** Returns the ES modules of such a folder, by their paths. */
export function modulesIn(folder: string): string[] {
  return [...folderTree(folder).keys()].filter((path) => path.endsWith('.js')).sort();
}

function startFiles(names: readonly string[]): Record<string, string> {
  const imports = names.map(
    (name) => `import * as ${nameOf(name)} from './generated/${name}/index.js';\n`,
  );
  const tried = `{ ${names.map(nameOf).join(', ')} }`;
  return {
    'try.js': `import { run } from './runtimes/program.js';
${imports.join('')}
export const tryAll = () => run(${tried});
`,
    [starts.process]: `import { tryAll } from './try.js';
console.log(JSON.stringify(await tryAll()));
`,
    [starts.withoutNodeCrypto]: `process.getBuiltinModule = undefined;
const { tryAll } = await import('./try.js');
console.log(JSON.stringify(await tryAll()));
`,
    [starts.worker]: `import { tryAll } from './try.js';
export default { fetch: async () => Response.json(await tryAll()) };
`,
  };
}

/** `e-res` → `eRes` */
function nameOf(provider: string): string {
  return provider.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
