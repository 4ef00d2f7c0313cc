import { compile } from 'json-schema-to-typescript';
import type { JsonObject } from '../spec/model.js';
import { Code, type Identifier } from './code.js';
import { printDeclaration, withoutComments } from './print-declaration.js';
import { readDeclaration } from './read-declaration.js';

/** What stands for a type's name while it is compiled: the compiler rewrites names that are not plain ASCII. */
const NAME = 'Compiled';

/** A type that is declared: an alias, or an interface. */
export interface DeclaredType {
  readonly kind: 'type' | 'interface';
  readonly name: Identifier;
  readonly code: Code;
  /** The same without comments. */
  readonly bare: Code;
}

/**
 * Compiles schemas into declarations of these names, aliases first. They hold validation keywords, minted names and
 * encoded comments only, and no references: types that are declared beside are named by `tsType`.
 */
export async function compileTypes(
  definitions: ReadonlyMap<Identifier, JsonObject>,
): Promise<DeclaredType[]> {
  const declared: DeclaredType[] = [];
  for (const [name, schema] of definitions) {
    const declaration = { ...readDeclaration(await compileType(schema)), name };
    const code = Code.trusted(printDeclaration(declaration));
    const bare = Code.trusted(printDeclaration(withoutComments(declaration)));
    declared.push({ kind: declaration.kind, name, code, bare });
  }
  const ofKind = (kind: DeclaredType['kind']) => declared.filter((one) => one.kind === kind);
  return [...ofKind('type'), ...ofKind('interface')];
}

/** Compiles one schema: the text of one declaration, as the compiler writes it. */
export function compileType(schema: JsonObject): Promise<string> {
  return compile({ ...schema, title: NAME } as never, NAME, {
    bannerComment: '',
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    unknownAny: true,
    enableConstEnums: false,
    format: false,
    $refOptions: { resolve: { external: false } },
  });
}
