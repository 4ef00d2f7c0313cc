import type { Message } from '../spec/model.js';
import { type BorneCredential, credentialsBorne } from './credential-headers.js';
import type { PactDocument } from './document.js';
import type { RawRequest } from './loopback.js';

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
  { secret, token, headers }: SenderCredentials,
): Promise<Headers> {
  const options = {
    ...(secret === undefined ? {} : { secret }),
    ...(token === undefined ? {} : { token }),
    ...(headers === undefined ? {} : { headers }),
  };
  if (Object.keys(options).length === 0) return {};
  const made = await sign(body, options);
  return Object.fromEntries(
    Object.entries(made).map(([name, value]) => [name.toLowerCase(), [value]]),
  );
}

/** Lists the credentials of a message that a request with these headers bears. */
export function credentialsOf(
  { spec }: PactDocument,
  message: Message,
  names: Iterable<string>,
  { headers = {} }: SenderCredentials,
): BorneCredential[] {
  const borne = new Set([...names].map((name) => name.toLowerCase()));
  return credentialsBorne(spec, message, Object.keys(headers), (name) => borne.has(name));
}

/** Returns the names, in lower case, of the headers that credentials are carried in. */
export function headerNamesOf(credentials: readonly BorneCredential[]): string[] {
  return credentials.flatMap(({ headers }) => headers.map(({ name }) => name.toLowerCase()));
}

/**
 * Replaces the credentials that a request bears, and adds none: those of the pact show their form, and prove nothing.
 */
export function withCredentials(
  request: RawRequest,
  borne: readonly BorneCredential[],
  signature: Headers,
): RawRequest {
  const replaced = headerNamesOf(borne).flatMap((name) => {
    const values = signature[name];
    return values === undefined ? [] : [[name, values] as const];
  });
  return { ...request, headers: { ...request.headers, ...Object.fromEntries(replaced) } };
}
