const DAY = '(?:0[1-9]|[12][0-9]|3[01])';
const MONTH = '(?:0[1-9]|1[0-2])';
const HOUR = '(?:[01][0-9]|2[0-3])';
const MINUTE = '[0-5][0-9]';
const SECOND = '(?:[0-5][0-9]|60)';

/** What the letters of a date pattern stand for; of those that are left out, nothing is said. */
const LETTERS: Readonly<Record<string, string>> = {
  yyyy: '[0-9]{4}',
  uuuu: '[0-9]{4}',
  yy: '[0-9]{2}',
  MM: MONTH,
  dd: DAY,
  HH: HOUR,
  hh: '(?:0[1-9]|1[0-2])',
  mm: MINUTE,
  ss: SECOND,
  a: '(?:AM|PM)',
  X: '(?:Z|[+-][0-9]{2})',
  XX: '(?:Z|[+-][0-9]{4})',
  XXX: '(?:Z|[+-][0-9]{2}:[0-9]{2})',
  x: '[+-][0-9]{2}',
  xx: '[+-][0-9]{4}',
  xxx: '[+-][0-9]{2}:[0-9]{2}',
  Z: '[+-][0-9]{4}',
};

/**
 * Returns the regular expression of the texts that a date pattern such as `yyyy-MM-dd'T'HH:mm:ssXXX` accepts, leaving
 * the calendar aside; undefined where it holds letters whose meaning is not certain.
 * https://docs.oracle.com/javase/8/docs/api/java/text/SimpleDateFormat.html
 */
export function datePattern(format: string): string | undefined {
  let source = '';
  const named = new Set<string>();
  for (const [token] of format.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g)) {
    if (token === "''") source += "'";
    else if (token.startsWith("'")) source += literal(token.slice(1, -1).replaceAll("''", "'"));
    else if (/^S+$/.test(token)) source += `[0-9]{${token.length}}`;
    else if (!/^[A-Za-z]/.test(token)) source += literal(token);
    else if (!Object.hasOwn(LETTERS, token)) return undefined;
    else if (named.has(token) || !DATE_LETTERS.test(token)) source += LETTERS[token];
    else source += `(?<${token}>${LETTERS[token]})`;
    named.add(token);
  }
  return `^${source}$`;
}

const DATE_LETTERS = /^(?:yyyy|uuuu|MM|dd)$/;

/** Tells whether a text that a date pattern accepts is a day of the calendar; where it tells no year, of any year. */
export function isOnCalendar(format: string, text: string): boolean {
  const { groups } = new RegExp(datePattern(format) ?? '').exec(text) ?? {};
  const { yyyy, uuuu = yyyy ?? '2000', MM, dd } = groups ?? {};
  if (MM === undefined || dd === undefined) return true;
  const date = new Date(`${uuuu}-${MM}-${dd}T00:00:00Z`);
  return date.getUTCDate() === Number(dd);
}

const IN_URI = "[A-Za-z0-9\\x2d._~:/\\[\\]@!$&'()*+,;=%]";

/**
 * The texts of a format, as the standard behind it tells producers to write them, and perhaps more: the calendar and
 * other counting are left aside. Whatever anybody asks of texts is judged against these. A format that is not here says
 * nothing about its texts.
 *  - https://www.rfc-editor.org/rfc/rfc3339#section-5.6, with `T` and `Z` in upper case
 *  - https://www.rfc-editor.org/rfc/rfc9562#section-4, in either case
 *  - https://www.rfc-editor.org/rfc/rfc3986#section-3, with something between the colon and a query
 */
export const formatPatterns: Readonly<Record<string, string>> = {
  date: `^[0-9]{4}-${MONTH}-${DAY}$`,
  'date-time': `^[0-9]{4}-${MONTH}-${DAY}T${HOUR}:${MINUTE}:${SECOND}(?:\\.[0-9]+)?(?:Z|[+-]${HOUR}:${MINUTE})$`,
  time: `^${HOUR}:${MINUTE}:${SECOND}(?:\\.[0-9]+)?(?:Z|[+-]${HOUR}:${MINUTE})$`,
  uuid: '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$',
  uri: `^[A-Za-z][A-Za-z0-9+.\\x2d]*:${IN_URI}(?:${IN_URI}|[?#])*$`,
};

const WIDE_DAY = '[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])';
const WIDE_TIME = '[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)';

/**
 * The texts of the same formats as validators take them, which are more: a delivery that a receiver accepts must not
 * break a pact for its form, so these are what is written into one. Pact's own matchers of dates and UUIDs are narrower
 * than the standards. Pact's `\d` takes the digits of all scripts, so digits are spelled out.
 */
export const acceptedPatterns: Readonly<Record<string, string>> = {
  date: `^${WIDE_DAY}$`,
  'date-time': `^${WIDE_DAY}[Tt\\s]${WIDE_TIME}$`,
  time: `^${WIDE_TIME}$`,
  uuid: '^(?:[Uu][Rr][Nn]:[Uu][Uu][Ii][Dd]:)?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$',
};

/** Writes a text as a regular expression that matches it. */
export function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (character) =>
    character === '-' ? '\\x2d' : `\\${character}`,
  );
}
