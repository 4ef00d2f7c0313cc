/** Runs one part of the mutation check in a process of its own, since Pact prints to the terminal: PART SEED COUNT FILE. */
import { writeFileSync } from 'node:fs';
import { mutateDocuments } from './documents.js';
import { mutateHandlers } from './handlers/handlers.js';
import type { Mutant } from './mutant.js';
import { mutateMessages } from './producers/messages.js';
import { mutateRequests } from './producers/requests.js';

const parts: Readonly<
  Record<string, (seed: number, count: number) => Mutant[] | Promise<Mutant[]>>
> = {
  documents: mutateDocuments,
  messages: mutateMessages,
  requests: mutateRequests,
  handlers: mutateHandlers,
};

const [name = '', seed, count, file = ''] = process.argv.slice(2);
const run = parts[name];
if (run === undefined) throw new Error(`there is no part ${name}`);
writeFileSync(file, JSON.stringify(await run(Number(seed), Number(count))));
// A mutant may have left a server running.
process.exit();
