import { isDeliveredStatus } from '../contract/delivered-status.js';
import type { Message } from '../spec/model.js';
import { type BorneCredential, demandedLists } from './credential-headers.js';
import type { PactDocument } from './document.js';
import { forward } from './forward.js';
import type { RawRequest } from './loopback.js';
import {
  headerNamesOf,
  type SenderCredentials,
  signatureOf,
  withCredentials,
} from './sender-credentials.js';

/** A request whose origin is not proved. */
interface Forgery {
  readonly request: RawRequest;
  /** What is wrong with it, in words. */
  readonly words: string;
}

/**
 * Makes requests that a consumer must refuse. Of each list of credentials the document demands one: those that the
 * request bears are wrong in one forgery and left out in another, while all others are as they should be.
 */
export async function forgeriesOf(
  document: PactDocument,
  message: Message,
  signed: RawRequest,
  borne: readonly BorneCredential[],
  credentials: SenderCredentials,
): Promise<Forgery[]> {
  const wrong = await wrongSignatureOf(document, signed.body, credentials);
  return provingLists(document, message, borne).flatMap((proving) => {
    const names = new Set(headerNamesOf(proving));
    const others = Object.entries(signed.headers).filter(([name]) => !names.has(name));
    const words = proving.flatMap(({ headers }) => headers.map(({ name }) => name)).join(', ');
    return [
      { request: withCredentials(signed, proving, wrong), words: `with a wrong ${words}` },
      { request: { ...signed, headers: Object.fromEntries(others) }, words: `without ${words}` },
    ];
  });
}

/**
 * Sends a forgery; says so where the consumer does not refuse it: by a status of 4xx, by the one that the document has
 * for refusals, or by ending the connection.
 */
export async function notRefused(
  { spec: { delivery }, statuses: { unauthentic } }: PactDocument,
  url: string,
  { request, words }: Forgery,
): Promise<string[]> {
  const status = await statusOf(url, request);
  const isClientError = status >= 400 && status <= 499 && !isDeliveredStatus(delivery, status);
  if (status === DROPPED || status === unauthentic || isClientError) return [];
  return [
    `the consumer answered ${status} to this request ${words}, which it must refuse, with ${unauthentic} say`,
  ];
}

/** Stands for a connection that the consumer has ended. */
const DROPPED = 0;

async function statusOf(url: string, request: RawRequest): Promise<number> {
  try {
    return (await forward(url, request)).status;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ECONNRESET' || code === 'EPIPE') return DROPPED;
    throw error;
  }
}

/** Lists, of each list that the message demands and headers and body can prove, the credentials that are borne. */
function provingLists(
  { spec }: PactDocument,
  message: Message,
  borne: readonly BorneCredential[],
): BorneCredential[][] {
  return demandedLists(spec, message)
    .filter((list) => list.every((index) => spec.credentials[index]?.kind !== 'unsupported'))
    .map((list) => borne.filter(({ index }) => list.includes(index)));
}

/** Makes headers that look alike and prove nothing: signatures of other bytes, and other tokens and values. */
function wrongSignatureOf(
  document: PactDocument,
  body: Uint8Array,
  { secret, token, headers }: SenderCredentials,
): ReturnType<typeof signatureOf> {
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
