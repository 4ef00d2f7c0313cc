/** The commands that pages offer, run as they stand: what they send is genuine, and what they compute is right. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { generateModule } from './support/generate-module.js';
import { inRepository, providers } from './support/repository.js';
import { makeSite } from './support/site.js';
import { temporaryFolder } from './support/temporary-folder.js';
import { listenOn } from './support/wire.js';

const run = promisify(execFile);

/** What is hard to carry through a shell, and through JSON. */
const payload = {
  type: 'order',
  note: `it's "quoted" \\ $HOME \`id\` !! %s %% \n\t@file -x é 日本 \u{1F600} \u202e <b>`,
};

/** Security schemes, and what a receiver is told. */
const schemes: Readonly<Record<string, readonly [scheme: object, options: object]>> = {
  'hmac, Base64': [
    key('X-Signature', { kind: 'hmac', algorithm: 'sha256', encoding: 'base64', over: 'raw body' }),
    { secrets: ['example-secret'] },
  ],
  'hmac, hexadecimal after a prefix': [
    key('X-Hub-Signature-256', {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      over: 'raw body',
      prefix: "sha256='$x'",
    }),
    { secrets: ['example-secret'] },
  ],
  'timestamped-hmac': [
    key('Stripe-Signature', { kind: 'timestamped-hmac', algorithm: 'sha256' }),
    { secrets: ['example-secret'] },
  ],
  'standard-webhooks': [
    key('webhook-signature', { kind: 'standard-webhooks' }),
    { secrets: ['whsec_ZXhhbXBsZS1zZWNyZXQtZm9yLWV4YW1wbGVz'] },
  ],
  bearer: [{ type: 'http', scheme: 'bearer' }, { tokens: ['example-token'] }],
  'a header by a fixed name': [
    key('X-Token', { kind: 'static-header', name: 'fixed' }),
    { headers: { 'X-Token': ['example-value'] } },
  ],
  'a header by a name of your choice': [
    key('X-Any', { kind: 'static-header', name: 'free' }),
    { headers: { 'X-Any': ['example-value'] } },
  ],
};

function key(name: string, credential: object): object {
  return { type: 'httpApiKey', in: 'header', name, 'x-credential': credential };
}

describe.each(Object.keys(schemes))('%s', (name) => {
  const [scheme = {}, options = {}] = schemes[name] ?? [];
  const document = {
    asyncapi: '3.1.0',
    info: { title: 'Orders', version: '1.0.0' },
    channels: {
      orders: {
        address: "/it's/{place}",
        parameters: { place: { enum: ['a b'] } },
        messages: {
          order: {
            payload: {
              type: 'object',
              required: ['type'],
              properties: { type: { const: 'order' }, note: { type: 'string' } },
            },
            headers: {
              type: 'object',
              required: ['X-Kind'],
              properties: { 'X-Kind': { type: 'string', enum: ["it's"] } },
            },
            examples: [{ payload, headers: { 'X-Kind': "it's" } }],
          },
        },
      },
    },
    operations: {
      send: { action: 'send', channel: { $ref: '#/channels/orders' }, security: [scheme] },
    },
  };

  it('is sent so that a receiver takes it for genuine', async () => {
    const cwd = temporaryFolder({ 'orders.asyncapi.json': JSON.stringify(document) });
    const site = await makeSite(['orders.asyncapi.json'], cwd);
    const page = readFileSync(join(site, 'orders', 'index.md'), 'utf8');
    expect(await sentTo('orders.asyncapi.json', cwd, options, blockAfter(page, 'curl'))).toEqual({
      status: '200',
      received: [{ message: 'order', payload }],
    });
  });

  it('has a worked example that comes to what the page says', async () => {
    const cwd = temporaryFolder({ 'orders.asyncapi.json': JSON.stringify(document) });
    const site = await makeSite(['orders.asyncapi.json'], cwd);
    const page = readFileSync(join(site, 'orders', 'index.md'), 'utf8');
    if (!page.includes('Compute it yourself:')) {
      expect(page).toContain('example-');
      return;
    }
    const { stdout } = await run('bash', ['-c', blockAfter(page, 'Compute it yourself')]);
    const code = stdout.trim();
    expect(code).toMatch(/(?:[0-9a-f]{64}|[A-Za-z0-9+/]{43}=)$/);
    expect(page.split('Compute it yourself:')[0]).toContain(`: \`${code}\`\n`);
  });
});

describe.each(providers)('%s', (provider) => {
  it('takes every delivery that its page offers', async () => {
    const site = await makeSite([provider]);
    const page = readFileSync(join(site, provider, 'index.md'), 'utf8');
    const options = {
      mews: { secrets: ['example-secret'] },
      mozrest: { tokens: ['example-token'] },
    }[provider];
    const blocks = page.split('\ncurl:\n').slice(1);
    const { exports } = await generateModule(`specs/${provider}.asyncapi.yaml`, inRepository());
    const messages = exports.messages as readonly { name: string }[];
    expect(blocks).toHaveLength(messages.length);
    for (const [index, block] of blocks.entries()) {
      const file = `specs/${provider}.asyncapi.yaml`;
      const outcome = await sentTo(
        file,
        inRepository(),
        options,
        blockAfter(`curl:\n${block}`, 'curl'),
      );
      expect(outcome).toMatchObject({
        status: '200',
        received: [{ message: messages[index]?.name }],
      });
    }
  });
});

/** Runs commands that send a delivery, to a receiver of a document; returns its answer, and what it took. */
async function sentTo(
  file: string,
  cwd: string,
  options: object | undefined,
  commands: string,
): Promise<{ status: string; received: object[] }> {
  const { exports } = await generateModule(file, cwd);
  const { receiver, nodeHandler } = exports as {
    receiver: (given?: object) => unknown;
    nodeHandler: (receive: unknown, handle: (delivery: object) => void) => never;
  };
  const received: object[] = [];
  const handle = ({ message, payload }: { message?: unknown; payload?: unknown }) => {
    received.push({ message, payload });
  };
  const port = await listenOn(createServer(nodeHandler(receiver(options), handle)));
  expect(commands).toContain('http://localhost:3000/');
  const here = commands.replace('http://localhost:3000/', `http://127.0.0.1:${port}/`);
  const { stdout } = await run('bash', ['-euc', here], { env: { PATH: process.env.PATH } });
  const [, status = ''] = /^HTTP\/1\.1 (\d+)/.exec(stdout) ?? [];
  return { status, received };
}

/** Returns the code that stands after a label. */
function blockAfter(markdown: string, label: string): string {
  const [, block = ''] =
    new RegExp(`^${label}:\\n\\n\`\`\`sh\\n([\\s\\S]*?)\\n\`\`\`$`, 'm').exec(markdown) ?? [];
  expect(block).not.toBe('');
  return block;
}
