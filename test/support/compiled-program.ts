import { join } from 'node:path';
import { inRepository, root } from './repository.js';
import { runProgram } from './run-program.js';
import { temporaryFolder } from './temporary-folder.js';

/** Compiles a program below test/support, for tests that start it many times; returns the JavaScript file to run. */
export async function compiledProgram(name: string): Promise<string> {
  const folder = temporaryFolder({ 'package.json': '{ "type": "module" }' });
  const options =
    '--ignoreConfig --module nodenext --target es2023 --types node --skipLibCheck --noCheck';
  const { code, stdout } = await runProgram(
    process.execPath,
    [
      inRepository('node_modules', 'typescript', 'bin', 'tsc'),
      ...options.split(' '),
      ...['--rootDir', root, '--outDir', folder],
      inRepository('test', 'support', `${name}.ts`),
    ],
    { cwd: root },
  );
  if (code !== 0) throw new Error(`tsc: ${stdout}`);
  return join(folder, 'test', 'support', `${name}.js`);
}
