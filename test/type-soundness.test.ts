/**
 * Emitted types say nothing that is not so: of random schemas, payloads that the validators accept are of the type that
 * is emitted; and of schemas of which types can say everything, those that they reject are not.
 */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { generate } from '../scripts/generate/generate.js';
import { createJudge } from '../scripts/judge/judge.js';
import { randomFrom } from './support/random.js';
import { documentOf } from './support/random-documents.js';
import { type RandomSchema, randomDelivery, randomSchema } from './support/random-schemas.js';
import { temporaryFolder, writeFiles } from './support/temporary-folder.js';
import { typeCheck } from './support/type-check.js';

const SCHEMAS = 150;
const PAYLOADS = 6;

it('are true of what is accepted, and tell wrong members where they can', async () => {
  const folder = temporaryFolder();
  const random = randomFrom(Number(process.env.FUZZ_SEED ?? 5));
  const files: string[] = [];
  const counts = { accepted: 0, rejected: 0 };
  for (let index = 0; index < SCHEMAS; index += 1) {
    const schema = randomSchema(random);
    const read = documentOf(schema);
    const { check } = createJudge(read);
    const payloads = Array.from({ length: PAYLOADS }, () => randomDelivery(schema, random));
    const accepted = payloads.filter((payload) => payload !== undefined && check(payload).ok);
    const rejected = isTyped(schema)
      ? accepted.flatMap(wrongMembers).filter((payload) => !check(payload).ok)
      : [];
    counts.accepted += accepted.length;
    counts.rejected += rejected.length;
    const { files: made } = await generate(read);
    const name = `schema-${index}`;
    writeFiles(join(folder, name), {
      'types.d.ts': made.get('types.d.ts') ?? '',
      'uses.ts': uses(accepted, rejected),
    });
    files.push(join(folder, name, 'uses.ts'));
  }
  expect(await typeCheck(files)).toBe('');
  expect(counts.accepted).toBeGreaterThan(SCHEMAS);
  expect(counts.rejected).toBeGreaterThan(SCHEMAS / 4);
}, 300_000);

/** Tells whether the emitted type says of which type each member is. */
function isTyped({ payload, schemas }: RandomSchema): boolean {
  const text = JSON.stringify([payload, schemas]);
  return !/"(allOf|anyOf|oneOf|not|if|dependencies|additionalProperties)"/.test(text);
}

/** What no schema of a member accepts by its type, but one of any object. */
const wrong = { wrong: 'type' };

/** Copies a payload with each of its members in turn replaced by a value of another type. */
function wrongMembers(payload: unknown): unknown[] {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return [];
  return Object.entries(payload).flatMap(([name, held]) =>
    typeof held === 'object' ? [] : [{ ...payload, [name]: wrong }],
  );
}

/** A module that only compiles where accepted payloads are of the payload's type, and rejected ones are not. */
function uses(accepted: readonly unknown[], rejected: readonly unknown[]): string {
  const lines = [
    ...accepted.map((payload) => `of(${JSON.stringify(payload)});`),
    ...rejected.map((payload) => `// @ts-expect-error\nof(${JSON.stringify(payload)});`),
  ];
  // Members that the document does not know pass: a parameter of a type's own takes them.
  return `import type { ThingHappenedPayload } from './types.js';

declare function of<T extends ThingHappenedPayload>(payload: T): void;
${lines.join('\n')}
`;
}
