import type { Operation } from '../spec/model.js';
import { literal } from './date-patterns.js';

/** A path that an operation's requests go to. */
export interface Address {
  /** The path in words, with the values that its parameters can have. */
  readonly text: string;
  readonly pattern: RegExp;
}

/** An address's query: the patterns that the values of each parameter must match, one after the other. */
export type AddressQuery = ReadonlyMap<string, readonly RegExp[]>;

/** Returns the paths of an operation's channel, one for each server; undefined where only the consumer knows it. */
export function pathsOf(operation: Operation): Address[] | undefined {
  const { address, basePaths, baseVariables, parameters } = operation;
  if (address === undefined) return undefined;
  const { isUrl, path } = partsOf(address);
  const inPath = path.startsWith('/') ? path : `/${path}`;
  // An URL says by itself where it is.
  return (isUrl ? [''] : basePaths).map((base, index) => {
    const variables = (isUrl ? undefined : baseVariables[index]) ?? new Map<string, string[]>();
    const values = [...variables, ...parameters];
    const known = values.map(([name, allowed]) => `{${name}}: ${allowed.join(', ')}`);
    const legend = known.length === 0 ? '' : ` (${known.join('; ')})`;
    const source = templateSource(base, variables) + templateSource(inPath, parameters);
    return { text: `${base}${inPath}${legend}`, pattern: new RegExp(`^${source}$`, 'u') };
  });
}

/** Returns the query that stands in an operation's address: without parameters where there is none. */
export function addressQueryOf({ address = '', parameters }: Operation): AddressQuery {
  const found = new URLSearchParams(partsOf(address).query);
  return new Map(
    [...new Set(found.keys())].map((name) => [
      name,
      found.getAll(name).map((value) => {
        const source = templateSource(value, parameters, '.+');
        return new RegExp(`^${source}$`, 'su');
      }),
    ]),
  );
}

/** Takes an address, a path or an URL, apart. https://www.rfc-editor.org/rfc/rfc3986#appendix-B */
function partsOf(address: string): { isUrl: boolean; path: string; query: string } {
  const host = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/.exec(address)?.[0];
  const [whole = ''] = address.slice(host?.length ?? 0).split('#');
  const [path = '', ...query] = whole.split('?');
  return { isUrl: host !== undefined, path, query: query.join('?') };
}

/** What a path's parameter can be whose values are not enumerated: what ends no segment and need not be encoded. */
const SEGMENT = '[^/?#\\s\\p{Cc}]+';

/** Returns the source of the pattern of a text with `{parameters}`, of those with these values. */
export function templateSource(
  text: string,
  values: ReadonlyMap<string, readonly string[]>,
  other = SEGMENT,
): string {
  return text
    .split(/\{([^{}/]+)\}/)
    .map((part, index) => (index % 2 === 1 ? oneOf(values.get(part), other) : literal(part)))
    .join('');
}

/** Returns the pattern of a parameter: its values, percent-encoded where a path needs it, or any other. */
function oneOf(values: readonly string[] | undefined, other: string): string {
  if (values === undefined) return other;
  const spelled = new Set(values.flatMap((value) => [value, encodeURIComponent(value)]));
  return `(?:${[...spelled].map(literal).join('|')})`;
}
