import { standardHeaders } from '../generate/runtime/credentials.js';
import type { Credential, Json, JsonObject, Operation, Spec } from '../spec/model.js';
import { literal } from './date-patterns.js';

/** A header that a credential is carried in, and the form of its value. */
export interface HeaderForm {
  /** As the document spells it. */
  readonly name: string;
  /** A regular expression for the whole value. */
  readonly pattern: string;
  /** A value of this form, which proves nothing. */
  readonly example: string;
  /** The form in words. */
  readonly words: string;
}

const BASE64 = '[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=';
const HEX = '[0-9A-Fa-f]{64}';
const CODES = {
  base64: { pattern: BASE64, example: `${'A'.repeat(43)}=`, words: '44 characters of Base64' },
  hex: { pattern: HEX, example: '0'.repeat(64), words: '64 hexadecimal digits' },
} as const;
const SECONDS = '[1-9][0-9]{0,14}';

/**
 * Returns the forms of the headers that a credential is carried in; `named` are the headers of one whose name is the
 * consumer's to choose.
 */
export function headerForms(
  credential: Credential,
  named: readonly string[] = [],
): readonly HeaderForm[] {
  switch (credential.kind) {
    case 'hmac': {
      const { header: name, encoding, prefix } = credential;
      const code = CODES[encoding];
      const after = prefix === '' ? '' : ` after ${JSON.stringify(prefix)}`;
      return [
        {
          name,
          pattern: `^${literal(prefix)}${code.pattern}$`,
          example: `${prefix}${code.example}`,
          words: `${code.words}${after}`,
        },
      ];
    }
    case 'timestamped-hmac': {
      // In any order, and beside signatures of other versions.
      const others = '(?:[^,]+,)*';
      const parts = `t=${SECONDS},${others}v1=${HEX}|v1=${HEX},${others}t=${SECONDS}`;
      return [
        {
          name: credential.header,
          pattern: `^${others}(?:${parts})(?:,[^,]+)*$`,
          example: `t=1700000000,v1=${CODES.hex.example}`,
          words: 't=<seconds>,v1=<64 hexadecimal digits>',
        },
      ];
    }
    case 'standard-webhooks': {
      const [id, time, signature] = standardHeaders(credential.prefix);
      return [
        {
          name: id,
          pattern: '^[!-\\-/-~]{1,256}$',
          example: 'msg_example',
          words: 'the number of the delivery, without a full stop',
        },
        { name: time, pattern: `^${SECONDS}$`, example: '1700000000', words: 'seconds since 1970' },
        {
          name: signature,
          pattern: `^(?:[^ ]+ )*v1,${BASE64}(?: [^ ]+)*$`,
          example: `v1,${CODES.base64.example}`,
          words: `v1, and ${CODES.base64.words}`,
        },
      ];
    }
    case 'bearer':
      return [
        {
          name: 'Authorization',
          pattern: '^[Bb][Ee][Aa][Rr][Ee][Rr] +[!-~]+$',
          example: 'Bearer example-token',
          words: 'Bearer and a token',
        },
      ];
    case 'static-header': {
      const names = credential.header === undefined ? named : [credential.header];
      const words = 'a value that both sides know';
      return names.map((name) => ({ name, pattern: '^[ -~]+$', example: 'example-value', words }));
    }
    case 'unsupported':
      return [];
  }
}

/** Returns the names, in lower case, of the headers that carry an operation's credentials. */
export function credentialHeaders({ credentials }: Spec, { security }: Operation): Set<string> {
  const indexes = new Set(security.flat());
  const demanded = credentials.filter((_, index) => indexes.has(index));
  return new Set(demanded.flatMap((one) => headerForms(one).map(({ name }) => name.toLowerCase())));
}

/**
 * Describes the headers that carry an operation's credentials, as a schema of headers does: one is required where no
 * credential of a list goes without it. Beside a scheme that is not supported, a header may have any form.
 */
export function credentialSchema({ credentials }: Spec, { security }: Operation): JsonObject {
  const lists = security.map((list) => list.flatMap((index) => credentials[index] ?? []));
  const demanded = lists.flat();
  const isOpen = demanded.some(({ kind }) => kind === 'unsupported');
  const spellings = new Map<string, string>();
  const patterns = new Map<string, Set<string>>();
  for (const { name, pattern } of demanded.flatMap((one) => headerForms(one))) {
    const spelling = spellings.get(name.toLowerCase()) ?? name;
    spellings.set(name.toLowerCase(), spelling);
    patterns.set(spelling, (patterns.get(spelling) ?? new Set()).add(pattern));
  }
  const properties = [...patterns].map(([name, allowed]): [string, Json] => [
    name,
    { type: 'string', ...(isOpen ? {} : { pattern: [...allowed].join('|') }) },
  ]);
  const required = [...patterns.keys()].filter((name) =>
    lists.some((list) => list.length > 0 && list.every((one) => isBorneIn(one, name))),
  );
  return { type: 'object', required, properties: Object.fromEntries(properties) };
}

/** Tells whether a credential is never borne without a header. */
function isBorneIn(credential: Credential, header: string): boolean {
  if (credential.kind === 'static-header' && credential.isOptional) return false;
  return headerForms(credential).some(({ name }) => name.toLowerCase() === header.toLowerCase());
}

/** What is wrong with a credential, or the scheme of one that can't be judged. */
export type CredentialFault =
  | { readonly text: string; readonly expected: string; readonly found?: string }
  | { readonly scheme: string };

/**
 * Says which credentials a request lacks, or bears in a wrong form: of each list that the operation demands, one must be
 * there. Whether a signature is right can't be seen without the secret.
 */
export function credentialFaults(
  { credentials }: Spec,
  { security }: Operation,
  headers: Readonly<Record<string, string>>,
): CredentialFault[] {
  return security.flatMap((list) => {
    const faults = list.flatMap((index) => {
      const credential = credentials[index];
      return credential === undefined ? [] : [faultOf(credential, headers)];
    });
    if (faults.includes(undefined)) return [];
    const wrong = faults.filter((fault) => fault !== undefined);
    // What may be there unseen comes first, then what is there and wrong, then what is missing.
    const told = ['scheme', 'found', 'text'].map((what) => wrong.find((fault) => what in fault));
    return told.find((fault) => fault !== undefined) ?? [];
  });
}

function faultOf(
  credential: Credential,
  headers: Readonly<Record<string, string>>,
): CredentialFault | undefined {
  if (credential.kind === 'unsupported') return { scheme: credential.scheme };
  const isOptional = credential.kind === 'static-header' && credential.isOptional;
  for (const { name, pattern, words } of headerForms(credential)) {
    const value = headers[name.toLowerCase()];
    if (value === undefined) {
      if (isOptional) continue;
      return {
        text: `The request lacks the header ${name}, which the document demands.`,
        expected: words,
      };
    }
    if (!new RegExp(pattern, 'u').test(value)) {
      return {
        text: `The header ${name} has not the form that the document demands.`,
        expected: words,
        found: value,
      };
    }
  }
  return undefined;
}
