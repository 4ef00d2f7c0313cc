import { type Location, type Problem, problem } from '../problems/problem.js';
import { joinPointer } from './json-pointer.js';
import { isObject, type Json, type Locate } from './positions.js';

/** Checks that a channel's parameters, which stand at `pointer`, are those of its address. */
export function checkParameters(
  parameters: Json | undefined,
  { address, place, pointer }: { address: string; place: Location; pointer: string },
  locate: Locate,
): Problem[] {
  const defined = isObject(parameters) ? Object.keys(parameters) : [];
  const used = namesIn(address);
  return [
    ...[...used]
      .filter((name) => !defined.includes(name))
      .map((name) => problem('channel.parameter', { name, what: 'undefined' }, place)),
    ...defined
      .filter((name) => !used.has(name))
      .map((name) =>
        problem(
          'channel.parameter',
          { name, what: 'unused' },
          locate(joinPointer(pointer, name), 'key'),
        ),
      ),
  ];
}

/** Checks the key of a channel, which holds no query and no fragment. */
export function checkChannelName(name: string, pointer: string, locate: Locate): Problem[] {
  return /[?#]/.test(name) ? [problem('channel.name', { name }, locate(pointer, 'key'))] : [];
}

/** Returns the names that stand in braces. */
export function namesIn(template: string): Set<string> {
  return new Set([...template.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name));
}
