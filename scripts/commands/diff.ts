import { diff } from '../compare/diff.js';
import { type Change, problemsOf } from '../compare/findings.js';
import { brokenInteractions } from '../compare/reliance.js';
import type { Level } from '../compare/rules.js';
import { type ReadVersions, readAgainst, readTwo } from '../compare/versions.js';
import type { Config } from '../config/config.js';
import { findPacts } from '../contract/find-pacts.js';
import { CannotRun, type Problem } from '../problems/problem.js';
import { jsonLocations } from '../problems/render-json.js';
import type { Table } from '../problems/table.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { count, type Io, type Reporting, report } from './io.js';

export interface DiffOptions extends Reporting {
  /** The older versions, as `git:REF`; without it, two documents are compared. */
  readonly against: string | undefined;
  /** What has to stay; without it, what the configuration says. */
  readonly level: Level | undefined;
  /** Pacts whose interactions may rely on what goes; none: those of `contracts/pacts`, where there are any. */
  readonly pacts: readonly string[];
  /** What can't be judged counts as an error. */
  readonly strict: boolean;
}

/** Says what changed between two versions of documents, and whom that breaks; returns the exit code. */
export async function diffCommand(
  io: Io,
  config: Config,
  specs: readonly string[],
  options: DiffOptions,
): Promise<number> {
  const { versions, problems, unread, ...ofOld } = versionsOf(io, config, specs, options);
  if (problems.length > 0) {
    return report(io, options, problems, {
      summary: 'Nothing was compared, because of the errors in the documents.',
    });
  }
  const changes: Change[] = [];
  for (const one of versions) changes.push(...(await diff(one, config, ofOld)));
  const both = {
    old: versions.flatMap(({ old }) => old ?? []),
    now: versions.flatMap(({ now }) => now ?? []),
  };
  const hurt = brokenInteractions(pactsOf(io, options.pacts), both, changes, {
    cwd: io.cwd,
    ignore: config.diff.ignore,
  });
  const level = options.level ?? config.diff.level;
  const held = changes.map((one) => problemsOf([one], level));
  return report(io, options, [...held.flat(), ...unread, ...hurt], {
    result: { changes: changes.map(jsonChange) },
    ...(changes.length === 0 ? {} : { table: tableOf(changes, held) }),
    summary: [
      summaryOf(changes, versions.length, hurt.length === 0),
      ...(hurt.length === 0 ? [] : [`${count(hurt.length, 'problem')} with pacts.`]),
      ...unusedIgnores(
        changes,
        config,
        [...both.old, ...both.now],
        options.against !== undefined && specs.length === 0,
      ),
    ].join(' '),
    checked: both.now.map(({ spec }) => spec.file),
    strict: options.strict,
  });
}

function versionsOf(
  io: Io,
  config: Config,
  specs: readonly string[],
  { against }: DiffOptions,
): ReadVersions {
  if (against === undefined) {
    const [old, now, ...others] = specs;
    if (old === undefined || now === undefined || others.length > 0) {
      throw new CannotRun('give two documents, the older one first, or --against git:REF');
    }
    return readTwo([old, now], config, io.cwd);
  }
  const [, ref] = /^git:(.+)$/s.exec(against) ?? [];
  if (ref === undefined) {
    throw new CannotRun(`--against ${against}: is not git: and a revision, such as git:main`);
  }
  return readAgainst(ref, specs, config, io.cwd);
}

function pactsOf(io: Io, given: readonly string[]): string[] {
  if (given.length > 0) return findPacts(given, io.cwd);
  try {
    return findPacts([], io.cwd);
  } catch (error) {
    // Nobody has to have any.
    if (error instanceof CannotRun) return [];
    throw error;
  }
}

function jsonChange({ places: _, locations, witness, ignored, ...change }: Change): object {
  return {
    ...change,
    ...(witness === undefined ? {} : { witness }),
    ...(ignored === undefined ? {} : { ignored }),
    locations: jsonLocations(locations),
  };
}

/** Makes the table of all changes; `held` are the problems that each of them is. */
function tableOf(changes: readonly Change[], held: readonly (readonly Problem[])[]): Table {
  const rows = changes.map(({ verdict, rule, locations: [place], text, ignored }) => [
    ignored === undefined ? verdict : `${verdict} (ignored: ${ignored})`,
    rule,
    place === undefined ? '' : `${place.file}:${place.line}`,
    text,
  ]);
  const told = rows.filter((_, at) => held[at]?.length !== 0);
  return { header: ['verdict', 'rule', 'place', 'change'], rows, told: new Set(told) };
}

/**
 * Says which entries of the configuration ignore nothing: those with a pointer, and, where all documents were compared,
 * those that name none of them. What is ignored in a whole document may be so for good.
 */
function unusedIgnores(
  changes: readonly Change[],
  { diff: { ignore } }: Config,
  compared: readonly SpecDocument[],
  areAll: boolean,
): string[] {
  const names = new Set(compared.map(({ spec }) => spec.name));
  const unused = ignore.filter(({ rule, place, reason }) => {
    if (rule === 'diff.relied-on') return false;
    const [name = '', ...pointer] = place.split('#');
    if (!names.has(name)) return areAll;
    const isUsed = changes.some((one) => one.rule === rule && one.ignored === reason);
    return pointer.length > 0 && !isUsed;
  });
  return unused.map(
    ({ rule, place }) => `Nothing is ignored of ${rule} at ${JSON.stringify(place)}.`,
  );
}

function summaryOf(changes: readonly Change[], documents: number, isKept: boolean): string {
  if (documents === 0) return 'Nothing was compared.';
  const compared = `${count(documents, 'document')} compared`;
  if (changes.length === 0) return `${compared}: nothing changed.`;
  const counted = changes.filter(({ ignored }) => ignored === undefined);
  const ways = [
    ...(['breaks consumers', 'breaks producers', "can't be judged", 'breaks neither'] as const).map(
      (verdict) => [verdict, counted.filter((one) => one.verdict === verdict).length] as const,
    ),
    ['ignored', changes.length - counted.length] as const,
  ];
  const parts = ways
    .filter(([, number]) => number > 0)
    .map(([what, number]) => `${number} ${plural(what, number)}`);
  const isSafe = isKept && changes.every(({ verdict }) => verdict === 'breaks neither');
  const safe = isSafe ? ' No delivery breaks.' : '';
  return `${compared}, ${count(changes.length, 'change')}: ${parts.join(', ')}.${safe}`;
}

function plural(what: string, number: number): string {
  return number === 1 ? what : what.replace(/^breaks/, 'break');
}
