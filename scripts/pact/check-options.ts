import { closestName } from '../spec/closest-name.js';

/**
 * Checks that a value is an object of options with the names of `known` and no others: a misspelt one would be left aside
 * in plain JavaScript. Throws a TypeError.
 */
export function checkOptions(
  what: string,
  options: unknown,
  known: Readonly<Record<string, unknown>>,
): void {
  const names = Object.keys(known);
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`${what}: it is no object with options (${names.join(', ')})`);
  }
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(known, name)) continue;
    const closest = closestName(name, names);
    const hint = closest === undefined ? `it has ${names.join(', ')}` : `did you mean ${closest}?`;
    throw new TypeError(`${what}: there is no option ${JSON.stringify(name)} (${hint})`);
  }
}

/** Checks options that name something, which plain JavaScript may leave out. Throws a TypeError. */
export function checkNames(options: Readonly<Record<string, unknown>>): void {
  for (const [option, value] of Object.entries(options)) {
    if (typeof value === 'string' && value.trim() !== '') continue;
    throw new TypeError(`the option "${option}" is missing: give a name`);
  }
}

/** Checks options that hold functions by names. Throws a TypeError. */
export function checkHandlers(options: Readonly<Record<string, unknown>>): void {
  for (const [option, value] of Object.entries(options)) {
    if (typeof value === 'object' && value !== null) continue;
    throw new TypeError(`the option "${option}" is no object with functions`);
  }
}

/** Checks the address of a server, and returns it in full. Throws a TypeError. */
export function checkUrl(option: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(
      `the option "${option}" is no http or https address: ${JSON.stringify(value)}`,
    );
  }
  if (/[?#]/.test(url.href)) {
    throw new TypeError(
      `the option "${option}" has a query or a fragment, and the path of each request follows it: ${JSON.stringify(value)}`,
    );
  }
  return url.href;
}
