/**
 * `npm start`: makes everything of the documents, runs the code of both sides against each other, judges the pacts
 * that they wrote, and makes the site.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { exit } from '../commands/io.js';
import { runContracts } from './contracts.js';
import { buildDocuments } from './documents.js';

const NEXT = `
What to do next:
  read the site                   site/index.html, or npm run docs -- --serve
  read a document                 specs/mews.asyncapi.yaml
  import what was made of it      generated/mews/index.d.ts
  read a contract                 contracts/pacts/reservation-hub-mews.json
  judge a delivery of your own    npm run --silent validate -- mews body.json
  run the tests                   npm test
`;

async function start(cwd: string): Promise<number> {
  const built = await buildDocuments(cwd);
  if (built !== exit.ok) return built;
  const proved = runContracts(cwd);
  if (proved !== exit.ok) return proved;
  process.stdout.write('\n');
  const verified = runProgram(cwd, 'verify', '--strict');
  if (verified !== exit.ok) return verified;
  process.stdout.write('\n');
  const documented = runProgram(cwd, 'docs');
  if (documented === exit.ok) process.stdout.write(NEXT);
  return documented;
}

/** Runs `webhook-contracts`, as people and CI do. */
function runProgram(cwd: string, ...args: readonly string[]): number {
  const program = fileURLToPath(new URL('../cli.ts', import.meta.url));
  const command = [...process.execArgv, program, ...args];
  return spawnSync(process.execPath, command, { cwd, stdio: 'inherit' }).status ?? exit.bug;
}

process.exitCode = await start(process.cwd());
