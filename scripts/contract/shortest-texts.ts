/** A state of an automaton: by ranges of characters, the states that follow. */
export interface State {
  readonly out: Iterable<readonly [{ readonly min: number; readonly max: number }, State]>;
}

interface Step {
  readonly from: State;
  readonly character: number;
  readonly to: State;
}

/** The shortest way between a state and the start, or an end: its length, and its step nearest to the state. */
type Ways = ReadonlyMap<State, { readonly length: number; readonly step: Step | undefined }>;

/**
 * Lists texts that an automaton accepts, as the numbers of their characters, the shortest first and at most `limit`: one
 * for each of its steps. To list all texts would take too long: those of a UUID all have 36 characters.
 */
export function shortestTexts(
  initial: State,
  finals: ReadonlySet<State>,
  limit: number,
): (readonly number[])[] {
  const steps: Step[] = [];
  const back = new Map<State, Step[]>();
  const stepsFrom = (from: State) => {
    const own = [...from.out].map(([range, to]) => ({ from, character: usual(range), to }));
    for (const step of own) {
      steps.push(step);
      const others = back.get(step.to);
      if (others === undefined) back.set(step.to, [step]);
      else others.push(step);
    }
    return own;
  };
  const starts = waysFrom([initial], (state) => stepsFrom(state), 'to');
  const ends = waysFrom(finals, (state) => back.get(state) ?? [], 'from');
  const lengthOf = ({ from, to }: Step) =>
    (starts.get(from)?.length ?? 0) + 1 + (ends.get(to)?.length ?? 0);
  return steps
    .filter(({ to }) => ends.has(to))
    .map((step) => ({ step, length: lengthOf(step) }))
    .sort((one, other) => one.length - other.length)
    .slice(0, limit)
    .map(({ step }) => [
      ...charactersOf(starts, step.from, 'from').reverse(),
      step.character,
      ...charactersOf(ends, step.to, 'to'),
    ]);
}

function waysFrom(
  sources: Iterable<State>,
  stepsOf: (state: State) => readonly Step[],
  next: 'from' | 'to',
): Ways {
  const ways = new Map<State, { length: number; step: Step | undefined }>();
  for (const source of sources) ways.set(source, { length: 0, step: undefined });
  // Walks what it adds as well: breadth first.
  for (const [state, { length }] of ways) {
    for (const step of stepsOf(state)) {
      if (!ways.has(step[next])) ways.set(step[next], { length: length + 1, step });
    }
  }
  return ways;
}

function charactersOf(ways: Ways, state: State, next: 'from' | 'to'): number[] {
  const characters: number[] = [];
  for (let step = ways.get(state)?.step; step !== undefined; step = ways.get(step[next])?.step) {
    characters.push(step.character);
  }
  return characters;
}

const USUAL = [...'a0A Z9z-'].map((one) => one.codePointAt(0) ?? 0);

/** Returns a character of a range, one that people can read where there is one. */
function usual({ min, max }: { readonly min: number; readonly max: number }): number {
  return USUAL.find((character) => character >= min && character <= max) ?? min;
}
