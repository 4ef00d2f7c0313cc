import { type Problem, problem } from '../problems/problem.js';
import type { Operation } from '../spec/model.js';
import { literal } from './date-patterns.js';
import type { Linked } from './link.js';
import type { HttpInteraction, Pact } from './pact.js';
import { checkExample } from './rule-problems.js';

/** Judges a request's path by the channel's address below the paths of its servers. */
export function checkPath(
  { locate }: Pact,
  { pointer, path, rules }: HttpInteraction,
  { read, operation }: Linked,
): Problem[] {
  const examples = checkExample(path, rules.path, locate);
  const paths = pathsOf(operation);
  if (paths === undefined || paths.some((one) => one.pattern.test(path))) return examples;
  const details = { expected: paths.map(({ text }) => text).join(' or '), found: path };
  const place = locate(`${pointer}/request/path`);
  const inOperation = read.locate(operation.pointer);
  return [problem('pact.request.path', details, place, inOperation), ...examples];
}

/** Returns the paths of an operation's channel; undefined where only the consumer knows it. */
function pathsOf({
  address,
  basePaths,
  parameters,
}: Operation): { text: string; pattern: RegExp }[] | undefined {
  if (address === undefined) return undefined;
  const inPath = address.startsWith('/') ? address : `/${address}`;
  const values = [...parameters].map(([name, allowed]) => `{${name}}: ${allowed.join(', ')}`);
  const legend = values.length === 0 ? '' : ` (${values.join('; ')})`;
  return basePaths.map((base) => {
    const source = `${base}${inPath}`
      .split(/\{([^{}/]+)\}/)
      .map((part, index) => (index % 2 === 1 ? segment(parameters.get(part)) : literal(part)))
      .join('');
    return { text: `${base}${inPath}${legend}`, pattern: new RegExp(`^${source}$`, 'u') };
  });
}

/** Returns the pattern of a parameter in a path: its values, percent-encoded where a path needs it, or any text. */
function segment(values: readonly string[] | undefined): string {
  if (values === undefined) return '[^/]+';
  const spelled = new Set(values.flatMap((value) => [value, encodeURIComponent(value)]));
  return `(?:${[...spelled].map(literal).join('|')})`;
}
