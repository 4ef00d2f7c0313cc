import type { Budget, Candidate } from './questions.js';
import type { Shape } from './shape.js';

/** A path, and the messages that say something of what stands there. */
export interface Place {
  readonly path: readonly string[];
  /** The messages that require every step, in document order, with the value's shape; undefined is any value. */
  readonly required: { readonly candidate: Candidate; readonly shape: Shape | undefined }[];
  /** Whether one of them accepts something else than an object on the way, of which it requires nothing. */
  isLoose: boolean;
  /** The messages that allow no value there, in document order. */
  readonly forbidden: Candidate[];
  readonly children: Map<string, Place>;
}

const MAX_PATH = 4;

/** How much is looked at for one question, and how many paths are: shorter ones come first. */
const MAX_STEPS = 1_000_000;
const MAX_PLACES = 100_000;

/** Lists the paths that at least one candidate requires, shortest first, then in document order. */
export function placesOf(
  candidates: readonly Candidate[],
  part: 'payload' | 'headers',
  budget: Budget,
): Place[] {
  const root = placeAt([]);
  const found: Place[] = [];
  const last = Math.max(0, budget.steps - MAX_STEPS);
  let level = candidates.map((candidate) => ({ candidate, place: root, shape: candidate[part] }));
  for (let depth = 0; depth < MAX_PATH && level.length > 0; depth += 1) {
    const next: typeof level = [];
    for (const { candidate, place, shape } of level) {
      for (const name of shape.required) {
        if (budget.steps <= last) return found;
        budget.steps -= 1;
        const known = place.children.get(name);
        if (known === undefined && found.length === MAX_PLACES) continue;
        const child = known ?? placeAt([...place.path, name]);
        if (known === undefined) {
          place.children.set(name, child);
          found.push(child);
        }
        const value = shape.members.get(name);
        child.required.push({ candidate, shape: value });
        child.isLoose ||= place.isLoose || (part === 'payload' && !isOfObjects(shape));
        if (value !== undefined) next.push({ candidate, place: child, shape: value });
      }
    }
    level = next;
  }
  for (const candidate of candidates) forbid(candidate, candidate[part], root, budget);
  return found;
}

function placeAt(path: readonly string[]): Place {
  return { path, required: [], isLoose: false, forbidden: [], children: new Map() };
}

function isOfObjects({ types }: Shape): boolean {
  return types?.size === 1 && types.has('object');
}

/** Adds a message to the places below one at which its shape allows no value. */
function forbid(candidate: Candidate, shape: Shape, place: Place, budget: Budget): void {
  for (const [name, member] of forbidding(shape)) {
    if (budget.steps <= 0) return;
    budget.steps -= 1;
    const child = place.children.get(name);
    if (child === undefined) continue;
    if (member.never) forbidAll(candidate, child);
    else forbid(candidate, member, child, budget);
  }
}

function forbidAll(candidate: Candidate, place: Place): void {
  place.forbidden.push(candidate);
  for (const child of place.children.values()) forbidAll(candidate, child);
}

/** Lists the members of a shape that allow no value, or have such members. */
function forbidding(shape: Shape): readonly (readonly [string, Shape])[] {
  const known = forbiddingMembers.get(shape);
  if (known !== undefined) return known;
  const members = [...shape.members].filter(
    ([, member]) => member.never || forbidding(member).length > 0,
  );
  forbiddingMembers.set(shape, members);
  return members;
}

const forbiddingMembers = new WeakMap<Shape, readonly (readonly [string, Shape])[]>();
