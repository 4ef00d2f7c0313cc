import { headerForms } from '../contract/credential-forms.js';
import { undocumentedMembers } from '../judge/undocumented.js';
import type { Json, Message } from '../spec/model.js';
import { inOneLine } from './contract-broken.js';
import type { PactDocument } from './document.js';

/**
 * Lists how a delivery that a producer makes breaks the document, members that it does not know among them. What proves
 * the request's origin is made when it is sent: headers of that kind need not be there.
 */
export function breachesOf(
  { document, spec, judge }: PactDocument,
  message: Message,
  payload: Json,
  headers: Readonly<Record<string, string>>,
): string[] {
  const own = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const proofs = spec.credentials
    .flatMap((credential) => headerForms(credential))
    .filter(({ name }) => !own.has(name.toLowerCase()));
  const examples = Object.fromEntries(proofs.map(({ name, example }) => [name, example]));
  const result = judge.check(payload, { ...examples, ...headers }, message.name);
  if (!result.ok) {
    return result.problems.map(
      ({ in: part, path, ...words }) =>
        `breaks the document: ${inOneLine({ ...words, place: `${part} ${path}`.trimEnd() })}`,
    );
  }
  return undocumentedMembers(document, message.payload?.json, payload).map(
    (pointer) => `has a member that the document does not know: ${pointer}`,
  );
}
