import { standardHeaders } from '../../generate/runtime/credentials.js';
import type { Credential } from '../../spec/model.js';
import { code, type Inline } from '../content.js';

/** Says in a few words how a credential proves where a delivery comes from. */
export function credentialWords(credential: Credential): Inline[] {
  switch (credential.kind) {
    case 'hmac':
      return [code(credential.header), ': HMAC-SHA256 of the body'];
    case 'timestamped-hmac':
      return [code(credential.header), ': HMAC-SHA256 of time and body'];
    case 'standard-webhooks':
      return [code(`${credential.prefix}signature`), ': Standard Webhooks'];
    case 'bearer':
      return [code('Authorization'), ': a bearer token'];
    case 'static-header': {
      const { header, isOptional } = credential;
      const where: Inline = header === undefined ? 'A header of your choice' : code(header);
      return [where, `: a value agreed upon${isOptional ? ', optional' : ''}`];
    }
    case 'unsupported':
      return [`${credential.scheme}, which is not described further`];
  }
}

/** How to judge a credential, in steps. */
export function recipeOf(credential: Credential): Inline[][] {
  const compare = (header: string): Inline[] => [
    'Compare it with ',
    code(header),
    ' in constant time. Refuse the request where the header is missing, has another form or differs.',
  ];
  const raw: Inline[] = [
    'Keep the bytes of the body as they arrived, before anything parses them.',
  ];
  switch (credential.kind) {
    case 'hmac': {
      const encoding = credential.encoding === 'hex' ? 'in hexadecimal digits' : 'in Base64';
      const after: Inline[] = credential.prefix === '' ? [] : [', after ', code(credential.prefix)];
      return [
        raw,
        ['Compute their HMAC-SHA256, with the secret as the key.'],
        [`Write it ${encoding}`, ...after, '.'],
        compare(credential.header),
      ];
    }
    case 'timestamped-hmac':
      return [
        raw,
        [
          'Read ',
          code('t'),
          ' (seconds since 1970) and ',
          code('v1'),
          ' from ',
          code(credential.header),
          '.',
        ],
        [
          `Refuse the request where the time is more than ${credential.tolerance} seconds from now.`,
        ],
        [
          'Compute the HMAC-SHA256 of the time, a full stop and the bytes of the body, with the secret as the key, in hexadecimal digits.',
        ],
        ['Compare it with each ', code('v1'), ' in constant time; one must be equal.'],
      ];
    case 'standard-webhooks': {
      const [id, time, signature] = standardHeaders(credential.prefix);
      return [
        raw,
        ['Read ', code(id), ', ', code(time), ' (seconds since 1970) and ', code(signature), '.'],
        [
          `Refuse the request where the time is more than ${credential.tolerance} seconds from now.`,
        ],
        ['Take what follows ', code('whsec_'), ' in the secret, decoded from Base64, as the key.'],
        [
          'Compute the HMAC-SHA256 of id, full stop, time, full stop and the bytes of the body, in Base64.',
        ],
        [
          'Compare it with each signature after ',
          code('v1,'),
          ' in constant time; one must be equal.',
        ],
      ];
    }
    case 'bearer':
      return [
        [
          'Read ',
          code('Authorization'),
          ': the word ',
          code('Bearer'),
          ' in any case, a space, and the token.',
        ],
        [
          'Compare the token with yours in constant time. Refuse the request where it is missing or differs.',
        ],
      ];
    case 'static-header': {
      const header: Inline[] =
        credential.header === undefined
          ? ['the header whose name was agreed upon']
          : [code(credential.header)];
      return [
        ...(credential.isOptional ? [['Skip this where no value was agreed upon.']] : []),
        ['Read ', ...header, '.'],
        [
          'Compare its value with the one agreed upon in constant time. Refuse the request where it is missing or differs.',
        ],
      ];
    }
    case 'unsupported':
      return [];
  }
}
