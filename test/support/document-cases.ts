import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CaseFolder, caseFolders, readCase } from './case-folders.js';
import { type Outcome, runCommandLine } from './run-command-line.js';

/** A delivery of a case of test/cases/documents, and the verdict on it. */
export type Delivery = {
  readonly payload: unknown;
  readonly headers?: Readonly<Record<string, string>>;
} & (
  | {
      readonly ok: true;
      readonly message: string;
      /** Why the payload is not of the payload's type, though it is accepted. */
      readonly untyped?: string;
    }
  | { readonly ok: false; readonly code: string; readonly path: string }
);

/** A document, its deliveries, and the folder that its module is generated into. */
export interface DocumentCase extends CaseFolder {
  /** The document's file, in the case's folder. */
  readonly document: string;
  readonly deliveries: readonly Delivery[];
  readonly out: string;
}

/** Lists the cases of test/cases/documents; their modules belong below the given folder. */
export function documentCases(folder: string): DocumentCase[] {
  return caseFolders('documents').map((one) => {
    const document = readdirSync(one.path).find((name) => name.startsWith(`${one.name}.asyncapi.`));
    const deliveries = readCase<Delivery[]>(one, 'deliveries.json');
    if (document === undefined || deliveries === undefined)
      throw new Error(`${one.name} lacks its document or its deliveries`);
    return { ...one, document, deliveries, out: join(folder, one.name) };
  });
}

/** Runs `generate` on a case's document, in its folder. */
export function generateCase(
  { path, document, out }: DocumentCase,
  ...flags: readonly string[]
): Promise<Outcome> {
  return runCommandLine(['generate', document, '--out', out, ...flags], { cwd: path });
}

/** Writes a module that holds every accepted payload, declared to be of its message's type. */
export function typedDeliveries({ name, deliveries }: DocumentCase): string {
  const constants = deliveries.flatMap((delivery, index) =>
    delivery.ok && delivery.untyped === undefined
      ? `export const delivery${index}: PayloadOf<${JSON.stringify(delivery.message)}> = ${JSON.stringify(delivery.payload)};\n`
      : [],
  );
  return `import type { CheckResult, MessageName } from './${name}/index.js';

type PayloadOf<Name extends MessageName> = Extract<CheckResult, { message: Name }>['payload'];
${constants.join('')}`;
}
