import { excerpt, isWord, statementsOf, type Token } from './tokens.js';

/**
 * Reads emitted code again, before it is written, and throws where it is anything but what emitters mean to write: in
 * declarations nothing but types, in modules nothing but data, functions and calls of what the module itself holds.
 * It does not trust the encoders of document text: that text got out of its string or comment would be seen here.
 */
export function readBack(file: string, text: string): void {
  try {
    const statements = statementsOf(text);
    if (file.endsWith('.d.ts')) for (const statement of statements) checkDeclaration(statement);
    else checkModule(statements);
  } catch (error) {
    throw new Error(`${file} was not emitted as it was meant: ${(error as Error).message}`);
  }
}

/** The files that generated files import from. */
const FILES = ['./runtime.js', './validators.js', './module.js', './types.js'];

/** How statements begin; `*` stands for any name. */
const DECLARATIONS = [
  'import type {',
  'export type * from',
  'export type * =',
  'export interface * {',
  'export declare const * :',
  'export declare function * (',
];
const STATEMENTS = [
  'import {',
  'export {',
  'export const * =',
  'const * =',
  'function * (',
  'export function * (',
];

function checkDeclaration(statement: readonly Token[]): void {
  checkBeginning(statement, DECLARATIONS);
  const isImport = (token: Token, index: number) =>
    token === 'import' && statement[index + 1] === '(';
  if (statement.some(isImport)) throw new Error(`an import within ${excerpt(statement)}`);
}

function checkBeginning(statement: readonly Token[], known: readonly string[]): void {
  const isKnown = known.some((shape) =>
    shape
      .split(' ')
      .every(
        (word, index) => word === statement[index] || (word === '*' && isWord(statement[index])),
      ),
  );
  if (!isKnown) throw new Error(`the statement ${excerpt(statement)}`);
  const from = statement.indexOf('from');
  const [first, second] = statement;
  const isLink = first === 'import' || second === '{' || statement[2] === '*';
  if (isLink && !FILES.includes(statement[from + 1]?.slice(1, -1) ?? ''))
    throw new Error(`the file of ${excerpt(statement)}`);
}

/** The words of the language that emitted modules use, and the values that they find everywhere. */
const WORDS = new Set(
  [
    'import export from const let function return if else for in new typeof',
    'true false null undefined Array Number Object RegExp Set isFinite isNaN',
  ].flatMap((line) => line.split(' ')),
);
const CALLED_WORDS = new Set('if for return typeof in RegExp Set isFinite isNaN'.split(' '));
const METHODS = new Set('has hasOwn isArray isFinite isInteger keys replace test'.split(' '));

/** A module is data and functions, uses no name but its own, and calls nothing but by such a name. */
function checkModule(statements: Iterable<readonly Token[]>): void {
  const own = new Set<Token>();
  const used = new Map<Token, string>();
  for (const statement of statements) {
    checkBeginning(statement, STATEMENTS);
    addOwnNames(statement, own);
    for (const [name, index] of namesUsed(statement))
      if (!own.has(name) && !used.has(name)) used.set(name, whereIs(statement, index));
  }
  // A function may stand behind what calls it.
  for (const [name, where] of used) if (!own.has(name)) throw new Error(where);
}

/** Finds the names that must be a module's own, and the place of each; throws what no name can make good. */
function* namesUsed(tokens: readonly Token[]): Generator<[name: Token, index: number], void> {
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    const after = tokens[index + 1];
    const isCalled = token === '(' && (before === ')' || before === ']');
    const isArrow = token === '>' && before === '=';
    const isExpression = token === '/' && !isWord(before) && !/^[\d)\]]/.test(before ?? '');
    if (isCalled || isArrow || isExpression) throw new Error(whereIs(tokens, index));
    if (!isWord(token)) continue;
    const isMember = before === '.';
    const isKey = after === ':' && (before === '{' || before === ',');
    if (after === '(' && isMember && !METHODS.has(token)) throw new Error(whereIs(tokens, index));
    if (isMember || isKey) continue;
    if (!(after === '(' ? CALLED_WORDS : WORDS).has(token)) yield [token, index];
  }
}

function whereIs(tokens: readonly Token[], index: number): string {
  return `${tokens[index]} in ${excerpt(tokens.slice(Math.max(0, index - 4), index + 12))}`;
}

/** Adds the names that a statement imports or declares, parameters and labels included. */
function addOwnNames(tokens: readonly Token[], names: Set<Token>): void {
  const addUntil = (end: Token, from: number) => {
    for (let index = from; index < tokens.length && tokens[index] !== end; index += 1)
      if (isWord(tokens[index])) names.add(tokens[index] as Token);
  };
  tokens.forEach((token, index) => {
    if (['const', 'let', 'var', 'function'].includes(token)) names.add(tokens[index + 1] as Token);
    if (token === 'import' || (token === 'export' && tokens[index + 1] === '{'))
      addUntil('}', index + 2);
    if (token === 'function') addUntil(')', index + 3);
    if (token === ':' && tokens[index + 1] === 'for') names.add(tokens[index - 1] as Token);
  });
}
