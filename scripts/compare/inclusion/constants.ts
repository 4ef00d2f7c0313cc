import type { Shape } from '../../judge/shape.js';

/** How deep constants are looked for. */
const MAX_DEPTH = 4;

/** Lists the members that must have one value, with that value. */
export function constantsOf(shape: Shape | undefined, path = '', depth = 0): string[] {
  if (shape === undefined || depth > MAX_DEPTH) return [];
  const { constants } = shape;
  if (constants?.length === 1) return [`${path}=${JSON.stringify(constants[0])}`];
  return [...shape.required]
    .flatMap((name) => constantsOf(shape.members.get(name), `${path}/${name}`, depth + 1))
    .sort();
}
