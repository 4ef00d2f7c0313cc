import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { verifyPacts } from '../contract/verify-pacts.js';
import type { Problem } from '../problems/problem.js';
import { renderText } from '../problems/render-text.js';
import { listSpecs } from '../spec/find-specs.js';
import { readSpec, type SpecDocument } from '../spec/read-spec.js';
import type { Interaction, Kind } from './interaction.js';
import { inFreshFolder } from './pact-folder.js';
import type { PactToVerify } from './pacts-to-verify.js';

/** Pacts that no code has been run by yet. */
export interface JudgedPacts {
  /** With the interactions that are about the document; pacts without any are left out. */
  readonly pacts: readonly PactToVerify[];
  /** What is wrong with them, as `verify` says it. */
  readonly problems: readonly string[];
}

/**
 * Judges pacts by a document as `verify` does. Interactions about other documents, those that lie beside it, are left
 * out. All must be of the kind that code is to be run by.
 */
export async function judgePacts(
  pacts: readonly PactToVerify[],
  kind: Kind,
  document: SpecDocument,
  cwd: string,
): Promise<JudgedPacts> {
  const isElsewhere = operationsBeside(document, cwd);
  const others = pacts.flatMap(({ title, interactions }) =>
    interactions
      .filter(({ operation }) => isElsewhere(operation))
      .map(({ pointer }) => `${title}#${pointer}/`),
  );
  const problems = (await problemsOf(pacts, document, cwd))
    .filter(({ severity }) => severity === 'error')
    .filter(
      ({ locations: [place] }) =>
        !others.some((other) => `${place?.file}#${place?.pointer}/`.startsWith(other)),
    )
    .map((one) => renderText([one], { color: false }).trimEnd());
  const own = pacts.map((pact) => ({
    ...pact,
    interactions: pact.interactions.filter(({ operation }) => !isElsewhere(operation)),
  }));
  const strays = own.flatMap(({ title, interactions }) =>
    interactions
      .filter(({ type }) => type === OTHER[kind])
      .map(({ description }) => `${title}: "${description}": ${strayWords(kind)}`),
  );
  return {
    pacts: own.filter(({ interactions }) => interactions.length > 0),
    problems: [...problems, ...strays],
  };
}

const OTHER: Readonly<Record<Kind, Kind>> = {
  'Asynchronous/Messages': 'Synchronous/HTTP',
  'Synchronous/HTTP': 'Asynchronous/Messages',
};

function strayWords(kind: Kind): string {
  return `it is of type ${OTHER[kind]}, and those of type ${kind} are run here: keep them in a pact of their own`;
}

/** Judges those of a folder together, since one may hold the counterpart of another; of a broker, each is a whole. */
async function problemsOf(
  pacts: readonly PactToVerify[],
  document: SpecDocument,
  cwd: string,
): Promise<Problem[]> {
  const inFiles = pacts.filter(({ file }) => file !== undefined);
  const titles = inFiles.map(({ title }) => title);
  const problems = [...verifyPacts(titles, [document], { cwd }).problems];
  for (const { title, json } of pacts.filter(({ file }) => file === undefined)) {
    await inFreshFolder(async (folder) => {
      const name = 'pact.json';
      writeFileSync(join(folder, name), JSON.stringify(json, null, 2));
      for (const one of verifyPacts([name], [document], { cwd: folder }).problems) {
        const locations = one.locations.map((place) =>
          place.file === name ? { ...place, file: title } : place,
        );
        problems.push({ ...one, locations });
      }
    });
  }
  return problems;
}

/** Tells of an operation whether it is another document's of the same folder; these are read where one is unknown. */
function operationsBeside(
  { spec: { file, operations } }: SpecDocument,
  cwd: string,
): (operation: Interaction['operation']) => boolean {
  const own = new Set(operations.map(({ id }) => id));
  let others: ReadonlySet<string> | undefined;
  const readOthers = () =>
    new Set(
      listSpecs(resolve(cwd, dirname(file))).flatMap((name) => {
        const { spec: read } = readSpec(join(dirname(file), name), { cwd });
        return read?.spec.operations.map(({ id }) => id) ?? [];
      }),
    );
  return (operation) => {
    if (operation === undefined || own.has(operation)) return false;
    others ??= readOthers();
    return others.has(operation);
  };
}
