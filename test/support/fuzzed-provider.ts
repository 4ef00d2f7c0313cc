import { createHmac } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { CheckResult } from '../../scripts/generate/runtime/check.js';
import type { Random } from './random.js';
import { inRepository } from './repository.js';

/** What `receive` returns, as far as it is looked at here. */
export interface Received {
  readonly kind: 'message' | 'unknown' | 'refused';
  readonly status: number;
  readonly message?: string;
  readonly payload?: unknown;
  readonly problems?: readonly { readonly code: string }[];
}

/** A committed module with a receiver that knows two keys. */
export interface FuzzedProvider {
  readonly check: (payload: unknown, headers: object) => CheckResult;
  readonly receive: (request: { headers: object; body: unknown }) => Promise<Received>;
  /** The examples of its messages. */
  readonly examples: readonly { readonly payload: never; readonly headers?: object }[];
  /** The header that values are put into; where it proves nothing, one that the document names. */
  readonly header: string;
  /** Makes a value that is right for a body. */
  readonly proofOf: (body: Uint8Array, random: Random) => string;
  /** Tells by other means than the module whether a value is right for a body. */
  readonly isProof: (value: string, body: Uint8Array) => boolean;
}

const keys = ['7f1d4c-key-of-this-year', 'c90e2a-key-of-last-year'] as const;

const codeOf = (key: string, body: Uint8Array) =>
  createHmac('sha256', key).update(body).digest('base64');

/** A header whose value is one of the keys. */
const shared = {
  header: 'X-Hook-Key',
  options: { headers: { 'X-Hook-Key': keys } },
  proofOf: (_: Uint8Array, random: Random) => random.pick(keys),
  isProof: (value: string) => (keys as readonly string[]).includes(value),
};

const credentials = {
  mews: {
    header: 'X-Signature',
    options: { secrets: keys },
    proofOf: (body: Uint8Array, random: Random) => codeOf(random.pick(keys), body),
    isProof: (value: string, body: Uint8Array) => keys.some((key) => codeOf(key, body) === value),
  },
  mozrest: {
    header: 'Authorization',
    options: { tokens: keys },
    proofOf: (_: Uint8Array, random: Random) =>
      `${random.pick(['Bearer ', 'Bearer ', 'bearer  '])}${random.pick(keys)}`,
    isProof: (value: string) => {
      const [scheme, ...rest] = value.split(' ');
      const token = rest.pop() ?? '';
      return (
        scheme?.toLowerCase() === 'bearer' &&
        rest.every((part) => part === '') &&
        (keys as readonly string[]).includes(token)
      );
    },
  },
  quandoo: shared,
  'e-res': shared,
  guest: { header: 'UpdateType', options: {}, proofOf: () => 'Update', isProof: () => true },
};

/** Loads the committed module of a provider for fuzzing. */
export async function fuzzedProvider(provider: string): Promise<FuzzedProvider> {
  const known = credentials[provider as keyof typeof credentials];
  if (known === undefined) throw new Error(`nobody said how ${provider} proves its origin`);
  const { options, ...rest } = known;
  const file = inRepository('generated', provider, 'index.js');
  const { check, messages, receiver } = await import(pathToFileURL(file).href);
  const examples = (messages as { examples: FuzzedProvider['examples'] }[])
    .flatMap((message) => message.examples)
    .filter((example) => Object.hasOwn(example, 'payload'));
  return { ...rest, check, examples, receive: receiver({ ...options, now: () => 0 }) };
}
