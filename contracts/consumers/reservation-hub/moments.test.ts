/** Moments: every date-time that the documents let through is read. */
import { expect, it } from 'vitest';
import { unixMilliseconds, unixSeconds } from './moments.js';

it.each([
  ['2025-02-06T09:41:30.465Z', Date.UTC(2025, 1, 6, 9, 41, 30, 465)],
  ['2025-02-06t09:41:30z', Date.UTC(2025, 1, 6, 9, 41, 30)],
  ['2025-02-06 09:41:30.4Z', Date.UTC(2025, 1, 6, 9, 41, 30, 400)],
  ['2025-02-06T09:41:30.579999999999Z', Date.UTC(2025, 1, 6, 9, 41, 30, 579)],
  ['2025-02-06T09:41:30+02:30', Date.UTC(2025, 1, 6, 7, 11, 30)],
  ['2025-02-06T09:41:30-0230', Date.UTC(2025, 1, 6, 12, 11, 30)],
  ['2025-02-06T09:41:30-02', Date.UTC(2025, 1, 6, 11, 41, 30)],
  ['2025-02-06T09:41:30-00:30', Date.UTC(2025, 1, 6, 10, 11, 30)],
  ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
  ['0099-01-01T00:00:00Z', Date.parse('0099-01-01T00:00:00Z')],
])('%s', (text, expected) => {
  expect(unixMilliseconds(text)).toBe(expected);
  expect(unixSeconds(text)).toBe(Math.floor(expected / 1000));
});

it.each(['', 'now', '2025-02-06', '2025-13-06T00:00:00Z'])('refuses %j', (text) => {
  expect(() => unixMilliseconds(text)).toThrow(RangeError);
});
