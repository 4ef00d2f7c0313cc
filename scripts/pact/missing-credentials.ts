import type { Message } from '../spec/model.js';
import { type BorneCredential, demandedLists } from './credential-headers.js';
import type { PactDocument } from './document.js';

/**
 * Says which option is missing to sign a request anew: `signable` are the headers, in lower case, that those given make.
 */
export function missingCredentials(
  { spec }: PactDocument,
  message: Message,
  borne: readonly BorneCredential[],
  signable: ReadonlySet<string>,
): string[] {
  const unsigned = borne.flatMap(({ kind, headers }) =>
    headers
      .filter(({ name }) => !signable.has(name.toLowerCase()))
      .map(({ name }) => `the request bears ${name}, and ${MISSING[kind]}`),
  );
  const indices = new Set(borne.map(({ index }) => index));
  const isProved = demandedLists(spec, message).every((list) =>
    list.some((index) => indices.has(index)),
  );
  // Only a header whose name both sides chose is not seen without the option.
  return isProved
    ? unsigned
    : [...unsigned, 'the document demands a header whose name you chose: give it in headers'];
}

const NO_SECRET = 'no secret was given';

const MISSING: Readonly<Record<BorneCredential['kind'], string>> = {
  hmac: NO_SECRET,
  'timestamped-hmac': NO_SECRET,
  'standard-webhooks': NO_SECRET,
  bearer: 'no token was given',
  'static-header': 'its value was not given in headers',
  unsupported: 'it can not be made',
};
