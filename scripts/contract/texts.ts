import { isInteger } from './all-values.js';
import { formatPatterns } from './date-patterns.js';
import { type Case, numbers } from './guarantee.js';
import { Language } from './language.js';

/** Returns the texts that a case allows, or more; undefined where that is too large to say. */
export function textsOf({ parts }: Case): Language | undefined {
  const sources = parts.flatMap(({ schema: { pattern, format } }) => [
    ...(typeof pattern === 'string' ? [pattern] : []),
    ...(typeof format === 'string' && Object.hasOwn(formatPatterns, format)
      ? [formatPatterns[format] as string]
      : []),
  ]);
  const lengths = [
    ...counted(parts, 'minLength').map((length) => `^[^]{${length},}$`),
    ...counted(parts, 'maxLength').map((length) => `^[^]{0,${length}}$`),
  ];
  // A pattern that can't be read is left out: what remains allows more.
  return Language.intersection(
    [...sources, ...lengths].flatMap((source) => Language.of(source) ?? []),
  );
}

/** Up to which length bounds are counted; beyond it, texts count as unbounded. */
const MAX_LENGTH = 200;

function counted(parts: Case['parts'], keyword: string): number[] {
  return numbers(parts, keyword).filter((length) => length <= MAX_LENGTH);
}

/** Returns the texts of the numbers that a case allows, or more; undefined where there are fractions. */
export function numeralsOf(one: Case): Language | undefined {
  if (!isInteger(one)) return undefined;
  const isNatural = numbers(one.parts, 'minimum').some((bound) => bound >= 0);
  return Language.of(isNatural ? '^(?:0|[1-9][0-9]*)$' : '^(?:0|-?[1-9][0-9]*)$');
}

/** Lists texts of a case's patterns and formats, the shortest first. */
export function shortTextsOf(one: Case): string[] {
  const isDescribed = one.parts.some(
    ({ schema: { pattern, format } }) => pattern !== undefined || format !== undefined,
  );
  const none = Language.of('[]');
  return (isDescribed && none && textsOf(one)?.beyond(none, 5)) || [];
}
