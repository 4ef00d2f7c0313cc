import { type HeaderForm, headerForms } from '../contract/credential-forms.js';
import type { JsonObject, Message, Spec } from '../spec/model.js';
import { matching } from './matchers.js';

/**
 * Returns the headers by which a request proves its origin, as rules about their form: what is signed with a secret at
 * a time can't be in a pact. `isBorne` tells by its name whether the request bears a header.
 */
export function borneCredentials(
  { credentials }: Spec,
  { security }: Message,
  named: readonly string[],
  isBorne: (name: string) => boolean,
): HeaderForm[] {
  const indices = [...new Set(security.flat())];
  return indices.flatMap((index) => {
    const credential = credentials[index];
    const headers = credential === undefined ? [] : headerForms(credential, named);
    return headers.every(({ name }) => isBorne(name.toLowerCase())) ? headers : [];
  });
}

/** Makes Pact's rules of headers. */
export function formRules(headers: readonly HeaderForm[]): JsonObject {
  return Object.fromEntries(
    headers.map(({ name, example, pattern }) => [name, matching(example, pattern)]),
  );
}
