/**
 * Measures writing and verifying pacts beside the bare Pact library, in one run: `npm run bench:pact`. Both write the
 * same interactions and verify the same producer; they take turns.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messagePact, needed, verifyProducer } from '../scripts/pact/index.js';
import { median, printTable } from './table.js';

process.env.PACT_DO_NOT_TRACK = 'true';
const { PactV4, Verifier } = await import('@pact-foundation/pact');

const INTERACTIONS = 50;
const ROUNDS = 7;
/** How long both together may take, of Pact's own time. */
const TARGET = 1.5;

const MESSAGE = 'order.total.updated';
const descriptions = Array.from({ length: INTERACTIONS }, (_, index) => `order ${index}`);
const payload = {
  data: {
    id: '98656c4a-950d-4b19-b7ef-ad1744e92b53',
    type: 'orders',
    attributes: { total: '100.00', updatedAt: '2025-02-06T09:41:30.465Z' },
  },
  meta: { eventType: MESSAGE },
};
const like = (value: string) => ({ 'pact:matcher:type': 'type', value });
const contents = {
  data: {
    ...payload.data,
    id: like(payload.data.id),
    attributes: {
      total: like('100.00'),
      updatedAt: {
        'pact:matcher:type': 'regex',
        regex: '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]+(?:[Zz]|[+-][0-9:]+)$',
        value: payload.data.attributes.updatedAt,
      },
    },
  },
  meta: payload.meta,
};

interface Entrant {
  readonly write: (folder: string) => Promise<void>;
  readonly verify: (folder: string) => Promise<unknown>;
}

const ours: Entrant = {
  write: async (folder) => {
    const names = { consumer: 'hub', producer: 'mews', pacts: join(folder, 'pacts') };
    const pact = messagePact({ spec: 'mews', ...names });
    for (const description of descriptions) {
      await pact.expect(MESSAGE, { description, payload: needed }, () => {});
    }
    await pact.finish();
  },
  verify: (folder) =>
    verifyProducer({
      spec: 'mews',
      producer: 'mews',
      pacts: join(folder, 'pacts'),
      messages: { [MESSAGE]: () => ({ payload }) },
    }),
};

const bare: Entrant = {
  write: async (folder) => {
    const options = { consumer: 'hub', provider: 'mews', dir: folder, logLevel: 'error' } as const;
    for (const description of descriptions) {
      await new PactV4(options)
        .addAsynchronousInteraction()
        .reference('AsyncAPI', 'operationId', 'sendWebhook')
        .reference('AsyncAPI', 'messageId', MESSAGE)
        .expectsToReceive(description, (builder) => builder.withJSONContent(contents))
        .executeTest(async () => {});
    }
  },
  verify: (folder) =>
    new Verifier({
      provider: 'mews',
      logLevel: 'error',
      pactUrls: [join(folder, 'hub-mews.json')],
      messageProviders: Object.fromEntries(descriptions.map((one) => [one, async () => payload])),
    }).verifyProvider(),
};

const entrants = { ours, bare };
type Name = keyof typeof entrants;
const times: Record<Name, { write: number[]; verify: number[] }> = {
  ours: { write: [], verify: [] },
  bare: { write: [], verify: [] },
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function round(name: Name, counts: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-contracts-bench-'));
  try {
    const write = await timed(() => entrants[name].write(folder));
    const verify = await timed(() => entrants[name].verify(folder));
    if (!counts) return;
    times[name].write.push(write);
    times[name].verify.push(verify);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (let index = 0; index <= ROUNDS; index += 1) {
  const order: Name[] = index % 2 === 0 ? ['ours', 'bare'] : ['bare', 'ours'];
  // The first round warms up.
  for (const name of order) await round(name, index > 0);
}

const ms = (value: number) => `${value.toFixed(0)} ms`;
const rowOf = (title: string, one: number, other: number) => [
  title,
  ms(one),
  ms(other),
  (one / other).toFixed(2),
];
const of = (name: Name, part: 'write' | 'verify') => median(times[name][part]);
const total = (name: Name) => of(name, 'write') + of(name, 'verify');
const ratio = total('ours') / total('bare');
printTable(
  [
    [`${INTERACTIONS} interactions`, 'ours', 'bare Pact', 'ratio'],
    rowOf('write', of('ours', 'write'), of('bare', 'write')),
    rowOf('verify', of('ours', 'verify'), of('bare', 'verify')),
    rowOf('both', total('ours'), total('bare')),
  ],
  `medians of ${ROUNDS} rounds that take turns; target for both: at most ${TARGET}, ${ratio <= TARGET ? 'met' : 'MISSED'}`,
);
