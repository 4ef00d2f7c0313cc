import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRepository, root } from './repository.js';
import { runProgram } from './run-program.js';
import { temporaryFolder } from './temporary-folder.js';

/** What is no part of the package's sources. */
const left = new Set(['node_modules', '.git', 'dist', 'test', 'coverage']);

/**
 * Builds and packs a copy of the repository, as `npm publish` would, and unpacks it into a repository of
 * CommonJS that depends on it; what it depends on itself is linked, so that nothing is downloaded. Returns
 * the tarball and that repository.
 */
export async function packedPackage(): Promise<{ tarball: string; repository: string }> {
  const folder = temporaryFolder({
    'repository/package.json': '{ "name": "consumer", "private": true, "type": "commonjs" }',
  });
  const source = join(folder, 'source');
  const repository = join(folder, 'repository');
  for (const name of readdirSync(root).filter((name) => !left.has(name)))
    cpSync(inRepository(name), join(source, name), { recursive: true });
  const modules = inRepository('node_modules');
  symlinkSync(modules, join(source, 'node_modules'));
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const packed = await runProgram(
    npm,
    ['pack', '--offline', '--ignore-scripts=false', '--pack-destination', folder],
    { cwd: source },
  );
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (packed.code !== 0 || name === undefined) throw new Error(`npm pack: ${packed.stderr}`);
  const tarball = join(folder, name);

  const installed = join(repository, 'node_modules', 'webhook-contracts');
  mkdirSync(installed, { recursive: true });
  const unpacked = await runProgram(
    'tar',
    ['-xzf', tarball, '-C', installed, '--strip-components=1'],
    {
      cwd: folder,
    },
  );
  if (unpacked.code !== 0) throw new Error(`tar: ${unpacked.stderr}`);
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  for (const dependency of Object.keys(dependencies)) {
    const link = join(repository, 'node_modules', dependency);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(modules, dependency), link);
  }
  return { tarball, repository };
}
