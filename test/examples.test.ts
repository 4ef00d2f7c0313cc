/** Every example runs, as a stranger would start it, and does what it says; README.md shows the lines of one. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { messages, sign } from '../generated/mews/index.js';
import { startExample } from './support/example-process.js';
import { inRepository, root } from './support/repository.js';
import { runProgram } from './support/run-program.js';
import { type Post, path, postTo } from './support/webhook-servers.js';

const SECRET = 'a secret for tests';
const env = { MEWS_SECRET: SECRET };
const files = readdirSync(inRepository('examples')).filter((name) => name.endsWith('.ts'));
const servers = files.filter((name) => name !== 'fetch.ts');
const readme = readFileSync(inRepository('README.md'), 'utf8');

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const booking = JSON.stringify(messages[0].examples[0]?.payload).replace(
  /"status":"\w+"/,
  '"status":"seated"',
);
const total = JSON.stringify(messages[4].examples[0]?.payload);
const unheard = booking.replace('booking.status.updated', 'booking.unheard.of');

it('has an example for each framework', () => {
  expect(servers).toEqual(['express.ts', 'fastify.ts', 'hono.ts', 'node-http.ts']);
  expect(files).toContain('fetch.ts');
});

it.each(servers)('examples/%s handles what is signed, and nothing else', async (file) => {
  const example = await startExample(`examples/${file}`, env);
  const base = `http://127.0.0.1:${example.port}`;
  await sendAll(postTo(base + path));
  expect(await postTo(`${base}/elsewhere`)(booking, {})).toBe(404);
  await example.printed('message.unknown');
  checkPrinted(await example.end());
});

it.each(servers)('examples/%s does not start without a secret', async (file) => {
  const { code, stderr } = await runProgram(process.execPath, ['--import', 'tsx', file], {
    cwd: inRepository('examples'),
    env: { MEWS_SECRET: '', PORT: '0' },
  });
  expect(code).toBe(1);
  expect(stderr).toContain('secrets[0] is blank: is its environment variable set?');
});

it('examples/fetch.ts handles what is signed, and nothing else', async () => {
  vi.stubEnv('MEWS_SECRET', SECRET);
  const lines: string[] = [];
  const write = (...values: unknown[]) => void lines.push(JSON.stringify(values));
  vi.spyOn(console, 'log').mockImplementation(write);
  vi.spyOn(console, 'warn').mockImplementation(write);
  const { POST } = await import('../examples/fetch.js');
  await sendAll(async (body, headers) => {
    const url = `https://example.test${path}`;
    return (await POST(new Request(url, { method: 'POST', headers, body }))).status;
  });
  checkPrinted(
    lines
      .join('\n')
      .replaceAll(/["[\]]/g, '')
      .replaceAll(',', ' '),
  );
});

it('the sender of examples/README.md delivers to an example', async () => {
  const text = readFileSync(inRepository('examples', 'README.md'), 'utf8');
  const [, code = ''] = /--eval "\n([^"]*)"/.exec(text) ?? [];
  const { port, printed } = await startExample('examples/express.ts', env);
  const { stdout, stderr } = await runProgram(
    process.execPath,
    ['--input-type=module', '--eval', code.replace(':3000', `:${port}`)],
    { cwd: root, env },
  );
  expect(stdout + stderr).toBe('200\n');
  await printed(/^booking \w+$/m);
});

it('README.md shows the lines of examples/express.ts', () => {
  const code = readFileSync(inRepository('examples', 'express.ts'), 'utf8');
  const [, shown = ''] = /^\/\/ README\n(.*)^\/\/ \/README\n/ms.exec(code) ?? [];
  const count = shown.split('\n').filter((line) => line !== '').length;
  expect(count).toBeGreaterThan(7);
  expect(count).toBeLessThan(13);
  expect(readme).toContain(`\`\`\`ts\n${shown}\`\`\`\n`);
});

it('examples/README.md names every example', () => {
  const text = readFileSync(inRepository('examples', 'README.md'), 'utf8');
  expect(files.filter((file) => !text.includes(`| \`${file}\``))).toEqual([]);
});

/** Sends deliveries that are not to be handled, then two that are, then one whose message is unknown. */
async function sendAll(post: Post): Promise<void> {
  const signed = (body: string) => sign(body, { secret: SECRET });
  const other = booking.replace('seated', 'cancelled');
  expect(await post(other, {})).toBe(401);
  expect(await post(other, await sign(other, { secret: 'another secret' }))).toBe(401);
  expect(await post(other, await signed(booking))).toBe(401);
  const broken = other.slice(0, -1);
  expect(await post(broken, await signed(broken))).toBe(400);
  const invalid = other.replace('cancelled', 'forgotten');
  expect(await post(invalid, await signed(invalid))).toBe(422);
  expect(await post(booking, await signed(booking))).toBe(200);
  expect(await post(total, await signed(total))).toBe(200);
  expect(await post(unheard, await signed(unheard))).toBe(200);
}

/** Checks that exactly the two known deliveries were handled, and that the unknown one was logged. */
function checkPrinted(text: string): void {
  expect(text.match(/^(?:booking|order) .*$/gm)).toEqual([
    expect.stringMatching(/^booking seated$/),
    expect.stringMatching(/^order \d+\.\d\d$/),
  ]);
  expect(text.match(/message\.unknown/g)).toHaveLength(1);
}
