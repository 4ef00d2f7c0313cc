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

/** Returns the texts of the integers that a case allows, or more. */
export function numeralsOf({ parts }: Case): Language | undefined {
  const least = Math.max(...numbers(parts, 'minimum'), ...numbers(parts, 'exclusiveMinimum'));
  const most = Math.min(...numbers(parts, 'maximum'), ...numbers(parts, 'exclusiveMaximum'));
  const ways = [
    ...(least <= 0 && most >= 0 ? ['0'] : []),
    ...naturals(least, most),
    ...naturals(-most, -least).map((natural) => `-${natural}`),
  ];
  return Language.of(`^(?:${ways.join('|')})$`);
}

/** The numbers from one on, between two bounds, with as many digits as these. */
function naturals(least: number, most: number): string[] {
  if (most < 1 || most < least) return [];
  const atLeast = digits(Math.max(least, 1));
  const atMost = digits(most);
  return [`[1-9][0-9]{${(atLeast ?? 1) - 1},${atMost === undefined ? '' : atMost - 1}}`];
}

/** Beyond this, numbers are written with an exponent. */
const MAX_PLAIN = 1e21;

function digits(number: number): number | undefined {
  return number < MAX_PLAIN ? String(Math.floor(number)).length : undefined;
}

/** Lists texts of a case's patterns and formats, the shortest first. */
export function shortTextsOf(one: Case): string[] {
  const isDescribed = one.parts.some(
    ({ schema: { pattern, format } }) => pattern !== undefined || format !== undefined,
  );
  const none = Language.of('[]');
  return (isDescribed && none && textsOf(one)?.beyond(none, 5)) || [];
}
