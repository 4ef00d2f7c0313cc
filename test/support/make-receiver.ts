import type { Received } from './fuzzed-provider.js';
import { generateModule } from './generate-module.js';
import { temporaryFolder } from './temporary-folder.js';

/** Makes the function that receives requests, from the options of a receiver. */
export type MakeReceiver = (
  options?: object,
) => (request: Request | { headers: object; body: unknown }) => Promise<Received>;

/** Generates the module of a document, JSON or YAML, and returns its `receiver`. */
export async function receiverOf(document: string): Promise<MakeReceiver> {
  const cwd = temporaryFolder({ 'small.asyncapi.yaml': document });
  const { exports } = await generateModule('small.asyncapi.yaml', cwd);
  return exports.receiver as MakeReceiver;
}

/** Returns the UTF-8 bytes of a text. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** What came of a request: `message`, or its first problem's code; with the status. */
export function outcomeOf({ kind, status, problems = [] }: Received): string {
  return `${status} ${problems[0]?.code ?? kind}`;
}
