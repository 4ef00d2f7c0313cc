import { printTable } from '../table.js';
import { grouped, type Mutant } from './mutant.js';

/** How many mutants there have to be. */
const LEAST = 500;
/** How many of those that break the contract have to be caught. */
const TARGET = 0.98;

/** Prints what became of mutants, by kind and operator, and those that were not caught; returns the exit code. */
export function report(mutants: readonly Mutant[], about: string, least = LEAST): 0 | 1 {
  const rows = [...grouped(mutants, ({ kind }) => kind)].flatMap(([kind, ofKind]) => [
    ...[...grouped(ofKind, ({ operator }) => operator)].map(([operator, ofOperator]) =>
      rowOf(`${kind}: ${operator}`, ofOperator),
    ),
    rowOf(`${kind}, all`, ofKind),
    ['', '', '', '', '', ''],
  ]);
  printTable(
    [
      ['mutated', 'made', 'breaking', 'caught', 'not caught', 'refused for nothing'],
      ...rows,
      rowOf('all', mutants),
    ],
    about,
  );
  print('Breaks the contract, and was not caught', mutants.filter(isMissed));
  print('Was refused although the oracle finds nothing broken', mutants.filter(isFalseAlarm));
  const breaking = mutants.filter(({ broken }) => broken !== undefined);
  const share = shareCaught(mutants);
  const isMet = mutants.length >= least && share >= TARGET;
  process.stdout.write(
    `\n${mutants.length} mutants (${least} asked for), ${breaking.length} of them breaking, ` +
      `${(share * 100).toFixed(2)} % of these caught (${TARGET * 100} % asked for): ${isMet ? 'met' : 'not met'}.\n`,
  );
  return isMet ? 0 : 1;
}

/** Returns which share of the mutants that break the contract was caught; 0 where none breaks it. */
export function shareCaught(mutants: readonly Mutant[]): number {
  const breaking = mutants.filter(({ broken }) => broken !== undefined);
  return breaking.length === 0 ? 0 : 1 - breaking.filter(isMissed).length / breaking.length;
}

/** Tells whether a mutant breaks the contract and was not caught. */
export function isMissed({ broken, caught }: Mutant): boolean {
  return broken !== undefined && caught === undefined;
}

function isFalseAlarm({ broken, caught }: Mutant): boolean {
  return broken === undefined && caught !== undefined;
}

function rowOf(title: string, mutants: readonly Mutant[]): string[] {
  const breaking = mutants.filter(({ broken }) => broken !== undefined);
  const missed = breaking.filter(isMissed);
  const counts = [
    mutants.length,
    breaking.length,
    breaking.length - missed.length,
    missed.length,
    mutants.filter(isFalseAlarm).length,
  ];
  return [title, ...counts.map(String)];
}

function print(title: string, mutants: readonly Mutant[]): void {
  if (mutants.length === 0) return;
  process.stdout.write(`\n${title}:\n`);
  for (const { kind, operator, place, broken, caught } of mutants) {
    process.stdout.write(`- ${kind}, ${operator}: ${place}\n  ${broken ?? caught}\n`);
  }
}
