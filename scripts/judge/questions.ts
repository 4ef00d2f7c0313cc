import type { Selection } from '../generate/runtime/select.js';
import { type Place, placesOf } from './places.js';
import type { Shape } from './shape.js';

/** A message, as far as it can be told from others. */
export interface Candidate {
  /** Its index in the spec. */
  readonly index: number;
  readonly payload: Shape;
  /** With lower-case names: header names match in any case. */
  readonly headers: Shape;
  /** The headers' names as the document writes them, by their lower-case names. */
  readonly spelling: ReadonlyMap<string, string>;
}

/** What may still be done for one selection; every limit counts down. */
export interface Budget {
  /** How much of shapes may be looked at: required names, forbidden ones and constants, each time they are. */
  steps: number;
  /** In how many more groups than one messages may be put, all counted together. */
  repeats: number;
}

/** A question that was found, and how it divides the messages. */
export interface Question {
  readonly id: string;
  /** How many messages its largest group holds. */
  readonly largest: number;
  /** How many messages all its groups hold, counted as often as they are in one. */
  readonly total: number;
  /** Whether every message gives an answer of its own, rather than fitting any. */
  readonly clean: boolean;
  /** Asks the question; each group is then divided on its own. */
  readonly ask: (divide: (group: readonly Candidate[]) => Selection) => Selection;
}

/** Lists the questions that tell some of the messages apart, as far as the budget's steps lead. */
export function questionsOf(candidates: readonly Candidate[], budget: Budget): Question[] {
  const inPayload = placesOf(candidates, 'payload', budget);
  return [
    ...valueQuestions(candidates, 'payload', inPayload, budget),
    ...valueQuestions(candidates, 'headers', placesOf(candidates, 'headers', budget), budget),
    ...typeQuestions(candidates),
    ...presenceQuestions(candidates, inPayload),
  ].filter(({ largest }) => largest < candidates.length);
}

/** Questions after a constant at a place where at least two messages must have different ones. */
function valueQuestions(
  candidates: readonly Candidate[],
  part: 'payload' | 'headers',
  places: readonly Place[],
  budget: Budget,
): Question[] {
  return places.flatMap(({ path, required, isLoose }) => {
    const closed = required.filter(({ shape }) => shape?.constants !== undefined);
    if (closed.length < 2) return [];
    const counts = countValues(closed, budget);
    if (counts === undefined || counts.size < 2) return [];
    const open = candidates.length - closed.length;
    const sizes = [...counts.values()];
    return [
      {
        id: JSON.stringify([part, ...path]),
        largest: open + sizes.reduce((one, other) => Math.max(one, other)),
        total: sizes.reduce((one, other) => one + other) + open * (sizes.length + 1),
        clean: open === 0,
        ask: (divide) => {
          const constants = new Map(closed.map(({ candidate, shape }) => [candidate, shape]));
          const groups = new Map([...counts.keys()].map((value) => [value, [] as Candidate[]]));
          for (const candidate of candidates) {
            const values = constants.get(candidate)?.constants ?? groups.keys();
            for (const value of values) groups.get(value)?.push(candidate);
          }
          const others = candidates.filter((candidate) => !constants.has(candidate));
          return {
            in: part,
            path: part === 'payload' ? path : path.map((name) => spelled(name, candidates)),
            ...(isLoose && { loose: true }),
            cases: [...groups].map(([value, group]) => [value, divide(group)] as const),
            ...(open === 0 ? {} : { otherwise: divide(others) }),
          };
        },
      },
    ];
  });
}

type Constant = NonNullable<Shape['constants']>[number];

/** Counts, for each constant, the messages that allow it; undefined where the budget is spent. */
function countValues(
  closed: readonly { readonly shape: Shape | undefined }[],
  budget: Budget,
): Map<Constant, number> | undefined {
  // Messages share the lists of the schemas that they share.
  const lists = new Map<readonly Constant[], number>();
  for (const { shape: { constants = [] } = {} } of closed) {
    lists.set(constants, (lists.get(constants) ?? 0) + 1);
  }
  const counts = new Map<Constant, number>();
  for (const [list, users] of lists) {
    budget.steps -= list.length;
    if (budget.steps < 0) return undefined;
    for (const value of list) counts.set(value, (counts.get(value) ?? 0) + users);
  }
  return counts;
}

function spelled(name: string, candidates: readonly Candidate[]): string {
  return candidates.find(({ spelling }) => spelling.has(name))?.spelling.get(name) ?? name;
}

/** The question after the body's type, where messages have different ones. */
function typeQuestions(candidates: readonly Candidate[]): Question[] {
  if (candidates.some(({ payload }) => payload.types === undefined)) return [];
  const types = [...new Set(candidates.flatMap(({ payload }) => [...(payload.types ?? [])]))];
  if (types.length < 2) return [];
  const groups = types.map(
    (type) =>
      [type, candidates.filter(({ payload }) => payload.types?.has(type) === true)] as const,
  );
  const sizes = groups.map(([, group]) => group.length);
  return [
    {
      id: 'type',
      largest: Math.max(...sizes),
      total: sizes.reduce((one, other) => one + other),
      clean: true,
      ask: (divide) => ({ types: groups.map(([type, group]) => [type, divide(group)] as const) }),
    },
  ];
}

/** Questions after a member that some messages must have and others can't. */
function presenceQuestions(candidates: readonly Candidate[], places: readonly Place[]): Question[] {
  return places.flatMap(({ path, required, forbidden, isLoose }) => {
    const present = candidates.length - forbidden.length;
    const absent = candidates.length - required.length;
    if (present === 0 || absent === 0 || forbidden.length === 0) return [];
    return [
      {
        id: JSON.stringify(['has', ...path]),
        largest: Math.max(present, absent),
        total: present + absent,
        clean: present + absent === candidates.length,
        ask: (divide) => {
          const without = new Set(forbidden);
          const having = new Set(required.map(({ candidate }) => candidate));
          return {
            has: path,
            ...(isLoose && { loose: true }),
            yes: divide(candidates.filter((candidate) => !without.has(candidate))),
            no: divide(candidates.filter((candidate) => !having.has(candidate))),
          };
        },
      },
    ];
  });
}
