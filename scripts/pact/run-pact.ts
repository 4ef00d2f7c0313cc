import type { JsonObject } from '../spec/model.js';
import { loadPact } from './load-pact.js';
import type { NamedState } from './state.js';

/** What every interaction says, whatever its kind. */
export interface InteractionHead {
  readonly consumer: string;
  readonly provider: string;
  readonly description: string;
  readonly states: readonly NamedState[];
  readonly operation: string;
  readonly message: string;
}

/**
 * Runs a test of one message and writes the pact with it alone into an empty folder. A Pact object of its own for each:
 * what one leaves half built would stand in the next one's file.
 */
export async function runMessageTest(
  folder: string,
  head: InteractionHead,
  { contents, metadata }: { readonly contents: unknown; readonly metadata: JsonObject },
  test: (message: { payload: unknown; metadata: Record<string, string> }) => Promise<void>,
): Promise<void> {
  const { PactV4 } = await loadPact();
  const pact = new PactV4(optionsOf(folder, head)).addAsynchronousInteraction();
  describe(pact, head);
  await pact
    .expectsToReceive(head.description, (builder) => {
      // Pact writes it as JSON; an empty list by itself it would refuse.
      builder.withJSONContent({ toJSON: () => contents });
      if (Object.keys(metadata).length > 0) builder.withMetadata(metadata as never);
    })
    .executeTest(async (made) => {
      const { metadata: headers, contents: reified } = made as unknown as {
        metadata?: Record<string, string>;
        contents: { content: unknown };
      };
      await test({ payload: reified.content, metadata: headers ?? {} });
    });
}

/** A request as Pact expects it; headers may be matchers. */
export interface ExpectedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: JsonObject;
  readonly payload: unknown;
  readonly status: number;
}

/** Runs a test of one request, with the URL of Pact's own server; writes the pact with it alone into an empty folder. */
export async function runHttpTest(
  folder: string,
  head: InteractionHead,
  { method, path, headers, payload, status }: ExpectedRequest,
  test: (url: string) => Promise<void>,
): Promise<void> {
  const { PactV4 } = await loadPact();
  const pact = new PactV4(optionsOf(folder, head)).addInteraction();
  describe(pact, head);
  await pact
    .uponReceiving(head.description)
    .withRequest(method, path, (builder) => {
      builder.headers(headers as never);
      builder.jsonBody(payload);
    })
    .willRespondWith(status)
    .executeTest(async ({ port }) => test(`http://127.0.0.1:${port}`));
}

function optionsOf(dir: string, { consumer, provider }: InteractionHead) {
  return { consumer, provider, dir, logLevel: 'error' as const };
}

interface Describable {
  given(state: string, params?: JsonObject): unknown;
  reference(group: string, name: string, value: string): unknown;
}

function describe(pact: Describable, { states, operation, message }: InteractionHead): void {
  for (const { name, params } of states) {
    if (Object.keys(params).length === 0) pact.given(name);
    else pact.given(name, { ...params });
  }
  pact.reference('AsyncAPI', 'operationId', operation);
  pact.reference('AsyncAPI', 'messageId', message);
}
