import { standardHeaders } from '../generate/runtime/credentials.js';
import type { Credential, JsonObject, Message, Spec } from '../spec/model.js';
import { matching } from './matchers.js';

/** A header that proves a request's origin: the form of its values, and one of that form that proves nothing. */
export interface CredentialHeader {
  /** In lower case where the document does not spell it. */
  readonly name: string;
  readonly example: string;
  /** Matches every value that has the form. */
  readonly expression: string;
}

const HEX = '[0-9A-Fa-f]{64}';
const BASE64 = '[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=';
const SECONDS = '[1-9][0-9]{0,14}';

/** Lists the headers of a credential; `named` names those of one whose name is the consumer's to choose. */
export function credentialHeaders(
  credential: Credential,
  named: readonly string[] = [],
): CredentialHeader[] {
  switch (credential.kind) {
    case 'hmac': {
      const { header: name, encoding, prefix } = credential;
      const [form, code] =
        encoding === 'hex' ? [HEX, '0'.repeat(64)] : [BASE64, `${'A'.repeat(43)}=`];
      return [{ name, example: `${prefix}${code}`, expression: `^${escaped(prefix)}${form}$` }];
    }
    case 'timestamped-hmac': {
      const { header: name } = credential;
      const example = `t=1700000000,v1=${'0'.repeat(64)}`;
      // In any order, and beside signatures of other versions.
      const part = '(?:[^,]+,)*';
      const rest = '(?:,[^,]+)*';
      const expression = `^${part}(?:t=${SECONDS},${part}v1=${HEX}|v1=${HEX},${part}t=${SECONDS})${rest}$`;
      return [{ name, example, expression }];
    }
    case 'standard-webhooks': {
      const [id, time, signature] = standardHeaders(credential.prefix);
      return [
        { name: id, example: 'msg_example', expression: '^[!-\\-/-~]{1,256}$' },
        { name: time, example: '1700000000', expression: `^${SECONDS}$` },
        {
          name: signature,
          example: `v1,${'A'.repeat(43)}=`,
          expression: `^(?:[^ ]+ )*v1,${BASE64}(?: [^ ]+)*$`,
        },
      ];
    }
    case 'bearer':
      return [
        {
          name: 'Authorization',
          example: 'Bearer example-token',
          expression: '^[Bb][Ee][Aa][Rr][Ee][Rr] +[!-~]+$',
        },
      ];
    case 'static-header': {
      const names = credential.header === undefined ? named : [credential.header];
      return names.map((name) => ({ name, example: 'example-value', expression: '^[ -~]+$' }));
    }
    case 'unsupported':
      return [];
  }
}

/**
 * Returns the headers by which a request proves its origin, as rules about their form: what is signed with a secret at
 * a time can't be in a pact. `isBorne` tells by its name whether the request bears a header.
 */
export function borneCredentials(
  { credentials }: Spec,
  { security }: Message,
  named: readonly string[],
  isBorne: (name: string) => boolean,
): CredentialHeader[] {
  const indices = [...new Set(security.flat())];
  return indices.flatMap((index) => {
    const credential = credentials[index];
    const headers = credential === undefined ? [] : credentialHeaders(credential, named);
    return headers.every(({ name }) => isBorne(name.toLowerCase())) ? headers : [];
  });
}

/** Makes Pact's rules of headers. */
export function formRules(headers: readonly CredentialHeader[]): JsonObject {
  return Object.fromEntries(
    headers.map(({ name, example, expression }) => [name, matching(example, expression)]),
  );
}

function escaped(text: string): string {
  return text.replace(/[\\.*+?()[\]{}|^$]/g, '\\$&');
}
