/** Builds `dist/` from the toolchain's sources: what the package ships. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { configSchema } from '../config/config.js';
import { billOfMaterials } from './bill-of-materials.js';
import { bundledPackages } from './bundled-packages.js';
import { noticesOf } from './third-party-notices.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);
rmSync('dist', { recursive: true, force: true });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});

/**
 * What the parts that we use of a package import, and have no use for: modules without anything in them.
 * The document model of `@asyncapi/parser` imports the linter that its parser is made of, and all of AsyncAPI's
 * JSON Schemas to list their versions; `json-schema-to-typescript` imports what lays out its text, which we do ourselves.
 */
const unused: Plugin = {
  name: 'unused',
  setup({ onResolve, onLoad }) {
    const filter = /^(@stoplight\/spectral-core|@asyncapi\/specs|prettier)$/;
    onResolve({ filter }, ({ path }) => ({ path, namespace: 'unused' }));
    onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'exports.schemas = {};' }));
  },
};

const options = {
  bundle: true,
  outdir: 'dist',
  outbase: 'scripts',
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  // Bundled CommonJS asks for Node's own modules.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module';\nconst require = requireOf(import.meta.url);",
  },
  // Its CommonJS asks for its parts in a way that can't be followed.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
} satisfies BuildOptions;
// `own-files.ts` finds the package's files from the top of `dist/`, where the shared chunks lie.
const toolchain = await build({
  ...options,
  entryPoints: ['scripts/cli.ts', 'scripts/index.ts', 'scripts/pact/index.ts'],
  external: ['@pact-foundation/pact'],
  splitting: true,
  plugins: [unused],
});
const parser = await build({
  ...options,
  entryPoints: ['scripts/lint/parser-child.js'],
  external: ['@asyncapi/specs'],
});
const bundled = bundledPackages([toolchain.metafile, parser.metafile]);
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', noticesOf(bundled));
writeFileSync('dist/sbom.cdx.json', billOfMaterials(bundled));

// Generated folders hold copies of these files: they must be the same bytes whoever generates.
cpSync('scripts/generate/runtime', 'dist/generate/runtime', { recursive: true });
cpSync('scripts/docs/assets', 'dist/docs/assets', { recursive: true });
cpSync('scripts/problems/result.schema.json', 'dist/problems/result.schema.json');
writeFileSync('dist/config/config.schema.json', `${JSON.stringify(configSchema, null, 2)}\n`);
chmodSync('dist/cli.js', 0o755);
