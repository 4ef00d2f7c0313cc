// @ts-check
/** Builds `dist/` from the toolchain's sources: what the package ships. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
rmSync('dist', { recursive: true, force: true });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
// Generated folders hold copies of these files: they must be the same bytes whoever generates.
cpSync('scripts/generate/runtime', 'dist/generate/runtime', { recursive: true });
cpSync('scripts/problems/result.schema.json', 'dist/problems/result.schema.json');
const { configSchema } = await import(new URL('../dist/config/config.js', import.meta.url).href);
writeFileSync('dist/config/config.schema.json', `${JSON.stringify(configSchema, null, 2)}\n`);
chmodSync('dist/cli.js', 0o755);
