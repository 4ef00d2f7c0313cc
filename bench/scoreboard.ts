/**
 * Judges the verdict cases of test/cases/verify with `verify` and with PactFlow's comparator, and counts who is
 * right: `npm run scoreboard`. A verdict is right where it finds problems exactly in the cases that have some; ours
 * must also be the very list that the case expects (otherwise it is inexact). A crash is a wrong verdict.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { comparatorErrors } from '../test/support/comparator.js';
import {
  expectedFindings,
  findingsOf,
  readSpecsOf,
  readVerifyCase,
  uncoveredIn,
  type VerifyCase,
  verifyCaseFolders,
} from '../test/support/verify-cases.js';
import { printTable } from './table.js';

/** What a tool says of a case: whether something is wrong, in its own words; or what it died of. */
interface Verdict {
  readonly hasProblems: boolean;
  readonly words: readonly string[];
  readonly crash?: string;
  /** Whether it said exactly what the case expects; undefined where the tool's words can't be compared. */
  readonly isExact?: boolean;
}

type Judge = (one: VerifyCase) => Promise<Verdict>;

/** Asks the comparator about each pact of a case; of several documents, the one that suits a pact best. */
async function compare(one: VerifyCase): Promise<Verdict> {
  const words: string[] = [];
  for (const file of one.pacts) {
    const pact = readJson(resolve(one.path, file));
    // Nothing that could be handed to it: reading the file is its caller's work, who then refuses it.
    if (pact === undefined) words.push('not JSON');
    if (pact === undefined) continue;
    const answers: string[][] = [];
    for (const spec of one.specs) {
      answers.push(await comparatorErrors(pact, resolve(one.path, spec)));
    }
    words.push(...(answers.sort((some, others) => some.length - others.length)[0] ?? []));
  }
  return { hasProblems: words.length > 0, words };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Asks our own engine; loaded on first use, so that the other tool is judged even where it can't be. */
async function verify(one: VerifyCase): Promise<Verdict> {
  const { verifyPacts } = await import('../scripts/contract/verify-pacts.js');
  const specs = readSpecsOf(one);
  const { problems } = verifyPacts([...one.pacts], specs, { cwd: one.path });
  const found = findingsOf(problems);
  const { uncovered } = one.expected;
  return {
    hasProblems: found.length > 0,
    words: found.map(({ code, at }) => `${code} ${at}`),
    isExact:
      isDeepStrictEqual(found, expectedFindings(one)) &&
      (uncovered === undefined ||
        isDeepStrictEqual(uncoveredIn(problems, specs), uncovered.toSorted())),
  };
}

/** Runs a judge; what it throws is a verdict, too, and never the right one. */
async function ask(judge: Judge, one: VerifyCase): Promise<Verdict> {
  try {
    return await judge(one);
  } catch (error) {
    return { hasProblems: false, words: [], crash: String(error).split('\n')[0] ?? '' };
  }
}

function isRight({ expected }: VerifyCase, { hasProblems, crash, isExact }: Verdict): boolean {
  return crash === undefined && hasProblems === expected.problems.length > 0 && isExact !== false;
}

function say(one: VerifyCase, { crash, hasProblems, words }: Verdict): string {
  const wanted = one.expected.problems.map(({ code, at }) => `${code} ${at}`).join(', ');
  if (crash !== undefined) return `crashes: ${crash}`;
  if (!hasProblems) return `passes it; expected ${wanted || 'that, but other uncovered messages'}`;
  return `refuses it (${[...new Set(words)].join(', ')}); expected ${wanted || 'nothing'}`;
}

const folders = verifyCaseFolders();
const cases = folders.flatMap((folder) => readVerifyCase(folder) ?? []);
if (cases.length !== folders.length) throw new Error('a folder is not a complete case');

const tools: readonly (readonly [string, Judge])[] = [
  ['webhook-contracts verify', verify],
  ['openapi-pact-comparator', compare],
];

const rows: string[][] = [];
const lists: string[] = [];
for (const [tool, judge] of tools) {
  const verdicts = await Promise.all(
    cases.map(async (one) => ({ one, verdict: await ask(judge, one) })),
  );
  rows.push(countsOf(tool, verdicts));
  // The comparator does not look at HTTP interactions at all: without them the counts say more about it.
  const messages = verdicts.filter(({ one }) => !isHttp(one));
  rows.push(countsOf('  without HTTP pacts', messages));
  const wrong = verdicts.filter(({ one, verdict }) => !isRight(one, verdict));
  const names = wrong.map(({ one, verdict }) => `  ${one.name}: ${say(one, verdict)}`);
  lists.push(`\n${tool}, wrong verdicts: ${wrong.length}`, ...names);
}
printTable(
  [['', 'cases', 'right', 'wrong', 'refuses right', 'passes wrong', 'inexact', 'crashes'], ...rows],
  `${cases.length} cases`,
);
process.stdout.write(`${lists.join('\n')}\n`);

function isHttp({ path, pacts }: VerifyCase): boolean {
  return pacts.some((file) =>
    readFileSync(resolve(path, file), 'utf8').includes('Synchronous/HTTP'),
  );
}

function countsOf(
  tool: string,
  verdicts: readonly { readonly one: VerifyCase; readonly verdict: Verdict }[],
): string[] {
  const right = verdicts.filter(({ one, verdict }) => isRight(one, verdict)).length;
  const crashes = verdicts.filter(({ verdict }) => verdict.crash !== undefined).length;
  const judged = verdicts.filter(({ verdict }) => verdict.crash === undefined);
  const isWrong = ({ expected }: VerifyCase) => expected.problems.length > 0;
  const refused = judged.filter(({ one, verdict }) => !isWrong(one) && verdict.hasProblems).length;
  const passed = judged.filter(({ one, verdict }) => isWrong(one) && !verdict.hasProblems).length;
  const wrong = verdicts.length - right;
  const inexact = wrong - crashes - refused - passed;
  return [tool, ...[verdicts.length, right, wrong, refused, passed, inexact, crashes].map(String)];
}
