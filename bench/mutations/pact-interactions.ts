import { readFileSync } from 'node:fs';
import type { Json, JsonObject } from '../../scripts/spec/model.js';

/** An interaction as a pact file has it, with the names that link it to a document. */
export interface PactInteraction {
  readonly file: string;
  readonly json: JsonObject;
  readonly description: string;
  readonly isMessage: boolean;
  readonly operation: string;
  readonly message: string;
}

/** Reads the interactions of pact files. */
export function interactionsOf(files: readonly string[]): PactInteraction[] {
  return files.flatMap((file) => {
    const { interactions } = JSON.parse(readFileSync(file, 'utf8')) as {
      interactions: JsonObject[];
    };
    return interactions.map((json): PactInteraction => {
      const { operationId, messageId } = (
        json.comments as { references: { AsyncAPI: Record<string, string> } }
      ).references.AsyncAPI;
      return {
        file,
        json,
        description: String(json.description),
        isMessage: json.type === 'Asynchronous/Messages',
        operation: operationId ?? '',
        message: messageId ?? '',
      };
    });
  });
}

/** Returns what a message interaction shows: contents, headers without the content type, and the content type. */
export function shownBy({ json }: PactInteraction): {
  contents: Json;
  headers: JsonObject;
  contentType: string | undefined;
} {
  const contents = json.contents as JsonObject;
  const { contentType: _, ...headers } = (json.metadata ?? {}) as JsonObject;
  const type = contents.contentType;
  return {
    contents: contents.content as Json,
    headers,
    contentType: typeof type === 'string' ? type : undefined,
  };
}
