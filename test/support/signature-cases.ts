import { readdirSync, readFileSync } from 'node:fs';
import type { SignatureVector } from './judge-signatures.js';
import { inRepository } from './repository.js';

/** Vectors of one security scheme. */
export interface SignatureSuite {
  readonly name: string;
  /** As it stands in a document. */
  readonly securityScheme: object;
  readonly vectors: readonly SignatureVector[];
}

const cases = inRepository('test', 'cases');

/** Reads the vectors of test/cases/signatures, by scheme. */
export function signatureSuites(): readonly SignatureSuite[] {
  const folder = `${cases}/signatures`;
  return readdirSync(folder).map((file) => ({
    name: file.replace(/\.json$/, ''),
    ...JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')),
  }));
}

/** A vector of test/cases/hostile/signatures: one header, and no word about its name or the options. */
interface HostileVector {
  readonly id: string;
  readonly why: string;
  readonly scheme: string;
  readonly secrets: readonly string[];
  readonly bodyBase64: string;
  readonly now: number;
  readonly header: string | null;
  readonly expect: string;
}

/** Which suite has the security scheme of a hostile vector, the header it reads, and the option it wants. */
const meanings: Readonly<Record<string, readonly [suite: string, header: string, option: string]>> =
  {
    'hmac-sha256-hex': ['hmac-hex-prefix', 'X-Hub-Signature-256', 'secrets'],
    't,v1': ['timestamped-hmac', 'X-Timestamped-Signature', 'secrets'],
    'hmac-sha256-base64': ['hmac-base64', 'X-Signature', 'secrets'],
    bearer: ['bearer', 'Authorization', 'tokens'],
  };

/** What is expected of us where a vector leaves a choice: a prefix is not optional, nor is padding. */
const verdicts: Readonly<Record<string, string>> = {
  ok: 'ok',
  reject: 'credentials',
  'reject-unless-prefix-optional': 'credentials',
  'reject-or-documented': 'credentials',
  'throw-at-configuration': 'throw',
};

/** Reads the vectors of test/cases/hostile by the suite whose scheme they are of; `credentials` is any refusal. */
export function hostileSuites(): readonly SignatureSuite[] {
  const text = readFileSync(`${cases}/hostile/signatures/vectors.json`, 'utf8');
  const vectors: readonly HostileVector[] = JSON.parse(text);
  return signatureSuites().flatMap(({ name, securityScheme }) => {
    const own = vectors.flatMap(({ scheme, secrets, header, expect, ...rest }) => {
      const [suite, headerName, option] = known(meanings, scheme);
      if (suite !== name) return [];
      const headers: Record<string, string> = header === null ? {} : { [headerName]: header };
      return [
        { ...rest, headers, options: { [option]: secrets }, expect: known(verdicts, expect) },
      ];
    });
    return own.length === 0 ? [] : [{ name: `hostile ${name}`, securityScheme, vectors: own }];
  });
}

function known<T>(table: Readonly<Record<string, T>>, key: string): T {
  const value = table[key];
  if (value === undefined) throw new Error(`the hostile vectors have ${key}, which nobody knows`);
  return value;
}
