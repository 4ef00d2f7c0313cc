/**
 * The required tests of the official JSON-Schema-Test-Suite for draft-07 and 2020-12, run from an AsyncAPI document to
 * the emitted validator. The suite is not part of this repository: JSON_SCHEMA_TEST_SUITE names the folder that holds
 * `draft7` and `draft2020-12`.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Draft, drafts, runGroup, suiteGroups } from './support/schema-suite.js';
import { temporaryFolder } from './support/temporary-folder.js';

const suite = process.env.JSON_SCHEMA_TEST_SUITE;
if (suite === undefined)
  console.warn('JSON_SCHEMA_TEST_SUITE is not set: the official JSON Schema tests are left out.');

/** What is refused, by the code of the problem and why; each entry is the beginning of the names of groups. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  // Nothing is ever fetched, and the schemas of JSON Schema itself are no part of a document.
  'reference.remote': [
    'refRemote: ',
    'ref: remote ref, containing refs itself',
    'definitions: validate definition against metaschema',
    'defs: validate definition against metaschema',
    'dynamicRef: strict-tree schema, guards against misspelled properties',
    'dynamicRef: tests for implementation dynamic anchor and reference link',
    'dynamicRef: $ref and $dynamicAnchor are independent of order',
    'dynamicRef: $ref to $dynamicRef finds detached $dynamicAnchor',
  ],
  // Draft-07 ignores what stands beside a reference; whoever writes it there means it.
  'reference.siblings': ['ref: ref overrides any sibling keywords'],
  // A dialect of one's own.
  'schema.dialect': ['vocabulary: '],
  // A pattern that takes quadratic time on text from the internet.
  'schema.pattern.unsafe': [
    'patternProperties: patternProperties validates properties matching a regex',
  ],
  // Integers that JavaScript can't tell apart, and the name that sets a prototype.
  'json.syntax': [
    'const: float and integers are equal up to 64-bit representation limits',
    'properties: properties whose names are Javascript object property names',
  ],
};

/** Formats are judged in both dialects, as users of AsyncAPI expect; to 2020-12 they are annotations. */
const STRICTER = /^format: .*: .*is only an annotation by default/;

describe.skipIf(suite === undefined)('the official tests', () => {
  it.each(Object.keys(drafts) as Draft[])(
    'of %s give the verdicts of the suite, or are refused by name',
    async (draft) => {
      const folder = temporaryFolder();
      const groups = suiteGroups(suite ?? '', draft);
      const refused: string[] = [];
      const failures: string[] = [];
      const passed = { tests: 0, refused: 0, stricter: 0 };
      for (const [index, group] of groups.entries()) {
        const place = join(folder, String(index));
        const outcome = await runGroup(group, draft, place);
        rmSync(place, { recursive: true });
        if (outcome.refused !== undefined) {
          refused.push(`${group.name} (${outcome.refused})`);
          passed.refused += group.tests.length;
          continue;
        }
        const found = outcome.failures.map((failure) => `${group.name}: ${failure}`);
        const stricter = found.filter((one) => draft === 'draft2020-12' && STRICTER.test(one));
        failures.push(...found.filter((one) => !stricter.includes(one)));
        passed.stricter += stricter.length;
        passed.tests += group.tests.length - found.length;
      }
      console.log(
        `${draft}: ${passed.tests} tests pass, ${passed.refused} are refused by name, ${passed.stricter} judge a format`,
      );
      expect(failures).toEqual([]);
      expect(refused).toEqual(expectedRefusals(groups.map(({ name }) => name)));
      expect(passed.stricter).toBe(draft === 'draft2020-12' ? 15 : 0);
      expect(passed.tests).toBeGreaterThan(draft === 'draft7' ? 850 : 1150);
    },
    600_000,
  );
});

/** Lists the refusals that are expected of groups, in their order. */
function expectedRefusals(names: readonly string[]): string[] {
  return names.flatMap((name) =>
    Object.entries(REFUSED).flatMap(([code, starts]) =>
      starts.some((start) => name.startsWith(start)) ? [`${name} (${code})`] : [],
    ),
  );
}
