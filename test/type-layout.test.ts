/**
 * What the type compiler writes is laid out anew. The text stays the same type with the same comments, which
 * TypeScript's own parser tells; what the compiler does not write is refused.
 */
import ts from 'typescript-5';
import { describe, expect, it } from 'vitest';
import { compileType } from '../scripts/generate/compile-types.js';
import { printDeclaration } from '../scripts/generate/print-declaration.js';
import { readDeclaration } from '../scripts/generate/read-declaration.js';
import { shapeType } from '../scripts/generate/shape-type.js';
import { copySchema } from '../scripts/judge/schema-copy.js';
import type { JsonObject } from '../scripts/spec/model.js';
import { isObject } from '../scripts/spec/positions.js';
import { type Random, randomFrom } from './support/random.js';
import { randomSchema } from './support/random-schemas.js';

const layOut = (text: string) => printDeclaration(readDeclaration(text));

const [first, second] = ['a', 'b'].map((letter) => `'${letter.repeat(50)}'`);

/** What is written, and how it is laid out. */
const layouts: Readonly<Record<string, readonly [written: string, laidOut: string]>> = {
  'an object': [
    'export interface A {\n/**\n * What?\n *  \n */\nb: string\n"c d"?: {\ne: null\n}\n[k: string]: unknown\n}',
    "export interface A {\n  /**\n   * What?\n   *\n   */\n  b: string;\n  'c d'?: {\n    e: null;\n  };\n  [k: string]: unknown;\n}\n",
  ],
  'an empty object': ['export interface A {\n\n}', 'export interface A {}\n'],
  'an object with a list before its map': [
    'export interface A {\nb: string[][]\n[k: string]: number[]\n}',
    'export interface A {\n  b: string[][];\n  [k: string]: number[];\n}\n',
  ],
  'names that need quotes, and that do not': [
    'export interface A {\n"大きさ": 1\n"a-b": 2\n"": 3\nP0P: 4\nPP0P: 5\n}',
    "export interface A {\n  大きさ: 1;\n  'a-b': 2;\n  '': 3;\n  constructor: 4;\n  P0P: 5;\n}\n",
  ],
  'quotes within texts': [
    'export type A = ("\\"" | "\'" | "\\\\\\"" | "\\\\")',
    "export type A = '\"' | \"'\" | '\\\\\"' | '\\\\';\n",
  ],
  numbers: [
    'export type A = (1.5 | -2 | 1e+21 | 1e-7)',
    'export type A = 1.5 | -2 | 1e+21 | 1e-7;\n',
  ],
  'a union in a union': ['export type A = ((B | C) | D)', 'export type A = B | C | D;\n'],
  'a union in a list': ['export type A = (B | null)[]', 'export type A = (B | null)[];\n'],
  'a union in an intersection': ['export type A = (B & (C | D))', 'export type A = B & (C | D);\n'],
  'an intersection in a union': ['export type A = ((B & C) | D)', 'export type A = (B & C) | D;\n'],
  'an intersection in a list': ['export type A = ((B & C))[]', 'export type A = (B & C)[];\n'],
  'a tuple': [
    'export type A = [string, ...(B | "c")[]]',
    "export type A = [string, ...(B | 'c')[]];\n",
  ],
  'an object or null': [
    'export type A = ({\nb: 1\n} | null)',
    'export type A = {\n  b: 1;\n} | null;\n',
  ],
  'a long union': [
    `export type A = (${first} | ${second})`,
    `export type A =\n  | ${first}\n  | ${second};\n`,
  ],
  'a long union in a list of a member': [
    `export interface A {\nb: (${first} | ${second})[]\n}`,
    `export interface A {\n  b: (\n    | ${first}\n    | ${second}\n  )[];\n}\n`,
  ],
  'objects in a union of a member': [
    'export interface A {\nb: ({\nc: 1\n} | {\nd: 2\n})\n}',
    'export interface A {\n  b:\n    | {\n        c: 1;\n      }\n    | {\n        d: 2;\n      };\n}\n',
  ],
  'objects in an intersection': [
    'export type A = (B & {\nc: 1\n} & ({\nd: 2\n} | E))',
    'export type A = B & {\n  c: 1;\n} & (\n  | {\n      d: 2;\n    }\n  | E\n);\n',
  ],
  'a long intersection': [
    `export type A = (${first} & ${second})`,
    `export type A = ${first} &\n  ${second};\n`,
  ],
  'a long union in a tuple': [
    `export type A = [(${first} | ${second}), B]`,
    `export type A = [\n  (\n    | ${first}\n    | ${second}\n  ),\n  B\n];\n`,
  ],
  'objects in an intersection in a union': [
    'export type A = ((B & {\nc: 1\n}) | D)',
    'export type A =\n  | (B & {\n      c: 1;\n    })\n  | D;\n',
  ],
  'objects in a tuple': [
    'export type A = [{\nb: 1\n}, string]',
    'export type A = [\n  {\n    b: 1;\n  },\n  string\n];\n',
  ],
};

describe('a declaration is laid out', () => {
  it.each(Object.entries(layouts))('with %s', (_, [written, laidOut]) => {
    expect(layOut(written)).toBe(laidOut);
  });

  it('as wide as a line may be, and no wider', () => {
    const ofWidth = (width: number) =>
      `'a' | '${'b'.repeat(width - "export type A = 'a' | '';".length)}'`;
    expect(layOut(`export type A = ${ofWidth(100)}`)).toBe(`export type A = ${ofWidth(100)};\n`);
    expect(layOut(`export type A = ${ofWidth(101)}`)).toContain("\n  | 'a'\n");
  });

  it.each([
    '',
    'export interface A {',
    'export interface A extends B {\n}',
    'export enum A {\n}',
    'export type A = B\nexport type C = D',
    'export type A = B<C>',
    'export type A = keyof B',
    'export type A = (B | )',
    'export type A = [B C]',
    'export type A = /* c */ B',
    'export type A = {\nb\n}',
    'export type A = {\n[x: number]: 1\n}',
    'export type A = {\n1: 1\n}',
  ])('unless the compiler does not write it: %j', (text) => {
    expect(() => readDeclaration(text)).toThrow();
  });
});

it('says the same of random schemas', async () => {
  const random = randomFrom(Number(process.env.FUZZ_SEED ?? 11));
  let spread = 0;
  for (let count = 0; count < 300; count += 1) {
    const schema = copyForTypes(randomSchema(random).payload, random);
    const written = await compileType(schema);
    const laidOut = layOut(written);
    expect(meaningOf(laidOut)).toEqual(meaningOf(written));
    expect(laidOut.split('\n').filter((line) => line.length > 100 || / $/.test(line))).toEqual([]);
    spread += laidOut.includes('\n  |') || laidOut.includes(' & ') ? 1 : 0;
  }
  expect(spread).toBeGreaterThan(30);
}, 120_000);

/** Copies a schema as it is copied for the compiler, with comments here and there. */
function copyForTypes(schema: JsonObject, random: Random): JsonObject {
  const copied = copySchema(
    schema,
    () => ({ tsType: 'Other' }),
    (copy) => {
      shapeType(copy);
      if (random.below(3) === 0) copy.description = 'What is it?\n\n  - Said | here; (not there).';
    },
  );
  if (!isObject(copied)) throw new Error('the schema is no object');
  return copied;
}

/** What TypeScript reads in a text: its syntax tree without parentheses, its texts and names, and its comments. */
function meaningOf(text: string): unknown {
  const file = ts.createSourceFile('types.d.ts', text, ts.ScriptTarget.ES2022, true);
  const faults = (file as unknown as { parseDiagnostics: unknown[] }).parseDiagnostics;
  expect(faults).toEqual([]);
  const comments = [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].map(([found]) =>
    found.replace(/\s+/g, ' '),
  );
  return [treeOf(file.statements[0] as ts.Node), file.statements.length, comments];
}

function treeOf(node: ts.Node): unknown {
  if (ts.isParenthesizedTypeNode(node)) return treeOf(node.type);
  if (ts.isStringLiteral(node) || ts.isIdentifier(node)) return node.text;
  const children: ts.Node[] = [];
  node.forEachChild((child) => void children.push(child));
  if (children.length === 0) return node.getText().replace(/\s/g, '');
  return [ts.SyntaxKind[node.kind], ...children.flatMap((child) => partsOf(child, node))];
}

/** A union of unions is one union. */
function partsOf(child: ts.Node, parent: ts.Node): unknown[] {
  if (ts.isParenthesizedTypeNode(child)) return partsOf(child.type, parent);
  const isSame = ts.isUnionTypeNode(child) || ts.isIntersectionTypeNode(child);
  return isSame && child.kind === parent.kind
    ? child.types.flatMap((part) => partsOf(part, parent))
    : [treeOf(child)];
}
