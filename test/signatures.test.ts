/**
 * Authenticity by data: every vector of test/cases/signatures and of test/cases/hostile/signatures is judged as it
 * says, by `node:crypto` and by WebCrypto alike. The codes in them were made by another implementation.
 */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Judged, judgeSignatures } from './support/judge-signatures.js';
import { inRepository } from './support/repository.js';
import { runCommandLine } from './support/run-command-line.js';
import { runProgram } from './support/run-program.js';
import { hostileSuites, type SignatureSuite, signatureSuites } from './support/signature-cases.js';
import { temporaryFolder } from './support/temporary-folder.js';

const own = signatureSuites();
const hostile = hostileSuites();
const suites = [...own, ...hostile].map((suite, index) => ({ ...suite, index }));

let byNode: readonly Judged[][];
let byWeb: readonly Judged[][];
let signedByWeb: number;

beforeAll(async () => {
  const modules = await modulesOf(own);
  const work = suites.map(({ name, vectors }) => ({
    module: modules.get(name.replace('hostile ', '')) ?? '',
    vectors,
  }));
  byNode = await judgeSignatures(work);
  const script = inRepository('test', 'support', 'judge-signatures-by-webcrypto.js');
  const input = JSON.stringify(work);
  const { stdout, stderr } = await runProgram(process.execPath, [script], { cwd: '/', input });
  expect(stderr).toBe('');
  ({ judged: byWeb, signed: signedByWeb } = JSON.parse(stdout));
});

describe.each(suites)('$name', ({ index, vectors }) => {
  it.each(
    vectors.map(
      (vector, at) => [`${vector.id}: ${vector.expect}, ${vector.why}`, at, vector] as const,
    ),
  )('%s', (_, at, vector) => {
    const judged = byNode[index]?.[at];
    expect(codeOf(judged, vector.expect)).toBe(vector.expect);
    if (judged?.status !== undefined) expect(judged.status).toBe(401);
    for (const secret of textsIn(vector.options)) expect(judged?.text ?? '').not.toContain(secret);
  });

  it('is judged alike by WebCrypto', () => {
    expect(byWeb[index]).toEqual(byNode[index]);
  });
});

it('has WebCrypto make codes, where it is to', () => {
  const count = own.flatMap(({ vectors }) => vectors.filter(({ expect }) => expect === 'ok'));
  expect(signedByWeb).toBeGreaterThan(count.length);
});

describe.each(own)('the vectors of $name', ({ vectors }) => {
  it('have ids of their own, and are enough', () => {
    const count = (isIt: (expected: string) => boolean) =>
      vectors.filter(({ expect }) => isIt(expect)).length;
    expect(new Set(vectors.map(({ id }) => id)).size).toBe(vectors.length);
    expect(count((expected) => expected === 'ok')).toBeGreaterThan(4);
    expect(count((expected) => expected.startsWith('credentials.'))).toBeGreaterThan(19);
    expect(count((expected) => expected === 'throw')).toBeGreaterThan(19);
  });
});

it('has all hostile vectors', () => {
  expect(hostile.flatMap(({ vectors }) => vectors)).toHaveLength(23);
});

/** Generates a module for each scheme, whose one message fits any payload; returns their files. */
async function modulesOf(schemes: readonly SignatureSuite[]): Promise<ReadonlyMap<string, string>> {
  const files = schemes.map(({ name, securityScheme }) => [
    `${name}.asyncapi.yaml`,
    JSON.stringify({
      asyncapi: '3.1.0',
      info: { title: name, version: '1.0.0' },
      channels: { webhook: { address: null, messages: { thing: { name: 'thing', payload: {} } } } },
      operations: {
        send: {
          action: 'send',
          channel: { $ref: '#/channels/webhook' },
          security: [securityScheme],
        },
      },
    }),
  ]);
  const cwd = temporaryFolder(Object.fromEntries(files));
  const made = new Map<string, string>();
  for (const { name } of schemes) {
    const out = join(cwd, 'generated', name);
    const args = ['generate', `${name}.asyncapi.yaml`, '--out', out];
    const { code, stderr } = await runCommandLine(args, { cwd });
    expect({ name, code, stderr }).toMatchObject({ code: 0 });
    made.set(name, join(out, name, 'index.js'));
  }
  return made;
}

/** Where any refusal for credentials will do, its code is none in particular. */
function codeOf(judged: Judged | undefined, expected: string): string | undefined {
  const code = judged?.verdict;
  return expected === 'credentials' && code?.startsWith('credentials.') ? expected : code;
}

/** The texts that options hold as values, but for the words that stand for nothing: messages name those. */
function textsIn(options: unknown): string[] {
  if (typeof options === 'string') {
    const isWord = /^\s*(undefined|null|true|\[object Object\]|)\s*$/i.test(options);
    return isWord ? [] : [options.trim()];
  }
  if (typeof options === 'number') return [String(options)];
  return typeof options === 'object' && options !== null
    ? Object.values(options).flatMap(textsIn)
    : [];
}
