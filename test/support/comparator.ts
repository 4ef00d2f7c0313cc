import { readFileSync } from 'node:fs';
import * as comparison from '@pactflow/openapi-pact-comparator';
import { load } from 'js-yaml';

/** What is used of PactFlow's comparator; its own declarations can't be resolved by Node's rules. */
interface Comparator {
  compare(pact: unknown): AsyncIterable<{ readonly type: string; readonly code: string }>;
}
const { Comparator } = comparison as unknown as {
  Comparator: new (documents: { readonly asyncapi: unknown }) => Comparator;
};

/** Asks PactFlow's comparator about a pact and a document; returns the codes of the errors that it finds. */
export async function comparatorErrors(pact: unknown, spec: string): Promise<string[]> {
  const comparator = new Comparator({ asyncapi: load(readFileSync(spec, 'utf8')) });
  const errors: string[] = [];
  for await (const { type, code } of comparator.compare(pact)) {
    if (type === 'error') errors.push(code);
  }
  return errors;
}
