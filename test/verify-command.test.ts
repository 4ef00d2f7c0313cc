/** `verify` as people and CI run it: what it prints, in which format, and how it ends. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from './support/repository.js';
import { runCommandLine } from './support/run-command-line.js';
import { temporaryFolder } from './support/temporary-folder.js';

const cwd = temporaryFolder();
const pact = join(cwd, 'contracts', 'pacts', 'reservation-hub-mews.json');
const run = (...argv: string[]) => runCommandLine(['verify', ...argv], { cwd });

beforeAll(() => {
  cpSync(inRepository('specs', 'mews.asyncapi.yaml'), join(cwd, 'specs', 'mews.asyncapi.yaml'));
  mkdirSync(join(cwd, 'contracts', 'pacts'), { recursive: true });
  cpSync(inRepository('contracts', 'pacts', 'reservation-hub-mews.json'), pact);
  const { interactions, ...rest } = JSON.parse(readFileSync(pact, 'utf8'));
  const some = interactions.filter(
    ({ comments }: { comments: { references: { AsyncAPI: { messageId: string } } } }) =>
      comments.references.AsyncAPI.messageId !== 'orders.payments.added',
  );
  writeFileSync(join(cwd, 'some.json'), JSON.stringify({ ...rest, interactions: some }));
  const text = readFileSync(pact, 'utf8');
  writeFileSync(
    join(cwd, 'wrong.json'),
    text.replaceAll('booking.status.updated', 'booking.status'),
  );
  writeFileSync(join(cwd, 'broken.json'), text.slice(0, -10));
});

describe('exits', () => {
  it('0 where every interaction is right', async () => {
    const { code, stdout, stderr } = await run();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^consumer +producer +message +expected +sent +proved by$/m);
    expect(stdout).toMatch(/^reservation-hub +mews +order\.state\.updated +1 +0 +schema only$/m);
    expect(stdout).toMatch(/^1 pact, 9 interactions: 6 of 6 messages covered\.$/m);
  });

  it('0 where a message has no pact, and 1 with --strict', async () => {
    const { code, stdout, stderr } = await run('some.json');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^specs\/mews\.asyncapi\.yaml:\d+:\d+ warning message\.uncovered /);
    expect(stdout).toMatch(/orders\.payments\.added +0 +0 +not covered$/m);
    expect(stdout).toContain('5 of 6 messages covered.');
    expect((await run('some.json', '--strict')).code).toBe(1);
  });

  it.each([
    ['wrong.json', /^wrong\.json:\d+:\d+ error pact\.message\.unknown /],
    ['broken.json', /^broken\.json:\d+:\d+ error pact\.invalid /],
  ])('1 where a pact is wrong: %s', async (file, line) => {
    const { code, stderr } = await run(file);
    expect(code).toBe(1);
    expect(stderr).toMatch(line);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('1 where a document is wrong, and says nothing of pacts', async () => {
    writeFileSync(join(cwd, 'wrong.asyncapi.yaml'), 'asyncapi: 3.0.0\n');
    const { code, stderr, stdout } = await run('--spec', 'wrong.asyncapi.yaml');
    expect(code).toBe(1);
    expect(stderr).not.toContain('pact.');
    expect(stdout).toMatch(/^No pact was judged, because of the errors in the documents\.$/m);
  });

  it('by the documents that --spec names, several after one or each after its own', async () => {
    const both = await run('--spec', 'mews', 'guest');
    expect(both.stdout).toContain('6 of 7 messages covered.');
    const each = await run('--spec', 'mews', '--spec', 'guest');
    expect(each).toEqual(both);
    expect((await run('--spec', 'guest')).stderr).toContain('pact.operation.unknown');
  });
});

describe('a link that leads nowhere', () => {
  const linked = (name: string, link: { operationId: string; messageId?: string }) => {
    const { interactions, ...rest } = JSON.parse(readFileSync(pact, 'utf8'));
    const [first] = interactions;
    const comments = { references: { AsyncAPI: link } };
    writeFileSync(
      join(cwd, name),
      JSON.stringify({ ...rest, interactions: [{ ...first, comments }] }),
    );
    return run(name);
  };

  it.each([
    [{ operationId: 'sendWebhooks' }, 'did you mean "sendWebhook"?'],
    [{ operationId: 'x' }, 'expected: "sendWebhook"'],
    [{ operationId: 'webhookEndpoint' }, '"webhookEndpoint" is the key of a channel'],
    [{ operationId: 'sendWebhook', messageId: 'order.total.update' }, '"order.total.updated"?'],
    [{ operationId: 'sendWebhook', messageId: 'x' }, 'expected: "booking.status.updated", "'],
  ])('is told with the names that there are: %j', async (link, words) => {
    expect((await linked('link.json', link)).stderr).toContain(words);
  });
});

it('ends in time where nothing of a long pact can be read', async () => {
  const { interactions, ...rest } = JSON.parse(readFileSync(pact, 'utf8'));
  const many = Array.from({ length: 150_000 }, () => interactions.length);
  writeFileSync(join(cwd, 'many.json'), JSON.stringify({ ...rest, interactions: many }));
  const { code, stderr } = await run('many.json');
  expect(code).toBe(1);
  expect(stderr.match(/pact\.invalid/g)).toHaveLength(1001);
});

it('prints one JSON document that fits the published schema', async () => {
  const { code, stdout } = await run('--format', 'json');
  expect(code).toBe(0);
  const schema = readFileSync(inRepository('scripts', 'problems', 'result.schema.json'), 'utf8');
  const validate = new Ajv().compile(JSON.parse(schema));
  const result = JSON.parse(stdout);
  expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
  expect(result).toMatchObject({ ok: true, pacts: 1, interactions: 9 });
  expect(result.coverage).toHaveLength(6);
});

it('shows the table in Markdown, too', async () => {
  const { stdout } = await run('--format', 'markdown');
  expect(stdout).toMatch(/\| *consumer *\| *producer *\|/);
  expect(stdout).toContain('schema only');
});

it('annotates the pact and the document in a job of GitHub Actions', async () => {
  const summaries: string[] = [];
  const github = { workspace: cwd, summarize: (text: string) => void summaries.push(text) };
  const { stderr } = await runCommandLine(['verify', 'wrong.json'], { cwd, github });
  expect(stderr).toMatch(/^::error .*file=wrong\.json,line=\d+/m);
  expect(stderr).toMatch(/^::warning .*file=specs\/mews\.asyncapi\.yaml,line=\d+/m);
  expect(summaries.join()).toContain('pact.message.unknown');
});

it('counts the code of a side only for interactions that it was run by', async () => {
  mkdirSync(join(cwd, 'contracts', 'results'), { recursive: true });
  const results = join(cwd, 'contracts', 'results', 'reservation-hub-mews.json');
  writeFileSync(results, '{"proofs": [{"interaction": "0", "description": "", "by": "consumer"}]}');
  expect((await run()).stdout).toMatch(/order\.state\.updated +1 +0 +schema only$/m);
  writeFileSync(results, 'broken');
  expect((await run()).code).toBe(0);
});
