import { showInherited } from './inherited-names.js';
import { isComment, isWord, type Token, tokensAndCommentsOf } from './tokens.js';

/** A declaration of a type, as the type compiler writes it. */
export interface Declaration {
  readonly kind: 'interface' | 'type';
  readonly name: string;
  readonly comment: Token | undefined;
  readonly type: Type;
}

/** A type: words are names, keywords and literals as they stand. */
export type Type =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  | { readonly kind: 'list'; readonly of: Type }
  | { readonly kind: 'rest'; readonly of: Type }
  | { readonly kind: 'tuple'; readonly items: readonly Type[] }
  | { readonly kind: 'union' | 'intersection'; readonly parts: readonly Type[] };

/** A member of an object type; its key is a name, a text in quotes or `[k: string]`. */
export interface Member {
  readonly comment: Token | undefined;
  readonly key: string;
  readonly isOptional: boolean;
  readonly type: Type;
}

/** Reads the text of one declaration; throws where something stands that the type compiler does not write. */
export function readDeclaration(text: string): Declaration {
  const tokens = new Tokens([...tokensAndCommentsOf(text)]);
  const comment = tokens.takeIf(isComment);
  tokens.take('export');
  const kind = tokens.skip('interface') ? 'interface' : 'type';
  if (kind === 'type') tokens.take('type');
  const name = tokens.takeOne(isWord);
  if (kind === 'type') tokens.take('=');
  const type = kind === 'type' ? readType(tokens) : readObject(tokens);
  tokens.takeEnd();
  return { kind, name, comment, type };
}

/** Tokens that are taken one after the other. */
class Tokens {
  #taken = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  takeIf(isWanted: (token: Token) => boolean): Token | undefined {
    const token = this.tokens[this.#taken];
    if (token === undefined || !isWanted(token)) return undefined;
    this.#taken += 1;
    return token;
  }

  takeOne(isWanted: (token: Token) => boolean): Token {
    const token = this.takeIf(isWanted);
    if (token === undefined) throw new Error(`the compiler's type goes on with ${this.excerpt()}`);
    return token;
  }

  take(wanted: Token): void {
    this.takeOne((token) => token === wanted);
  }

  /** Takes tokens where they come next, and tells whether they did. */
  skip(...wanted: readonly Token[]): boolean {
    if (!wanted.every((token, index) => token === this.tokens[this.#taken + index])) return false;
    this.#taken += wanted.length;
    return true;
  }

  takeEnd(): void {
    if (this.#taken < this.tokens.length) this.takeOne(() => false);
  }

  private excerpt(): string {
    return this.tokens.slice(this.#taken, this.#taken + 12).join(' ') || 'nothing';
  }
}

function readType(tokens: Tokens): Type {
  return readParts(tokens, 'union', '|', () =>
    readParts(tokens, 'intersection', '&', () => readLists(tokens)),
  );
}

/** Reads what a sign joins; parts that the same sign joins become parts of the whole. */
function readParts(
  tokens: Tokens,
  kind: 'union' | 'intersection',
  sign: Token,
  readPart: () => Type,
): Type {
  const first = readPart();
  const others: Type[] = [];
  while (tokens.skip(sign)) others.push(readPart());
  if (others.length === 0) return first;
  return {
    kind,
    parts: [first, ...others].flatMap((part) => (part.kind === kind ? part.parts : [part])),
  };
}

/** Reads a type and the pairs of brackets behind it; a bracket alone begins the next member. */
function readLists(tokens: Tokens): Type {
  let type = readSingle(tokens);
  while (tokens.skip('[', ']')) type = { kind: 'list', of: type };
  return type;
}

function readSingle(tokens: Tokens): Type {
  if (tokens.skip('(')) {
    const type = readType(tokens);
    tokens.take(')');
    return type;
  }
  if (tokens.skip('[')) return { kind: 'tuple', items: readItems(tokens) };
  if (tokens.skip('-')) return { kind: 'word', word: `-${tokens.takeOne(isNumber)}` };
  const word = tokens.takeIf((token) => isName(token) || isNumber(token));
  return word === undefined ? readObject(tokens) : { kind: 'word', word };
}

function readItems(tokens: Tokens): Type[] {
  const items: Type[] = [];
  while (!tokens.skip(']')) {
    if (items.length > 0) tokens.take(',');
    const isRest = tokens.skip('.', '.', '.');
    const type = readType(tokens);
    items.push(isRest ? { kind: 'rest', of: type } : type);
  }
  return items;
}

/** Reads an object type, whose members may or may not be separated. */
function readObject(tokens: Tokens): Type {
  const members: Member[] = [];
  tokens.take('{');
  while (!tokens.skip('}')) {
    const comment = tokens.takeIf(isComment);
    const isIndex = tokens.skip('[', 'k', ':', 'string', ']');
    const key = isIndex ? '[k: string]' : showInherited(tokens.takeOne(isName));
    const isOptional = tokens.skip('?');
    tokens.take(':');
    members.push({ comment, key, isOptional, type: readType(tokens) });
    tokens.skip(';');
  }
  return { kind: 'object', members };
}

function isName(token: Token): boolean {
  return isWord(token) || isString(token);
}

function isNumber(token: Token): boolean {
  return /^\d/.test(token);
}

function isString(token: Token): boolean {
  return /^["']/.test(token);
}
