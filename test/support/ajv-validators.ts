import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { load } from 'js-yaml';
import { inRepository } from './repository.js';

interface RawMessage {
  readonly name: string;
  readonly payload: object;
  readonly examples: readonly { readonly payload: never }[];
}

/** Compiles each message's payload schema, as it stands in the document, with Ajv and all of ajv-formats. */
export function ajvValidators(provider: string): {
  document: { components: { messages: Record<string, RawMessage> } };
  validators: { name: string; validate: (payload: unknown) => boolean }[];
} {
  const text = readFileSync(inRepository('specs', `${provider}.asyncapi.yaml`), 'utf8');
  const document = load(text) as { components: { messages: Record<string, RawMessage> } };
  const ajv = new Ajv({ strict: false, logger: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'document', undefined, false);
  const validators = Object.entries(document.components.messages).map(([key, { name }]) => {
    const validate = ajv.compile({ $ref: `document#/components/messages/${key}/payload` });
    return { name, validate: (payload: unknown) => validate(payload) === true };
  });
  return { document, validators };
}
