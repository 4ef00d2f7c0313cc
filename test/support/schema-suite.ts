import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultConfig } from '../../scripts/config/config.js';
import { generate } from '../../scripts/generate/generate.js';
import type { CheckResult } from '../../scripts/generate/runtime/check.js';
import { createJudge } from '../../scripts/judge/judge.js';
import { readAndLint } from '../../scripts/lint/lint.js';
import { writeFiles } from './temporary-folder.js';

/** A schema of the official suite, and values with the verdicts on them. */
export interface SuiteGroup {
  /** The file's name and the group's description. */
  readonly name: string;
  readonly schema: unknown;
  readonly tests: readonly {
    readonly description: string;
    readonly data: unknown;
    readonly valid: boolean;
  }[];
}

/** The drafts that the suite tests, by its folders, and the `schemaFormat` of each. */
export const drafts = {
  draft7: 'application/schema+json;version=draft-07',
  'draft2020-12': 'application/schema+json;version=draft/2020-12',
} as const;

export type Draft = keyof typeof drafts;

/** Reads all required tests of a draft. https://github.com/json-schema-org/JSON-Schema-Test-Suite */
export function suiteGroups(folder: string, draft: Draft): SuiteGroup[] {
  return readdirSync(join(folder, draft))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => {
      const groups = JSON.parse(readFileSync(join(folder, draft, file), 'utf8'));
      return (groups as (SuiteGroup & { description: string })[]).map((group) => ({
        ...group,
        name: `${file.replace('.json', '')}: ${group.description}`,
      }));
    });
}

/** What came of a group: the code of the problem that refuses it, or the tests with another verdict. */
export type SuiteOutcome =
  | { readonly refused: string; readonly failures?: undefined }
  | { readonly failures: readonly string[]; readonly refused?: undefined };

/**
 * Takes a group all the way: a document with its schema as the payload is read, linted, generated into a folder and
 * imported. The emitted validator, the emitted `check` and the judge in memory must give the suite's verdicts.
 */
export async function runGroup(
  group: SuiteGroup,
  draft: Draft,
  folder: string,
): Promise<SuiteOutcome> {
  const schema = identified(group.schema);
  const outcome = await runSchema({ ...group, schema }, draft, join(folder, 'whole'));
  if (outcome.refused !== 'message.unreachable') return outcome;
  // A message that no payload fits is refused; as the schema of a member, such a schema can stand.
  const tests = group.tests.map((test) => ({ ...test, data: { value: test.data } }));
  const inside = { name: group.name, schema: { properties: { value: schema } }, tests };
  return runSchema(inside, draft, join(folder, 'member'));
}

async function runSchema(
  { schema, tests }: SuiteGroup,
  draft: Draft,
  folder: string,
): Promise<SuiteOutcome> {
  const payload = { schemaFormat: drafts[draft], schema };
  const document = {
    asyncapi: '3.0.0',
    info: { title: 'Suite', version: '1.0.0' },
    channels: { values: { messages: { value: { payload } } } },
  };
  writeFiles(folder, {
    'suite.asyncapi.json': JSON.stringify(document),
    'package.json': '{"type": "module"}',
  });
  const config = { ...defaultConfig, lint: { ...defaultConfig.lint, formats: UNJUDGED_FORMATS } };
  const { spec, problems } = readAndLint('suite.asyncapi.json', config, folder);
  if (spec === undefined)
    return { refused: problems.find(({ severity }) => severity === 'error')?.code ?? 'nothing' };
  const { files } = await generate(spec);
  writeFiles(join(folder, 'suite'), Object.fromEntries(files));
  const load = (file: string) => import(pathToFileURL(join(folder, 'suite', file)).href);
  const { check } = (await load('index.js')) as { check: (payload: unknown) => CheckResult };
  const [validate] = Object.values(await load('validators.js')) as ((value: unknown) => boolean)[];
  const judge = createJudge(spec);
  const failures = tests.flatMap(({ description, data, valid }) => {
    const verdicts = [validate?.(data), check(data).ok, judge.check(data).ok];
    return verdicts.every((verdict) => verdict === valid)
      ? []
      : [`${description}: ${verdicts.join(', ')}`];
  });
  return { failures };
}

/** Formats that a configuration must allow, and that then annotate. */
const UNJUDGED_FORMATS = ['idn-email', 'idn-hostname', 'iri', 'iri-reference'];

/** Gives a schema an `$id`: `#` means the schema in the suite, and the document in AsyncAPI. */
function identified(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null || '$id' in schema) return schema;
  return { $id: 'https://example.com/suite', ...schema };
}
