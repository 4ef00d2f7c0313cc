import { join } from 'node:path';
import { inRepository } from './repository.js';
import { runProgram } from './run-program.js';
import { temporaryFolder } from './temporary-folder.js';

/** The compilers that declarations must please, by name. */
export const compilers = {
  'TypeScript 7': inRepository('node_modules', 'typescript', 'bin', 'tsc'),
  'TypeScript 5.9': inRepository('node_modules', 'typescript-5', 'bin', 'tsc'),
} as const;

/** How modules are resolved. */
export const resolutions = {
  nodenext: { module: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
} as const;

/**
 * Type-checks files as strictly as a compiler can, declarations included; returns what it says, nothing
 * where all is well.
 */
export async function typeCheck(
  files: readonly string[],
  {
    compiler = 'TypeScript 7',
    resolution = 'nodenext',
    lib = ['es2022'],
    types = [],
  }: {
    compiler?: keyof typeof compilers;
    resolution?: keyof typeof resolutions;
    lib?: readonly string[];
    types?: readonly string[];
  } = {},
): Promise<string> {
  if (files.length === 0) throw new Error('there is nothing to check');
  const config = {
    compilerOptions: {
      ...resolutions[resolution],
      target: 'es2022',
      lib,
      types,
      typeRoots: [inRepository('node_modules', '@types')],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noPropertyAccessFromIndexSignature: true,
      verbatimModuleSyntax: true,
      isolatedModules: true,
      skipLibCheck: false,
      noEmit: true,
    },
    files,
  };
  const folder = temporaryFolder({ 'tsconfig.json': JSON.stringify(config) });
  const { code, stdout, stderr } = await runProgram(
    process.execPath,
    [compilers[compiler], '--project', join(folder, 'tsconfig.json'), '--pretty', 'false'],
    { cwd: folder },
  );
  const said = `${stdout}${stderr}`.trim();
  return code === 0 || said !== '' ? said : `the compiler ended with ${code} and said nothing`;
}
