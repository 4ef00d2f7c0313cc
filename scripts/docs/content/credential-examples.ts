import { standardHeaders } from '../../generate/runtime/credentials.js';
import { createSign } from '../../generate/runtime/sign.js';
import type { Credential, SecurityScheme } from '../../spec/model.js';
import { code, type Inline } from '../content.js';
import { isPlain, shellWord } from '../shell.js';

/** The values that examples are signed with. */
const SECRET = 'example-secret';
const STANDARD_SECRET = 'whsec_ZXhhbXBsZS1zZWNyZXQtZm9yLWV4YW1wbGVz';
const TOKEN = 'example-token';
const VALUE = 'example-value';
const TIME = 1_700_000_000;
const ID = 'msg_example';

/** A credential as an example bears it. */
export interface ShellCredential {
  /** The lines before the request; they use `$body`. */
  readonly before: readonly string[];
  /** The headers, as words of the command. */
  readonly headers: readonly string[];
  /** What the receiver has to know, in words. */
  readonly secret: Inline[];
}

/**
 * Makes the commands with which a credential is made in a shell; undefined where that can't be done. `headerName` is the
 * name that the document has for a header whose name is free; `secret` is what signatures are made with, `variable` the
 * name of the shell's variable that holds this one.
 */
export function inShell(
  credential: Credential,
  {
    headerName,
    secret,
    variable,
  }: { headerName: string | undefined; secret: string; variable: string },
): ShellCredential | undefined {
  const header = headerOf(credential, headerName);
  if (header !== undefined && !isPlain(header)) return undefined;
  const dgst = 'openssl dgst -sha256 -hmac "$secret"';
  const known: Inline[] = ['the secret ', code(secret)];
  const secretLine = `secret=${shellWord(secret)}`;
  switch (credential.kind) {
    case 'hmac': {
      if (!isPlain(credential.prefix)) return undefined;
      const encode = credential.encoding === 'hex' ? "-r | cut -d' ' -f1" : '-binary | base64';
      const value = credential.prefix === '' ? '' : shellWord(credential.prefix);
      return {
        before: [secretLine, `${variable}=${value}$(printf '%s' "$body" | ${dgst} ${encode})`],
        headers: [`"${header}: $${variable}"`],
        secret: known,
      };
    }
    case 'timestamped-hmac':
      return {
        before: [
          secretLine,
          'time=$(date +%s)',
          `${variable}=$(printf '%s.%s' "$time" "$body" | ${dgst} -r | cut -d' ' -f1)`,
        ],
        headers: [`"${header}: t=$time,v1=$${variable}"`],
        secret: known,
      };
    case 'standard-webhooks': {
      const names = standardHeaders(credential.prefix);
      if (!names.every(isPlain)) return undefined;
      return {
        before: [
          secretLine,
          `id=${shellWord(ID)}`,
          'time=$(date +%s)',
          'key=$(printf "%s" "$secret" | cut -c7- | base64 -d | od -An -v -tx1 | tr -d " \\n")',
          `${variable}=$(printf '%s.%s.%s' "$id" "$time" "$body" |`,
          '  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)',
        ],
        headers: [`"${names[0]}: $id"`, `"${names[1]}: $time"`, `"${names[2]}: v1,$${variable}"`],
        secret: known,
      };
    }
    case 'bearer':
      return {
        before: [],
        headers: [shellWord(`Authorization: Bearer ${TOKEN}`)],
        secret: ['the token ', code(TOKEN)],
      };
    case 'static-header':
      return header === undefined
        ? undefined
        : {
            before: [],
            headers: [shellWord(`${header}: ${VALUE}`)],
            secret: ['the header ', code(`${header}: ${VALUE}`)],
          };
    case 'unsupported':
      return undefined;
  }
}

/** Returns the secret that credentials can share, as a receiver's secrets are. */
export function exampleSecret(credentials: readonly Credential[]): string {
  return credentials.some(({ kind }) => kind === 'standard-webhooks') ? STANDARD_SECRET : SECRET;
}

/** A request of which every part is known: what a reader computes must come to the same. */
export interface Vector {
  readonly secret: string;
  /** The text that the code is computed of, before the body; `''` for most. */
  readonly before: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The command that computes the code. */
  readonly command: string | undefined;
}

/** Computes the headers that a credential comes to for a body, a known secret and a known time. */
export async function vectorOf(
  credential: Credential,
  { headerName }: Pick<SecurityScheme, 'headerName'>,
  body: string,
): Promise<Vector | undefined> {
  if (credential.kind === 'unsupported') return undefined;
  const isStandard = credential.kind === 'standard-webhooks';
  const secret = isStandard ? STANDARD_SECRET : SECRET;
  const free = headerOf(credential, headerName);
  if (credential.kind === 'static-header' && free === undefined) return undefined;
  const headers = await createSign([credential])(body, {
    secret,
    token: TOKEN,
    headers: { [free ?? '']: VALUE },
    id: ID,
    timestamp: TIME,
  });
  const made = { headers: Object.entries(headers) };
  switch (credential.kind) {
    case 'bearer':
      return { ...made, secret: TOKEN, before: '', command: undefined };
    case 'static-header':
      return { ...made, secret: VALUE, before: '', command: undefined };
    case 'hmac': {
      const isHex = credential.encoding === 'hex';
      const how = `-hmac ${shellWord(secret)} ${isHex ? HEX : BASE64}`;
      const command = commandOf(body, how, credential.prefix);
      return { ...made, secret, before: '', command };
    }
    case 'timestamped-hmac': {
      const before = `${TIME}.`;
      const command = commandOf(
        before + body,
        `-hmac ${shellWord(secret)} ${HEX}`,
        `t=${TIME},v1=`,
      );
      return { ...made, secret, before, command };
    }
    case 'standard-webhooks': {
      const before = `${ID}.${TIME}.`;
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64').toString('hex');
      const command = commandOf(before + body, `-mac HMAC -macopt hexkey:${key} ${BASE64}`, 'v1,');
      return { ...made, secret, before, command };
    }
  }
}

/** What writes the code of `openssl`. */
const HEX = "-r | cut -d' ' -f1";

const BASE64 = '-binary | base64';

/** Writes the command that prints the code of a text, after a prefix. */
function commandOf(text: string, how: string, prefix: string): string {
  const opening = prefix === '' ? '' : `printf '%s' ${shellWord(prefix)}\n`;
  return `${opening}printf '%s' ${shellWord(text)} |\n  openssl dgst -sha256 ${how}`;
}

/** Returns the name of the header that a credential is carried in, be it the document's example of one. */
function headerOf(credential: Credential, example: string | undefined): string | undefined {
  if (credential.kind === 'static-header') return credential.header ?? example;
  return 'header' in credential ? credential.header : undefined;
}
