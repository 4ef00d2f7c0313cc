import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packedPackage } from './packed-package.js';
import { inRepository } from './repository.js';
import type { Outcome } from './run-command-line.js';
import { runProgram } from './run-program.js';

/** A repository that is not ours, with a document, a consumer and a producer of its own. */
export interface StrangerRepository {
  readonly folder: string;
  /** Runs a line as its owner, or its CI, would type it. */
  run(line: string): Promise<Outcome>;
  read(file: string): string;
  /** Replaces a text that stands once in a file while `work` runs. */
  whileBroken<T>(file: string, text: string, by: string, work: () => Promise<T>): Promise<T>;
}

/** Where its files lie. */
export const strangersFiles: string = inRepository('examples', 'contract-testing');

/** Makes the repository: nothing but its own files and the installed packages, ours as it is published. */
export async function strangerRepository(): Promise<StrangerRepository> {
  const { repository: folder } = await packedPackage();
  cpSync(strangersFiles, folder, { recursive: true });
  const modules = join(folder, 'node_modules');
  const link = (target: string, name: string) => {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(target, join(modules, name));
  };
  // What `npm install --save-dev` of the guide brings beside the package.
  for (const name of ['@pact-foundation/pact', 'vitest']) {
    link(inRepository('node_modules', name), name);
  }
  link(join('..', 'webhook-contracts', 'dist', 'cli.js'), join('.bin', 'webhook-contracts'));
  link(join('..', 'vitest', 'vitest.mjs'), join('.bin', 'vitest'));
  writeFileSync(join(folder, '.gitignore'), 'node_modules/\ncontracts/results/\n');
  writeFileSync(
    join(folder, 'package.json'),
    '{ "name": "parcels", "private": true, "type": "module" }',
  );

  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  return {
    folder,
    read,
    run: (line) =>
      runProgram('sh', ['-c', line], {
        cwd: folder,
        env: { PACT_DO_NOT_TRACK: 'true', NO_COLOR: '1', CI: '', VITEST: '' },
      }),
    async whileBroken(file, text, by, work) {
      const before = read(file);
      if (before.split(text).length !== 2) throw new Error(`${file} does not hold ${text} once`);
      writeFileSync(
        join(folder, file),
        before.replace(text, () => by),
      );
      try {
        return await work();
      } finally {
        writeFileSync(join(folder, file), before);
      }
    },
  };
}
