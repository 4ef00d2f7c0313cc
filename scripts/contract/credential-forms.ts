import { standardHeaders } from '../generate/runtime/credentials.js';
import type { Credential, Message, Spec } from '../spec/model.js';
import { literal } from './date-patterns.js';

/** A header that a credential is carried in, and the form of its value. */
export interface HeaderForm {
  /** In lower case. */
  readonly header: string;
  /** A regular expression for the whole value. */
  readonly pattern: string;
  /** A value of this form. */
  readonly example: string;
  /** The form in words. */
  readonly words: string;
}

const CODES = {
  base64: {
    pattern: '[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=',
    example: `${'A'.repeat(43)}=`,
    words: '44 characters of Base64',
  },
  hex: { pattern: '[0-9A-Fa-f]{64}', example: '0'.repeat(64), words: '64 hexadecimal digits' },
} as const;
const TIME = { pattern: '[1-9][0-9]{0,14}', example: '1700000000', words: 'seconds since 1970' };

/** Returns the forms of the headers that a credential is carried in; none where the consumer chooses the header's name. */
export function headerForms(credential: Credential): readonly HeaderForm[] {
  switch (credential.kind) {
    case 'hmac': {
      const { header, encoding, prefix } = credential;
      const { pattern, example, words } = CODES[encoding];
      const after = prefix === '' ? '' : ` after ${JSON.stringify(prefix)}`;
      return [
        form(header, `${literal(prefix)}${pattern}`, `${prefix}${example}`, `${words}${after}`),
      ];
    }
    case 'timestamped-hmac': {
      const { pattern, example } = CODES.hex;
      return [
        form(
          credential.header,
          `t=${TIME.pattern}(?:,v1=${pattern})+`,
          `t=${TIME.example},v1=${example}`,
          't=<seconds>,v1=<64 hexadecimal digits>',
        ),
      ];
    }
    case 'standard-webhooks': {
      const [id, time, signature] = standardHeaders(credential.prefix);
      const { pattern, example, words } = CODES.base64;
      return [
        form(id, '[!-\\x2d/-~]{1,256}', 'msg_1', 'the number of the delivery, without a full stop'),
        form(time, TIME.pattern, TIME.example, TIME.words),
        form(signature, `v1,${pattern}(?: v1,${pattern})*`, `v1,${example}`, `v1, and ${words}`),
      ];
    }
    case 'bearer':
      return [
        form(
          'Authorization',
          '[Bb][Ee][Aa][Rr][Ee][Rr] +[!-~]+',
          'Bearer token',
          'Bearer and a token',
        ),
      ];
    case 'static-header':
      return credential.header === undefined
        ? []
        : [
            form(
              credential.header,
              '[!-~](?:[ -~]*[!-~])?',
              'value',
              'a value that both sides know',
            ),
          ];
    case 'unsupported':
      return [];
  }
}

function form(header: string, pattern: string, example: string, words: string): HeaderForm {
  return { header: header.toLowerCase(), pattern: `^${pattern}$`, example, words };
}

/** Returns the names, in lower case, of the headers that carry a message's credentials. */
export function credentialHeaders({ credentials }: Spec, { security }: Message): Set<string> {
  const indexes = new Set(security.flat());
  const demanded = credentials.filter((_, index) => indexes.has(index));
  return new Set(demanded.flatMap((one) => headerForms(one).map(({ header }) => header)));
}

/**
 * Says which credential a request lacks, or bears in a wrong form: of each list that the message demands, one must be
 * there. Whether a signature is right can't be seen without the secret.
 */
export function credentialFault(
  { credentials }: Spec,
  { security }: Message,
  headers: Readonly<Record<string, string>>,
): { text: string; expected: string; found?: string } | undefined {
  for (const list of security) {
    const alternatives = list.flatMap((index) => credentials[index] ?? []);
    const faults = alternatives.map((credential) => faultOf(credential, headers));
    if (faults.some((fault) => fault === undefined)) continue;
    const [first] = faults.toSorted(
      (one, other) => Number(other?.found !== undefined) - Number(one?.found !== undefined),
    );
    if (first !== undefined) return first;
  }
  return undefined;
}

function faultOf(
  credential: Credential,
  headers: Readonly<Record<string, string>>,
): { text: string; expected: string; found?: string } | undefined {
  const isOptional = credential.kind === 'static-header' && credential.isOptional;
  for (const { header, pattern, words } of headerForms(credential)) {
    const value = headers[header];
    if (value === undefined) {
      if (isOptional) continue;
      return {
        text: `The request lacks the header ${header}, which the document demands.`,
        expected: words,
      };
    }
    if (!new RegExp(pattern, 'u').test(value)) {
      return {
        text: `The header ${header} has not the form that the document demands.`,
        expected: words,
        found: value,
      };
    }
  }
  return undefined;
}
