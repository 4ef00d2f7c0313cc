/** Reads moments as the database keeps them. `Date.parse` knows neither leap seconds nor the offset `+02`. */

const DATE_TIME =
  /^(\d{4}-\d\d-\d\d)[Tt\s](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-]\d\d):?(\d\d)?)$/;

/**
 * Reads a date-time in Unix milliseconds.
 * @throws {RangeError} where the text is none
 */
export function unixMilliseconds(text: string): number {
  const [, day, hour, minute, second, fraction = '', offsetHour = '+00', offsetMinute = '00'] =
    DATE_TIME.exec(text) ?? [];
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight)) throw new RangeError('A date-time can not be read');
  const local = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const sign = offsetHour.startsWith('-') ? -1 : 1;
  const offset = (Math.abs(Number(offsetHour)) * 60 + Number(offsetMinute)) * 60 * sign;
  return midnight + (local - offset) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

/**
 * Reads a date-time in Unix seconds.
 * @throws {RangeError} where the text is none
 */
export function unixSeconds(text: string): number {
  return Math.floor(unixMilliseconds(text) / 1000);
}
