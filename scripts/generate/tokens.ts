/** A token of emitted code; a string keeps its quotes. */
export type Token = string;

// The two expressions in slashes are Ajv's, which escapes the names of members with them.
const TOKEN =
  /\s+|\/\*[\s\S]*?\*\/|(\/~\/g|\/\\\/\/g|"(?:[^"\\\n]+|\\.)*"|'(?:[^'\\\n]+|\\.)*'|[\p{ID_Start}_$][\p{ID_Continue}$]*|\d[\w.]*|[{}()[\]<>=!&|+\-*/%?:;.,])/uy;

/**
 * Splits emitted code into tokens, without comments. Throws where something stands that no emitter writes: a template,
 * another expression in slashes, an escape outside of a string, a string or comment that does not end.
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null) throw new Error(`no token begins at ${at}: ${text.slice(at, at + 40)}`);
    if (found[1] !== undefined) tokens.push(found[1]);
  }
  return tokens;
}

/** Splits a module's tokens into its statements; throws where brackets do not match. */
export function statementsOf(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [];
  const open: Token[] = [];
  let statement: Token[] = [];
  for (const token of tokens) {
    statement.push(token);
    const closed = closing.get(token);
    if (closed !== undefined && open.pop() !== closed) throw new Error(`${token} closes nothing`);
    if (token === '{' || token === '(' || token === '[') open.push(token);
    const ends = token === ';' || (token === '}' && endsWithBlock(statement));
    if (open.length > 0 || !ends) continue;
    statements.push(statement);
    statement = [];
  }
  if (statement.length > 0) throw new Error(`a statement does not end: ${excerpt(statement)}`);
  return statements;
}

const closing: ReadonlyMap<Token, Token> = new Map([
  ['}', '{'],
  [')', '('],
  [']', '['],
]);

/** Functions and interfaces end with their braces; all else ends with a semicolon. */
function endsWithBlock([first, second]: readonly Token[]): boolean {
  const word = first === 'export' ? second : first;
  return word === 'function' || word === 'interface';
}

/** Shows how a statement begins. */
export function excerpt(statement: readonly Token[]): string {
  return statement.slice(0, 12).join(' ').slice(0, 120);
}

/** Tells whether a token is a name or a word of the language. */
export function isWord(token: Token | undefined): token is Token {
  return token !== undefined && /^[\p{ID_Start}_$]/u.test(token);
}
