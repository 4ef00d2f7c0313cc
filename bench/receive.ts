/**
 * Measures `receive` beside the least that a receiver of one's own does, in one run: `npm run bench:receive`. How to
 * read what it prints: bench/README.md.
 */
import { createHmac } from 'node:crypto';
import { median, printTable } from './table.js';

const ROUNDS = 201;
const ROUND_MS = 5;
/** How many copies of a request take turns. */
const COPIES = 64;

interface Delivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

type Entrant = (delivery: Delivery) => unknown;

interface Contest {
  readonly title: string;
  /** How long `receive` may take, of the first baseline's time. */
  readonly target: number;
  readonly receive: (delivery: Delivery) => Promise<{ readonly kind: string }>;
  /** Each by its name. */
  readonly baselines: Readonly<Record<string, Entrant>>;
  readonly deliveries: readonly Delivery[];
}

const SECRET = 'a secret that both sides know';
const decoder = new TextDecoder('utf-8', { fatal: true });
const parse: Entrant = ({ body }) => JSON.parse(decoder.decode(body));
const hmacAndParse: Entrant = (delivery) => {
  createHmac('sha256', SECRET).update(delivery.body).digest();
  return parse(delivery);
};

/** Prepares a contest over the first example of a provider, as one would print it. */
async function contestOf(
  provider: string,
  title: string,
  target: number,
  options: object | undefined,
  baselines: Contest['baselines'],
): Promise<Contest> {
  const { messages, receiver, sign } = await moduleOf(provider);
  const text = JSON.stringify(messages[0]?.examples[0]?.payload, null, 2);
  const secret = { secret: SECRET, headers: { 'X-Key': SECRET } };
  const signed = Object.entries(await sign(text, secret));
  const headers = {
    'content-type': 'application/json',
    ...Object.fromEntries(signed.map(([name, value]) => [name.toLowerCase(), value])),
  };
  const deliveries = Array.from({ length: COPIES }, () => ({
    headers: { ...headers },
    body: new TextEncoder().encode(text),
  }));
  return {
    title: `${provider} (${deliveries[0]?.body.length} bytes), ${title}`,
    target,
    receive: receiver(options),
    baselines,
    deliveries,
  };
}

interface Module {
  readonly messages: readonly { readonly examples: readonly { readonly payload?: unknown }[] }[];
  readonly receiver: (options?: object) => Contest['receive'];
  readonly sign: (body: string, options: object) => Promise<Record<string, string>>;
}

function moduleOf(provider: string): Promise<Module> {
  return import(new URL(`../generated/${provider}/index.js`, import.meta.url).href);
}

/** One way to be measured: returns nanoseconds for one delivery. */
type Measure = (laps: number) => Promise<number>;

/** Measures what is called and waited for. */
const awaited =
  (entrant: Entrant, deliveries: readonly Delivery[]): Measure =>
  async (laps) => {
    const start = process.hrtime.bigint();
    for (let lap = 0; lap < laps; lap += 1) {
      for (const delivery of deliveries) await entrant(delivery);
    }
    return Number(process.hrtime.bigint() - start) / (laps * COPIES);
  };

/** Measures what is called. */
const plain =
  (entrant: Entrant, deliveries: readonly Delivery[]): Measure =>
  async (laps) => {
    const start = process.hrtime.bigint();
    for (let lap = 0; lap < laps; lap += 1) {
      for (const delivery of deliveries) entrant(delivery);
    }
    return Number(process.hrtime.bigint() - start) / (laps * COPIES);
  };

/** Measures all in turn, `receive` first in one round and last in the next; a list of the rounds for each. */
async function compete(measures: readonly Measure[]): Promise<number[][]> {
  const laps: number[] = [];
  for (const measure of measures) {
    await measure(300);
    laps.push(Math.ceil((ROUND_MS * 1e6) / ((await measure(100)) * COPIES)));
  }
  const times: number[][] = measures.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = [...measures.keys()];
    if (round % 2 === 1) order.reverse();
    for (const index of order) {
      const time = await measures[index]?.(laps[index] ?? 1);
      times[index]?.push(time ?? Number.NaN);
    }
  }
  return times;
}

/** Runs a contest; returns a line for each baseline. */
async function rowsOf({ title, target, receive, baselines, deliveries }: Contest) {
  for (const delivery of deliveries) {
    const { kind } = await receive(delivery);
    if (kind !== 'message') throw new Error(`${title}: a delivery is ${kind}`);
  }
  const named = Object.entries(baselines).flatMap(([name, entrant]) => [
    { name: `${name}, awaited`, measure: awaited(async (given) => entrant(given), deliveries) },
    { name, measure: plain(entrant, deliveries) },
  ]);
  const [ours = [], ...others] = await compete([
    awaited(receive, deliveries),
    ...named.map(({ measure }) => measure),
  ]);
  return others.map((times, index) => {
    const ratio = median(ours.map((time, round) => time / (times[round] ?? Number.NaN)));
    const verdict = index < 2 ? `${ratio <= target ? 'yes' : 'no'} (${target})` : '';
    return [
      title,
      named[index]?.name ?? '',
      median(ours).toFixed(0),
      median(times).toFixed(0),
      ratio.toFixed(2),
      verdict,
    ];
  });
}

const withHmac = { 'HMAC, decode, parse': hmacAndParse };
const both = { ...withHmac, 'decode, parse': parse };
const contests = [
  await contestOf('mews', 'its signature', 1.15, { secrets: [SECRET] }, withHmac),
  await contestOf('e-res', 'no options', 1.3, undefined, both),
  await contestOf('e-res', 'a header', 1.3, { headers: { 'X-Key': [SECRET] } }, both),
];

const rows = [];
for (const contest of contests) rows.push(...(await rowsOf(contest)));
printTable(
  [['delivery', 'baseline', 'receive, ns', 'baseline, ns', 'ratio', 'met'], ...rows],
  `medians of ${ROUNDS} rounds of ${ROUND_MS} ms each`,
);
