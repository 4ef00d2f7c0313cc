import type { Declaration, Member, Type } from './read-declaration.js';

/** How wide a line may get before the type on it is spread over several. */
const WIDTH = 100;

/**
 * Prints a declaration: members one a line, and so the parts of a union that is too long for one; texts in single
 * quotes; comments as they stand; parentheses only where they are needed.
 */
export function printDeclaration({ kind, name, comment, type }: Declaration): string {
  const declared =
    kind === 'interface'
      ? withType(`export interface ${name}`, type, '')
      : `${withType(`export type ${name} =`, type, '')};`;
  return `${printComment(comment, '')}${declared}\n`;
}

/** Returns a declaration as it is without its comments, at any depth. */
export function withoutComments({ type, ...declaration }: Declaration): Declaration {
  return { ...declaration, comment: undefined, type: bare(type) };
}

function bare(type: Type): Type {
  switch (type.kind) {
    case 'word':
      return type;
    case 'object': {
      const members = type.members.map((one) => ({
        ...one,
        comment: undefined,
        type: bare(one.type),
      }));
      return { kind: 'object', members };
    }
    case 'list':
    case 'rest':
      return { kind: type.kind, of: bare(type.of) };
    case 'tuple':
      return { kind: 'tuple', items: type.items.map(bare) };
    default:
      return { kind: type.kind, parts: type.parts.map(bare) };
  }
}

function printComment(comment: string | undefined, indent: string): string {
  if (comment === undefined) return '';
  return comment
    .split('\n')
    .map((line, index) => `${indent}${index === 0 ? '' : ' '}${line.trim()}\n`)
    .join('');
}

/** Prints what has a type, on lines that are indented, and the type behind it. */
function withType(owner: string, type: Type, indent: string): string {
  const text = print(type, indent, indent.length + owner.length + 1);
  return `${indent}${owner}${text.startsWith('\n') ? '' : ' '}${text}`;
}

/** Prints a type from a column on, with room for a separator: on that line where it fits, else on indented ones. */
function print(type: Type, indent: string, column: number): string {
  const line = hasMembers(type) ? undefined : onOneLine(type);
  return line !== undefined && column + line.length < WIDTH ? line : spread(type, indent);
}

/** Tells whether a type holds members of objects, which stand on lines of their own. */
function hasMembers(type: Type): boolean {
  switch (type.kind) {
    case 'word':
      return false;
    case 'object':
      return type.members.length > 0;
    case 'list':
    case 'rest':
      return hasMembers(type.of);
    case 'tuple':
      return type.items.some(hasMembers);
    default:
      return type.parts.some(hasMembers);
  }
}

/** Prints a type without members. */
function onOneLine(type: Type): string {
  switch (type.kind) {
    case 'word':
      return singleQuoted(type.word);
    case 'object':
      return '{}';
    case 'list':
      return `${enclosed(type.of, onOneLine(type.of), '')}[]`;
    case 'rest':
      return `...${onOneLine(type.of)}`;
    case 'tuple':
      return `[${type.items.map(onOneLine).join(', ')}]`;
    default:
      return type.parts
        .map((part) => enclosed(part, onOneLine(part), ''))
        .join(type.kind === 'union' ? ' | ' : ' & ');
  }
}

/** Prints a type on several lines; a union of several begins with a line break. */
function spread(type: Type, indent: string): string {
  const deeper = `${indent}  `;
  const inside = (part: Type) => enclosed(part, print(part, indent, indent.length), indent);
  switch (type.kind) {
    case 'word':
      return singleQuoted(type.word);
    case 'object':
      return `{\n${type.members.map((member) => printMember(member, deeper)).join('')}${indent}}`;
    case 'list':
      return `${inside(type.of)}[]`;
    case 'rest':
      return `...${inside(type.of)}`;
    case 'tuple':
      return `[\n${type.items.map((item) => deeper + printItem(item, deeper)).join(',\n')}\n${indent}]`;
    case 'union':
      if (isNullableObject(type.parts)) return type.parts.map(inside).join(' | ');
      return type.parts
        .map((part) => {
          const text = print(part, `${deeper}  `, deeper.length + 2);
          return `\n${deeper}| ${enclosed(part, text, deeper)}`;
        })
        .join('');
    case 'intersection':
      return type.parts.map(inside).join(hasMembers(type) ? ' & ' : ` &\n${deeper}`);
  }
}

function printMember({ comment, key, isOptional, type }: Member, indent: string): string {
  const owner = `${printName(key)}${isOptional ? '?' : ''}:`;
  return `${printComment(comment, indent)}${withType(owner, type, indent)};\n`;
}

/** Prints the name of a member, without quotes where it can do without. */
function printName(key: string): string {
  return /^"[\p{ID_Start}_$][\p{ID_Continue}$]*"$/u.test(key)
    ? key.slice(1, -1)
    : singleQuoted(key);
}

function printItem(item: Type, indent: string): string {
  return closed(print(item, indent, indent.length), indent);
}

/** Puts a printed type into parentheses where it would come apart beside others. */
function enclosed({ kind }: Type, text: string, indent: string): string {
  const isJoined = kind === 'union' || kind === 'intersection';
  return isJoined && !text.startsWith('\n') ? `(${text})` : closed(text, indent);
}

/** Puts a printed type into parentheses where it begins with a line break. */
function closed(text: string, indent: string): string {
  return text.startsWith('\n') ? `(${text}\n${indent})` : text;
}

/** Tells whether the parts of a union are one object, and null. */
function isNullableObject(parts: readonly Type[]): boolean {
  const others = parts.filter((part) => !(part.kind === 'word' && part.word === 'null'));
  return others.length === 1 && others[0]?.kind === 'object';
}

/** Writes a text with single quotes, any other word as it stands; a text that holds such quotes keeps its own. */
function singleQuoted(word: string): string {
  if (!word.startsWith('"') || word.includes("'")) return word;
  const text = word.slice(1, -1).replace(/\\./g, (found) => (found === '\\"' ? '"' : found));
  return `'${text}'`;
}
