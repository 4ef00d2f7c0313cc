import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { CannotRun, type Problem } from '../../scripts/problems/problem.js';
import { type ReadResult, readSpec, type SpecDocument } from '../../scripts/spec/read-spec.js';
import { type CaseFolder, caseFolders, readCase } from './case-folders.js';
import { inRepository } from './repository.js';

/** A problem of a pact: its code, and a JSON Pointer in the pact file. */
export interface Finding {
  /** The pact file's name; every case of one pact leaves it out. */
  readonly pact?: string;
  readonly code: string;
  readonly at: string;
}

/** What a case expects: problems of its pacts, `[]` where they are right, and messages that no pact is about. */
export interface Expected {
  /** The rule that the case is about, in one sentence. */
  readonly why: string;
  readonly problems: readonly Finding[];
  /** The names of uncovered messages; left out where the case is not about them. */
  readonly uncovered?: readonly string[];
}

/** A verdict case: pacts, the documents they are judged by, and the verdict. Paths are relative to its folder. */
export interface VerifyCase {
  readonly name: string;
  readonly path: string;
  readonly pacts: readonly string[];
  readonly specs: readonly string[];
  readonly expected: Expected;
}

/** Lists the folders of the suite; those whose names begin with `_` hold what cases share. */
export function verifyCaseFolders(): CaseFolder[] {
  return caseFolders('verify').filter(({ name }) => !name.startsWith('_'));
}

/** Reads a case; undefined where a part of it is missing. */
export function readVerifyCase(folder: CaseFolder): VerifyCase | undefined {
  const expected = readCase<Expected>(folder, 'expected.json');
  const specs = specsOf(folder);
  const pacts = filesOf(folder, 'pacts').filter((name) => name.endsWith('.json'));
  if (expected === undefined || specs.length === 0 || pacts.length === 0) return undefined;
  return { ...folder, expected, specs, pacts: pacts.map((name) => join('pacts', name)) };
}

/** Reads the documents of a case, each once for all cases; throws where one of them has errors. */
export function readSpecsOf({ path, specs }: VerifyCase): SpecDocument[] {
  return specs.map((file) => {
    const place = resolve(path, file);
    const { spec, problems } = known.get(place) ?? readSpec(file, { cwd: path });
    if (spec === undefined) throw new CannotRun(`${file}: ${problems[0]?.text}`);
    known.set(place, { spec, problems });
    return spec;
  });
}

/** All cases stand at the same depth, so that a shared document has the same name in each. */
const known = new Map<string, ReadResult>();

/** Brings problems into the form in which cases expect them, sorted; what is uncovered is left out. */
export function findingsOf(problems: readonly Problem[]): Required<Finding>[] {
  return sorted(
    problems
      .filter(({ code }) => code !== 'message.uncovered')
      .map(({ code, locations }) => ({
        pact: basename(locations[0]?.file ?? ''),
        code,
        at: locations[0]?.pointer ?? 'nowhere',
      })),
  );
}

/** Returns what a case expects, in the same form. */
export function expectedFindings({ expected, pacts }: VerifyCase): Required<Finding>[] {
  const only = pacts.length === 1 ? basename(pacts[0] ?? '') : 'the pact is not named';
  return sorted(expected.problems.map(({ pact = only, code, at }) => ({ pact, code, at })));
}

/** Returns the names of the messages that are said to be uncovered, sorted. */
export function uncoveredIn(problems: readonly Problem[], specs: readonly SpecDocument[]) {
  const names = specs.flatMap(({ spec }) => spec.messages.map(({ name }) => name));
  return problems
    .filter(({ code }) => code === 'message.uncovered')
    .map(({ text }) => names.find((name) => text.includes(JSON.stringify(name))) ?? text)
    .sort();
}

/** A document of its own, or those that `specs.json` names: paths, or shipped documents by name. */
function specsOf(folder: CaseFolder): string[] {
  const named = readCase<string[]>(folder, 'specs.json') ?? [];
  const shipped = (name: string) =>
    relative(folder.path, inRepository('specs', `${name}.asyncapi.yaml`));
  return [
    ...filesOf(folder).filter((name) => name.endsWith('.asyncapi.yaml')),
    ...named.map((name) => (name.endsWith('.yaml') ? name : shipped(name))),
  ];
}

function filesOf({ path }: CaseFolder, ...below: readonly string[]): string[] {
  const folder = join(path, ...below);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

function sorted(findings: Required<Finding>[]): Required<Finding>[] {
  const keyOf = ({ pact, at, code }: Required<Finding>) => JSON.stringify([pact, at, code]);
  return findings.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}
