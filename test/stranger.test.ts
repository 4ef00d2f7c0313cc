/**
 * The package as it is published, in a repository with a document, a consumer and a producer of its own: its contract
 * tests are green, red when either side breaks, and green when it is mended. docs/contract-testing.md shows this very
 * repository.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from './support/repository.js';
import {
  type StrangerRepository,
  strangerRepository,
  strangersFiles,
} from './support/stranger-repository.js';
import { typeCheck } from './support/type-check.js';

const guide = readFileSync(inRepository('docs', 'contract-testing.md'), 'utf8');
const ci = readFileSync(join(strangersFiles, '.github', 'workflows', 'contracts.yml'), 'utf8');
const steps = [...ci.matchAll(/^ +- run: (.+)$/gm)].map(([, line = '']) => line);

let stranger: StrangerRepository;
/** What verify printed when all was well, and when the document had changed; the guide shows both. */
let table = '';
let report = '';

beforeAll(async () => {
  stranger = await strangerRepository();
}, 180_000);

/** Runs a line and returns its exit code and all that it printed. */
async function run(line: string): Promise<{ code: number; said: string }> {
  const { code, stdout, stderr } = await stranger.run(line);
  return { code, said: stdout + stderr };
}

const vitest = (files: string) => run(`node_modules/.bin/vitest run ${files}`);
const verify = () => stranger.run('node_modules/.bin/webhook-contracts verify');

describe('the repository, as the guide says', () => {
  it('is green: generate, write the pacts, verify them', async () => {
    expect(await run('npx --no webhook-contracts generate')).toMatchObject({ code: 0 });
    const { code, said } = await run('npx --no vitest run');
    expect(said).toContain('4 passed');
    expect(code).toBe(0);
    expect(readdirSync(join(stranger.folder, 'contracts', 'pacts'))).toEqual([
      'parcels-storefront.json',
      'storefront-parcels.json',
    ]);
    const verified = await verify();
    expect(verified.code).toBe(0);
    table = verified.stdout;
    const commit = 'git -c user.name=x -c user.email=x@localhost commit --quiet --message all';
    expect(await run(`git init --quiet && git add . && ${commit}`)).toMatchObject({ code: 0 });
    expect((await run('git ls-files contracts')).said.match(/.+json$/gm)).toHaveLength(2);
  }, 120_000);

  it('pleases the compiler', async () => {
    const folders = ['consumer', 'producer'].map((name) => join(stranger.folder, name));
    const files = folders.flatMap((folder) => readdirSync(folder).map((one) => join(folder, one)));
    expect(files.length).toBeGreaterThan(7);
    expect(await typeCheck(files, { types: ['node'] })).toBe('');
  }, 120_000);
});

describe('goes red', () => {
  it('when the consumer reads a member that it has not named', async () => {
    const pact = stranger.read('contracts/pacts/storefront-parcels.json');
    await stranger.whileBroken(
      'consumer/parcels.ts',
      'piece.grams',
      'piece.barcode.length',
      async () => {
        const { code, said } = await vitest('consumer/parcels.pact.test.ts');
        expect(said).toContain(
          '"a parcel is under way": Cannot read properties of undefined (reading \'length\')',
        );
        expect(said).toContain('the pact was not written: "a parcel is under way"');
        expect(code).toBe(1);
        expect((await verify()).stdout).toMatch(
          /^storefront .* parcel\.shipped .* {2}producer's code$/m,
        );
      },
    );
    expect(stranger.read('contracts/pacts/storefront-parcels.json')).toBe(pact);
  }, 120_000);

  it('when the consumer refuses what the producer sends', async () => {
    await stranger.whileBroken('consumer/server.ts', '[secret]', "['another secret']", async () => {
      const { code, said } = await vitest('consumer/parcels.verify.test.ts');
      expect(said).toContain('"a parcel of one piece": the consumer answered 401, expected is 200');
      expect(code).toBe(1);
    });
  }, 120_000);

  it('when the producer drops a member that the consumer needs, though it may be absent', async () => {
    await stranger.whileBroken(
      'producer/messages.ts',
      '...(note === undefined ? {} : { note }),',
      '',
      async () => {
        const { code, said } = await vitest('producer');
        expect(said).toContain(
          '"a parcel was handed over": $: Actual map is missing the following keys: note',
        );
        expect(said).toContain('1 failed | 1 passed (2)');
        expect(code).toBe(1);
      },
    );
  }, 120_000);

  it('when the producer drops a member that the document demands', async () => {
    await stranger.whileBroken(
      'producer/messages.ts',
      'pieces: pieces.map(({ barcode, grams }) => ({ barcode, grams })),',
      '',
      async () => {
        const { code, said } = await vitest('producer');
        expect(said).toContain('"a parcel of one piece": the request is refused: ');
        expect(said).toContain('"a parcel is under way": what was made breaks the document: ');
        expect(code).toBe(1);
      },
    );
  }, 120_000);

  it.each([
    {
      when: 'the producer signs with another key',
      text: "createHmac('sha256', secret)",
      by: "createHmac('sha256', 'another secret')",
      words: '"a parcel of one piece": the request is refused: ',
    },
    {
      when: 'the producer takes a status that says delivered for one that does not',
      text: '!response.ok',
      by: 'response.status !== 204',
      words: '"a parcel of one piece": send failed: not delivered: 200',
    },
  ])(
    'when $when',
    async ({ text, by, words }) => {
      await stranger.whileBroken('producer/send.ts', text, by, async () => {
        const { code, said } = await vitest('producer/parcels.pact.test.ts');
        expect(said).toContain(words);
        expect(said).toContain('the pact was not written');
        expect(code).toBe(1);
      });
    },
    60_000,
  );

  it('when the document no longer guarantees what the consumer needs', async () => {
    await stranger.whileBroken(
      'specs/parcels.asyncapi.yaml',
      'required: [type, id, shippedAt, pieces]',
      'required: [type, id, shippedAt]',
      async () => {
        const { code, stderr } = await verify();
        expect(stderr).toContain(
          'error pact.field.optional The consumer relies on the field "pieces"',
        );
        expect(code).toBe(1);
        report = stderr;
      },
    );
  });

  it('when a pact counts another answer as delivered', async () => {
    const file = 'contracts/pacts/parcels-storefront.json';
    const first = /"status": 200\n {6}\},\n {6}"type": "Synchronous\/HTTP"\n {4}\},/;
    const [text = ''] = first.exec(stranger.read(file)) ?? [];
    await stranger.whileBroken(file, text, text.replace('200', '302'), async () => {
      const { code, stderr } = await verify();
      expect(stderr).toContain('error pact.status ');
      expect(code).toBe(1);
    });
  });
});

it('is green when all is mended: the job of the guide passes', async () => {
  const own = steps.filter((step) => !step.startsWith('npm ci'));
  expect(own.length).toBe(steps.length - 1);
  expect(own.length).toBeGreaterThan(4);
  const printed: string[] = [];
  for (const step of own) {
    const { code, stdout, stderr } = await stranger.run(step);
    expect({ step, code, said: code === 0 ? '' : stdout + stderr }).toEqual({
      step,
      code: 0,
      said: '',
    });
    printed.push(stdout);
  }
  expect(printed.at(-1)).toBe(table);
}, 120_000);

describe('docs/contract-testing.md', () => {
  const blocks = blocksOf(guide);

  it('shows the files of this repository', () => {
    const files = blocks.filter(({ language, source }) => language !== 'sh' && source !== 'verify');
    expect(files.length).toBeGreaterThan(8);
    for (const { source, text } of files) {
      expect(text.length).toBeGreaterThan(10);
      expect(stranger.read(source)).toContain(text);
    }
    // Nothing stands in a block of another kind.
    expect(guide.match(/^```/gm)).toHaveLength(2 * blocks.length);
  });

  it('shows what verify prints', () => {
    const shown = blocks.filter(({ source }) => source === 'verify').map(({ text }) => text);
    expect(shown).toEqual([table, report]);
  });

  it('shows commands that were run here', () => {
    const lines = blocks
      .filter(({ language }) => language === 'sh')
      .flatMap(({ text }) => text.trim().split('\n'));
    const commands = steps.map((step) => step.replace('--no ', '').replace(' --check', ''));
    const [install = '', ...others] = lines;
    expect(others.filter((line) => !commands.includes(line))).toEqual([]);
    expect(install).toBe(
      `npm install --save-dev webhook-contracts ${tools.map((name) => `${name}@${major(name)}`).join(' ')}`,
    );
  });
});

it('README.md shows lines of this repository where it names a file of it', () => {
  const readme = readFileSync(inRepository('README.md'), 'utf8');
  const shown = blocksOf(readme).filter(({ source }) => source !== '');
  expect(shown).toHaveLength(1);
  for (const { source, text } of shown) expect(stranger.read(source)).toContain(text);
});

/** Lists the blocks of code of a text, each with what stands behind its language. */
function blocksOf(text: string) {
  return [...text.matchAll(/^```(\w+) ?(\S*)\n(.*?)^```$/gms)].map(
    ([, language = '', source = '', code = '']) => ({ language, source, text: code }),
  );
}

/** What the guide has installed beside the package: with the major versions that are tested here. */
const tools = ['@pact-foundation/pact', 'vitest'];

function major(name: string): string {
  const { devDependencies } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8'));
  return devDependencies[name].split('.')[0];
}
