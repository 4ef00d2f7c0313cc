import { typeOf as jsonTypeOf } from '../generate/runtime/explain.js';
import { equal } from '../generate/runtime/values.js';
import type { JsonType } from '../judge/shape.js';
import type { Json } from '../spec/model.js';
import { isContainer } from '../spec/positions.js';
import { datePattern, isOnCalendar, literal } from './date-patterns.js';
import { Language } from './language.js';
import type { Matcher } from './pact.js';

/** Whether something holds: `unknown` where it can't be judged. */
export type Verdict = 'yes' | 'no' | 'unknown';

/**
 * Judges one value by one matcher, as Pact's verifier does; `example` is the value in the pact.
 * https://github.com/pact-foundation/pact-specification/tree/version-4#supported-matching-rules
 */
export function satisfies(matcher: Matcher, example: Json, value: Json): Verdict {
  const { match } = matcher;
  // Whatever the rule: an object or a list in the pact asks for one.
  if (isContainer(example) && typeOf(value) !== typeOf(example)) return 'no';
  switch (match) {
    case 'equality':
      return say(equal(value, example));
    case 'type':
      return say(typeOf(value) === typeOf(example) && hasLength(matcher, value));
    case 'integer':
      return say(typeof value === 'number' && Number.isInteger(value));
    case 'decimal':
      return say(typeof value === 'number' && !Number.isInteger(value));
    case 'number':
      return say(typeof value === 'number');
    case 'boolean':
      return say(typeof value === 'boolean' || value === 'true' || value === 'false');
    case 'null':
      return say(value === null);
    case 'notEmpty':
      return say(
        value !== null && !(isContainer(value) ? Object.keys(value).length === 0 : value === ''),
      );
    case 'values':
    case 'eachKey':
    case 'eachValue':
      return say(isContainer(value));
    case 'arrayContains':
      return Array.isArray(value) && value.length > 0 ? 'unknown' : 'no';
    default: {
      const source = patternOf(matcher);
      if (source === undefined) return 'unknown';
      if (isContainer(value)) return 'no';
      if (typeof value !== 'string' && match !== 'regex' && match !== 'include') return 'no';
      const language = Language.ofPact(source);
      if (language === undefined) return 'unknown';
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      const format = dateFormatOf(matcher);
      return say(language.has(text) && (format === undefined || isOnCalendar(format, text)));
    }
  }
}

/** Returns the regular expression of the whole texts that a matcher accepts; undefined where there is none. */
export function patternOf(matcher: Matcher): string | undefined {
  const { match, regex, value } = matcher;
  switch (match) {
    case 'regex':
      return typeof regex === 'string' ? regex : undefined;
    case 'include':
      return typeof value === 'string' ? `[\\s\\S]*${literal(value)}[\\s\\S]*` : undefined;
    case 'semver':
      return SEMVER;
    case 'date':
    case 'time':
    case 'timestamp':
    case 'datetime': {
      const format = dateFormatOf(matcher);
      return format === undefined ? undefined : datePattern(format);
    }
    default:
      return undefined;
  }
}

/** Returns the date pattern of a matcher of dates and times. */
function dateFormatOf(matcher: Matcher): string | undefined {
  if (!Object.hasOwn(DATE_FORMATS, matcher.match)) return undefined;
  const format = formatOf(matcher) ?? DATE_FORMATS[matcher.match];
  return typeof format === 'string' ? format : undefined;
}

function formatOf(matcher: Matcher): Json | undefined {
  return matcher.format ?? matcher[matcher.match];
}

const DATE_FORMATS: Readonly<Record<string, string>> = {
  date: 'yyyy-MM-dd',
  time: 'HH:mm:ss',
  timestamp: "yyyy-MM-dd'T'HH:mm:ssXXX",
  datetime: "yyyy-MM-dd'T'HH:mm:ssXXX",
};

/** https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string */
const SEMVER = (() => {
  const number = '(?:0|[1-9][0-9]*)';
  const part = `(?:${number}|[0-9]*[A-Za-z\\x2d][0-9A-Za-z\\x2d]*)`;
  const build = '[0-9A-Za-z\\x2d]+';
  return `^${number}\\.${number}\\.${number}(?:\\x2d${part}(?:\\.${part})*)?(?:\\+${build}(?:\\.${build})*)?$`;
})();

/** Says in words what a matcher asks for. */
export function describeMatcher(matcher: Matcher): string {
  const { match, min, max } = matcher;
  switch (match) {
    case 'regex':
      return `regex ${JSON.stringify(matcher.regex ?? null)}`;
    case 'include':
      return `include ${JSON.stringify(matcher.value ?? null)}`;
    case 'type': {
      const bounds = [
        ...(min === undefined ? [] : [`min ${JSON.stringify(min)}`]),
        ...(max === undefined ? [] : [`max ${JSON.stringify(max)}`]),
      ];
      return ['type', ...bounds].join(' ');
    }
    case 'date':
    case 'time':
    case 'timestamp':
    case 'datetime':
      return `${match} ${typeof formatOf(matcher) === 'string' ? formatOf(matcher) : ''}`.trim();
    default:
      return match;
  }
}

/** Returns the JSON type of a value. */
export function typeOf(value: Json): JsonType {
  return jsonTypeOf(value) as JsonType;
}

/** Returns the bounds that a matcher sets to the size of a list or an object. */
export function lengthsOf({ min, max }: Matcher): { min: number; max: number } {
  return {
    min: typeof min === 'number' ? min : 0,
    max: typeof max === 'number' ? max : Number.POSITIVE_INFINITY,
  };
}

/** Splits a matcher that bounds a size on both sides: one bound can hold without the other. */
export function boundsApart(matcher: Matcher): Matcher[] {
  const { min, max, ...rest } = matcher;
  if (min === undefined || max === undefined) return [matcher];
  return [
    { ...rest, min },
    { ...rest, max },
  ];
}

function hasLength(matcher: Matcher, value: Json): boolean {
  if (!isContainer(value)) return true;
  const { min, max } = lengthsOf(matcher);
  const { length } = Object.keys(value);
  return length >= min && length <= max;
}

function say(holds: boolean): Verdict {
  return holds ? 'yes' : 'no';
}
