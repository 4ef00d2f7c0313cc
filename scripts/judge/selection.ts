import type { Selection } from '../generate/runtime/select.js';
import type { JsonObject, Spec } from '../spec/model.js';
import { type Budget, type Candidate, type Question, questionsOf } from './questions.js';
import { type Shape, shapeOf } from './shape.js';

/**
 * Finds, once, how to tell a spec's messages apart: the toolchain and generated code follow the same tree. What can't be
 * told within the budget is left together, to be tried in order: that finds the same message, only not as fast.
 */
export function selectionOf(spec: Spec, document: JsonObject): Selection {
  return distinctionOf(spec, document).selection;
}

/**
 * Lists the pairs of messages that nothing tells apart, each by its indexes; of more than two, each with the next one.
 * It may leave some out where there is too much to compare.
 */
export function overlapsOf(spec: Spec, document: JsonObject): [number, number][] {
  const { selection, candidates } = distinctionOf(spec, document);
  const budget = { steps: MAX_STEPS, repeats: 0 };
  const pairs = new Map<string, [number, number]>();
  for (const group of groupsOf(selection)) {
    for (const [position, index] of group.entries()) {
      const next = group.find(
        (other, place) => place > position && !areApart(candidates, [index, other], budget),
      );
      if (next !== undefined) pairs.set(`${index} ${next}`, [index, next]);
    }
  }
  return [...pairs.values()];
}

/** Tells whether a question tells two messages apart; true where the budget is spent. */
function areApart(
  candidates: readonly Candidate[],
  pair: readonly [number, number],
  budget: Budget,
): boolean {
  budget.steps -= STEPS_OF_A_PAIR;
  const two = pair.flatMap((index) => candidates[index] ?? []);
  return budget.steps <= 0 || questionsOf(two, budget).length > 0 || budget.steps <= 0;
}

/** How much of shapes is looked at to find one selection, and as much for its overlaps. */
const MAX_STEPS = 20_000_000;
const STEPS_OF_A_PAIR = 10;

/** How often a selection may repeat messages: some for each, and as often as what it is made of is large. */
const REPEATS = 10_000;
const REPEATS_PER_MESSAGE = 64;

interface Distinction {
  readonly selection: Selection;
  readonly candidates: readonly Candidate[];
}

const distinctions = new WeakMap<Spec, Distinction>();

function distinctionOf(spec: Spec, document: JsonObject): Distinction {
  const known = distinctions.get(spec);
  if (known !== undefined) return known;
  const candidates = candidatesOf(spec, document);
  const distinction = { selection: divided(candidates), candidates };
  distinctions.set(spec, distinction);
  return distinction;
}

function candidatesOf(spec: Spec, document: JsonObject): Candidate[] {
  const known = new Map<Shape, Pick<Candidate, 'headers' | 'spelling'>>();
  return spec.messages.map(({ payload, headers }, index) => {
    const shape = shapeOf(document, headers?.json);
    const read = known.get(shape) ?? inLowerCase(shape);
    known.set(shape, read);
    return { index, payload: shapeOf(document, payload?.json), ...read };
  });
}

function inLowerCase(headers: Shape): Pick<Candidate, 'headers' | 'spelling'> {
  const names = [...headers.members.keys(), ...headers.required];
  return {
    headers: {
      ...headers,
      required: new Set([...headers.required].map((name) => name.toLowerCase())),
      members: new Map([...headers.members].map(([name, shape]) => [name.toLowerCase(), shape])),
    },
    spelling: new Map(names.map((name) => [name.toLowerCase(), name])),
  };
}

function divided(candidates: readonly Candidate[]): Selection {
  const budget = { steps: MAX_STEPS, repeats: 0 };
  const questions = questionsOf(candidates, budget);
  budget.repeats = REPEATS + REPEATS_PER_MESSAGE * candidates.length + MAX_STEPS - budget.steps;
  return decide(candidates, questions, [], budget);
}

/** Asks the best of the questions that were not asked yet. */
function decide(
  candidates: readonly Candidate[],
  questions: readonly Question[],
  asked: readonly string[],
  budget: Budget,
): Selection {
  const best = bestOf(
    questions.filter(
      ({ id, total }) => !asked.includes(id) && total - candidates.length <= budget.repeats,
    ),
  );
  if (best === undefined) return { messages: candidates.map(({ index }) => index) };
  budget.repeats -= best.total - candidates.length;
  return best.ask((group) =>
    decide(group, group.length > 1 ? questionsOf(group, budget) : [], [...asked, best.id], budget),
  );
}

/**
 * One question that tells all apart is the discriminator. Where it takes several, they are asked as they stand in the
 * document, so that an unknown value of the first one is an unknown message.
 */
function bestOf(questions: readonly Question[]): Question | undefined {
  return (
    questions.find(({ largest, clean }) => largest === 1 && clean) ??
    questions.find(({ clean }) => clean) ??
    questions.toSorted((one, other) => one.largest - other.largest)[0]
  );
}

/** Lists the groups of messages that a selection leaves together. */
function groupsOf(selection: Selection): (readonly number[])[] {
  const found = new Map<string, readonly number[]>();
  const visit = (node: Selection): void => {
    if ('messages' in node) {
      if (node.messages.length > 1) found.set(node.messages.join(), node.messages);
    } else if ('has' in node) {
      visit(node.yes);
      visit(node.no);
    } else if ('types' in node) {
      for (const [, next] of node.types) visit(next);
    } else {
      for (const [, next] of node.cases) visit(next);
      if (node.otherwise !== undefined) visit(node.otherwise);
    }
  };
  visit(selection);
  return [...found.values()];
}
