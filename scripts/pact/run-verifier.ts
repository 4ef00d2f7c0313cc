import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../spec/model.js';
import { loadPact, type Pact } from './load-pact.js';
import { inFreshFolder } from './pact-folder.js';
import { inVerifierEnvironment } from './verifier-environment.js';

/** What Pact's verifier says of a pact. */
export interface PactVerdict {
  /** What is wrong with each interaction, in the pact's order; none where it is kept. */
  readonly mismatches: readonly (readonly string[])[];
  /** What is wrong beside them. */
  readonly general: readonly string[];
}

/** What the verifier asks for a message. */
export interface AskedMessage {
  readonly description: string;
  readonly providerStates?: unknown;
}

/** Answers with a message: the bytes of its body, and metadata. */
export type MessageSource = (asked: AskedMessage) => Promise<{
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
}>;

/** Verifies messages by a pact; `source` makes them. Whatever it throws is its own to tell: Pact might swallow it. */
export function verifyMessages(
  provider: string,
  pact: JsonObject,
  descriptions: readonly string[],
  source: MessageSource,
): Promise<PactVerdict> {
  const handler = async (asked: AskedMessage) => {
    const { body, contentType, metadata } = await source(asked);
    return { __pactMessageMetadata: { ...metadata, contentType }, message: body };
  };
  const messageProviders = Object.fromEntries(descriptions.map((one) => [one, handler]));
  return verify(pact, descriptions, { provider, messageProviders: messageProviders as never });
}

/**
 * Verifies a server on this machine by a pact of requests. They go straight to it, which takes that the pact names the
 * transport: Pact's own proxy would write bodies anew, and refuse those of more than 100 kB.
 */
export function verifyRequests(
  provider: string,
  pact: JsonObject,
  descriptions: readonly string[],
  { url, port }: { readonly url: string; readonly port: number },
): Promise<PactVerdict> {
  const transports = [{ protocol: TRANSPORT, port, scheme: 'http' }];
  return verify(pact, descriptions, { provider, providerBaseUrl: url, transports });
}

/** Names the way to the server in copies of pacts; `http` would be Pact's own proxy. */
export const TRANSPORT = 'webhook';

interface VerifierResult {
  readonly errors?: readonly {
    readonly interaction: string;
    readonly mismatch: {
      readonly message?: string;
      readonly mismatches?: readonly { readonly path?: string; readonly mismatch?: string }[];
    };
  }[];
  readonly interactionResults?: readonly {
    readonly description: string;
    readonly result: string;
  }[];
}

/** How long Pact waits for the answer to one interaction: its state, and several requests to a consumer. */
const TIMEOUT_MS = 120_000;

type VerifierOptions = ConstructorParameters<Pact['Verifier']>[0];

async function verify(
  pact: JsonObject,
  descriptions: readonly string[],
  options: Partial<VerifierOptions>,
): Promise<PactVerdict> {
  const { Verifier } = await loadPact();
  return inFreshFolder(async (folder) => {
    const file = join(folder, 'pact.json');
    writeFileSync(file, JSON.stringify(pact));
    const verifier = new Verifier({
      ...options,
      pactUrls: [file],
      logLevel: 'error',
      timeout: TIMEOUT_MS,
    } as VerifierOptions);
    // It rejects with the same JSON that it resolves to where all is well.
    const text = await inVerifierEnvironment(() =>
      verifier.verifyProvider().catch((error: Error) => error.message),
    );
    return verdictOf(text, descriptions);
  });
}

function verdictOf(text: string, descriptions: readonly string[]): PactVerdict {
  let result: VerifierResult;
  try {
    result = JSON.parse(text) as VerifierResult;
  } catch {
    return { mismatches: [], general: [`Pact could not verify: ${text}`] };
  }
  const { errors = [], interactionResults = [] } = result;
  const isInOrder =
    interactionResults.length === descriptions.length &&
    interactionResults.every(({ description }, index) => description === descriptions[index]);
  if (!isInOrder) {
    const said = errors.map(({ interaction, mismatch }) => `${interaction}: ${wordsOf(mismatch)}`);
    return { mismatches: [], general: said.length > 0 ? said : ['Pact did not run all of it'] };
  }
  // Errors come in the order of the interactions that have one.
  const left = [...errors];
  const mismatches = interactionResults.map(({ result: verdict, description }) => {
    if (verdict === 'OK') return [];
    const index = left.findIndex(({ interaction }) => interaction.endsWith(` - ${description}`));
    const [error] = index < 0 ? [] : left.splice(index, 1);
    return [error === undefined ? 'Pact says that it is broken' : wordsOf(error.mismatch)];
  });
  return { mismatches, general: left.map(({ mismatch }) => wordsOf(mismatch)) };
}

function wordsOf({
  message,
  mismatches = [],
}: NonNullable<VerifierResult['errors']>[number]['mismatch']): string {
  const words = mismatches.map(({ path, mismatch }) =>
    [path, mismatch].filter((one) => one !== undefined && one !== '').join(': '),
  );
  return words.length > 0 ? words.sort().join('\n  ') : (message ?? 'it is broken');
}
