import { compile } from 'json-schema-to-typescript';
import type { JsonObject } from '../spec/model.js';
import { Code, type Identifier } from './code.js';
import { showInherited } from './inherited-names.js';

/** The name of the root that holds every type for the compiler; it is cut out of what the compiler writes. */
const ROOT = 'WebhookContractsRoot';

/**
 * Compiles schemas into declarations of these names. They hold validation keywords, minted names and encoded comments
 * only; types that are declared beside are named by `tsType`.
 */
export async function compileTypes(
  definitions: ReadonlyMap<Identifier, JsonObject>,
): Promise<Code> {
  const used = [...definitions];
  if (used.length === 0) return Code.trusted('');
  const tokens = used.map((_, index) => tokenOf(index));
  const root = {
    title: ROOT,
    type: 'object',
    additionalProperties: false,
    required: tokens,
    properties: Object.fromEntries(
      tokens.map((token) => [token, { $ref: `#/definitions/${token}` }]),
    ),
    definitions: Object.fromEntries(
      used.map(([, schema], index) => [tokenOf(index), { ...schema, title: tokenOf(index) }]),
    ),
  };
  const text = await compile(root as never, ROOT, {
    bannerComment: '',
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    unknownAny: true,
    enableConstEnums: false,
    style: { singleQuote: true, printWidth: 100, bracketSpacing: true },
  });
  const named = withoutRoot(text).replace(
    /^export (interface|type) T(\d+)T\b/gm,
    (_, kind, index) => `export ${kind} ${used[Number(index)]?.[0]}`,
  );
  return Code.trusted(showInherited(named));
}

/** What stands for a type's name while it is compiled: the compiler rewrites names that are not plain ASCII. */
function tokenOf(index: number): string {
  return `T${index}T`;
}

/** Cuts the root out. A line that begins like a declaration is one: lines of comments begin with a `*`. */
function withoutRoot(text: string): string {
  const start = text.search(new RegExp(`^export interface ${ROOT} \\{$`, 'm'));
  const end = text.indexOf('\n}\n', start);
  if (start === -1 || end === -1) throw new Error('the compiler wrote no root');
  return `${text.slice(0, start)}${text.slice(end + 3)}`.trim().concat('\n');
}
