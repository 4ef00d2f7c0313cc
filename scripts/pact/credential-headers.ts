import { type HeaderForm, headerForms } from '../contract/credential-forms.js';
import { mayBeLeftOut } from '../generate/runtime/authentication.js';
import type { Credential, JsonObject, Message, Spec } from '../spec/model.js';
import { matching } from './matchers.js';

/** A credential that a request bears, and the headers that it is carried in. */
export interface BorneCredential {
  /** Its place in the document's list. */
  readonly index: number;
  readonly kind: Credential['kind'];
  readonly headers: readonly HeaderForm[];
}

/**
 * Lists the credentials of a message that a request bears, with their headers as rules about their form: what is signed
 * with a secret at a time can't be in a pact. `named` are the headers whose names are the two sides' to choose; `isBorne`
 * tells by its name, in lower case, whether the request bears a header.
 */
export function credentialsBorne(
  { credentials }: Spec,
  { security }: Message,
  named: readonly string[],
  isBorne: (name: string) => boolean,
): BorneCredential[] {
  return [...new Set(security.flat())].flatMap((index) => {
    const credential = credentials[index];
    if (credential === undefined) return [];
    const headers = headerForms(credential, named);
    const isWhole = headers.every(({ name }) => isBorne(name.toLowerCase()));
    return headers.length > 0 && isWhole ? [{ index, kind: credential.kind, headers }] : [];
  });
}

/** Makes Pact's rules of headers. */
export function formRules(headers: readonly HeaderForm[]): JsonObject {
  return Object.fromEntries(
    headers.map(({ name, example, pattern }) => [name, matching(example, pattern)]),
  );
}

/** Lists the credentials, by their places, of which a message demands one each; without those that may be left out. */
export function demandedLists({ credentials }: Spec, { security }: Message): Message['security'] {
  return security.filter((list) => !mayBeLeftOut(list, credentials));
}
