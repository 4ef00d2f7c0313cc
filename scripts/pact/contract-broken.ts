/** Thrown where a contract is not kept, or can't be proved: its message lists every problem, a paragraph each. */
export class ContractBroken extends Error {
  override readonly name = 'ContractBroken';
  /** What is wrong, each in words of its own. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n\n'), options);
    this.problems = problems;
  }
}

/** Says in one line what is wrong with a value: where, what was expected, and what was found. */
export function inOneLine({ text, place, expected, found }: Words): string {
  const details = [
    ...(place === undefined ? [] : [place]),
    ...(expected === undefined ? [] : [`expected: ${expected}`]),
    ...(found === undefined ? [] : [`found: ${found}`]),
  ];
  return details.length === 0 ? text : `${text} (${details.join('; ')})`;
}

/** What is wrong, in words. */
export interface Words {
  readonly text: string;
  readonly place?: string | undefined;
  readonly expected?: string | undefined;
  readonly found?: string | undefined;
}

/** Says in words what was thrown, whatever it is. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof Error && thrown.message !== '') return thrown.message;
  return `it threw ${String(thrown)}`;
}
