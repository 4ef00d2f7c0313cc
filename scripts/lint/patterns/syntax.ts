import { type AST, RegExpParser } from '@eslint-community/regexpp';

export type { AST };

/**
 * Says why a pattern is not an ECMAScript regular expression with the flag `u`, if it isn't.
 *
 * https://tc39.es/ecma262/#sec-patterns
 */
export function syntaxErrorOf(source: string): string | undefined {
  try {
    new RegExp(source, 'u');
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    // The engine puts the whole pattern before its reason.
    return message.split('/u: ').at(-1) ?? message;
  }
}

const parser = new RegExpParser({ ecmaVersion: 2024 });

/** Parses a pattern that compiles; one that is newer than ECMAScript 2024 has no tree. */
export function parsePattern(source: string): AST.Pattern | undefined {
  try {
    return parser.parsePattern(source, 0, source.length, { unicode: true });
  } catch {
    return undefined;
  }
}
