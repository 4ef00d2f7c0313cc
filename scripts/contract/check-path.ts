import { type Problem, problem } from '../problems/problem.js';
import { pathsOf } from './addresses.js';
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
