/** A token of emitted code; a string keeps its quotes. */
export type Token = string;

// The two expressions in slashes are Ajv's, which escapes the names of members with them.
const TOKEN =
  /\s+|(\/\*[\s\S]*?\*\/|\/~\/g|\/\\\/\/g|"(?:[^"\\\n]+|\\.)*"|'(?:[^'\\\n]+|\\.)*'|[\p{ID_Start}_$][\p{ID_Continue}$]*|\d(?:e[+-]|[\w.])*|[{}()[\]<>=!&|+\-*/%?:;.,])/uy;

/**
 * Splits emitted code into tokens, comments included. Throws where something stands that no emitter writes: a template,
 * another expression in slashes, an escape outside of a string, a string or comment that does not end.
 */
export function* tokensAndCommentsOf(text: string): Generator<Token, void> {
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(text);
    if (found === null) throw new Error(`no token begins at ${at}: ${text.slice(at, at + 40)}`);
    if (found[1] !== undefined) yield found[1];
  }
}

/** Splits a module into its statements, without comments; throws where brackets do not match. */
export function* statementsOf(text: string): Generator<Token[], void> {
  const open: Token[] = [];
  let statement: Token[] = [];
  for (const token of tokensAndCommentsOf(text)) {
    if (isComment(token)) continue;
    statement.push(token);
    const closed = closing.get(token);
    if (closed !== undefined && open.pop() !== closed) throw new Error(`${token} closes nothing`);
    if (token === '{' || token === '(' || token === '[') open.push(token);
    const ends = token === ';' || (token === '}' && endsWithBlock(statement));
    if (open.length > 0 || !ends) continue;
    yield statement;
    statement = [];
  }
  if (statement.length > 0) throw new Error(`a statement does not end: ${excerpt(statement)}`);
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

/** Tells whether a token is a comment. */
export function isComment(token: Token): boolean {
  return token.startsWith('/*');
}

/** Tells whether a token is a name or a word of the language. */
export function isWord(token: Token | undefined): token is Token {
  return token !== undefined && /^[\p{ID_Start}_$]/u.test(token);
}
