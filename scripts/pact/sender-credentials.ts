import { mayBeLeftOut } from '../generate/runtime/authentication.js';
import type { Message } from '../spec/model.js';
import type { PactDocument } from './document.js';

/** What requests are signed with: the options of a generated module's `sign`. */
export interface SenderCredentials {
  readonly secret?: string | Uint8Array | undefined;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Headers by their names in lower case, each with its values. */
type Headers = Record<string, string[]>;

/** Makes the headers that prove the origin of these bytes; none without credentials. */
export async function signatureOf(
  { sign }: PactDocument,
  body: Uint8Array,
  credentials: SenderCredentials,
): Promise<Headers> {
  const options = given(credentials);
  if (Object.keys(options).length === 0) return {};
  const headers = await sign(body, options);
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]]),
  );
}

/** Makes headers that look alike and prove nothing: signatures of other bytes, and other tokens and values. */
export function spoiltSignatureOf(
  document: PactDocument,
  body: Uint8Array,
  { secret, token, headers }: SenderCredentials,
): Promise<Headers> {
  const spoil = (value: string) => `${value}-spoilt`;
  return signatureOf(document, Buffer.concat([body, Buffer.from(' ')]), {
    secret,
    token: token === undefined ? undefined : spoil(token),
    ...(headers === undefined
      ? {}
      : {
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [name, spoil(value)]),
          ),
        }),
  });
}

/** Says which option is missing where a message demands that requests prove their origin. */
export function missingCredentials(
  document: PactDocument,
  message: Message | undefined,
  credentials: SenderCredentials,
): string[] {
  const isGiven = Object.keys(given(credentials)).length > 0;
  if (message === undefined || isGiven || demanded(document, message).length === 0) return [];
  return ['the document demands that requests prove their origin: give secret, token or headers'];
}

/** Tells whether a message may be taken only from who bears a credential that headers and body can prove. */
export function demandsProof(document: PactDocument, message: Message | undefined): boolean {
  const { credentials } = document.spec;
  return (
    message !== undefined &&
    demanded(document, message).some((list) =>
      list.every((index) => credentials[index]?.kind !== 'unsupported'),
    )
  );
}

/** Lists what a message demands: of each list one credential, by its index. */
function demanded({ spec }: PactDocument, { security }: Message): Message['security'] {
  return security.filter((list) => !mayBeLeftOut(list, spec.credentials));
}

function given({ secret, token, headers }: SenderCredentials) {
  return {
    ...(secret === undefined ? {} : { secret }),
    ...(token === undefined ? {} : { token }),
    ...(headers === undefined ? {} : { headers }),
  };
}
