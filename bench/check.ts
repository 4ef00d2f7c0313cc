/**
 * Measures the generated `check` beside Ajv with ajv-formats, in one run: `npm run bench`. How to read what it
 * prints: bench/README.md.
 */
import { ajvValidators } from '../test/support/ajv-validators.js';
import { generatedModule } from '../test/support/generated-module.js';
import { median, printTable } from './table.js';

/** How long `check` may take, of Ajv's time. */
const TARGET = 0.35;
const ROUNDS = 15;
const ROUND_MS = 40;
/** How many copies of a payload take turns, so that none is a constant to the engine. */
const COPIES = 64;

interface Contest {
  readonly title: string;
  readonly isValid: boolean;
  readonly ours: (payload: unknown) => boolean;
  readonly ajv: (payload: unknown) => boolean;
  readonly payloads: readonly unknown[];
}

type Change = (payload: never) => void;

/** Prepares a contest over the first example of a message, as it is or changed to be invalid. */
async function contestOf(
  provider: string,
  name: string,
  what: string,
  change?: Change,
): Promise<Contest> {
  const { check, messages } = await generatedModule(provider);
  const example = messages.find((message) => message.name === name)?.examples[0]?.payload;
  const { validators } = ajvValidators(provider);
  const validate = validators.find((validator) => validator.name === name)?.validate;
  if (example === undefined || validate === undefined) throw new Error(`${name}: no such message`);
  const payloads = Array.from({ length: COPIES }, () => {
    const payload = JSON.parse(JSON.stringify(example)) as never;
    change?.(payload);
    return payload;
  });
  return {
    title: `${provider} ${name}, ${what}`,
    isValid: change === undefined,
    ours: (payload) => check(payload).ok,
    ajv: validate,
    payloads,
  };
}

/** Runs a judge over the payloads a number of times; returns nanoseconds for one verdict. */
function measure(
  judge: (payload: unknown) => boolean,
  { payloads, isValid }: Contest,
  laps: number,
): number {
  let accepted = 0;
  const start = process.hrtime.bigint();
  for (let lap = 0; lap < laps; lap += 1) {
    for (let index = 0; index < COPIES; index += 1) if (judge(payloads[index])) accepted += 1;
  }
  const end = process.hrtime.bigint();
  if (accepted !== (isValid ? laps * COPIES : 0)) throw new Error('a verdict is wrong');
  return Number(end - start) / (laps * COPIES);
}

/** Measures both judges in turn; returns the median of the rounds of each, and of their ratios. */
function compete(contest: Contest): { ours: number; ajv: number; ratio: number } {
  const lapsOf = (judge: Contest['ours']) => {
    measure(judge, contest, 2_000);
    return Math.ceil((ROUND_MS * 1e6) / (measure(judge, contest, 500) * COPIES));
  };
  const laps = { ours: lapsOf(contest.ours), ajv: lapsOf(contest.ajv) };
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    const time = (who: 'ours' | 'ajv') => measure(contest[who], contest, laps[who]);
    if (round % 2 === 0) {
      const ours = time('ours');
      return { ours, ajv: time('ajv') };
    }
    const ajv = time('ajv');
    return { ours: time('ours'), ajv };
  });
  return {
    ours: median(rounds.map(({ ours }) => ours)),
    ajv: median(rounds.map(({ ajv }) => ajv)),
    ratio: median(rounds.map(({ ours, ajv }) => ours / ajv)),
  };
}

const total = 'order.total.updated';
const contests = [
  await contestOf('mews', total, 'valid'),
  await contestOf('e-res', 'reservation.saved', 'valid'),
  await contestOf('mews', total, 'a wrong date-time', ((payload: {
    data: { attributes: { updatedAt: string } };
  }) => {
    payload.data.attributes.updatedAt = '2025-02-30T09:41:30Z';
  }) as Change),
  await contestOf('mews', total, 'a wrong type', ((payload: { data: { id: unknown } }) => {
    payload.data.id = 1;
  }) as Change),
  await contestOf('e-res', 'reservation.saved', 'a member missing', ((payload: { id?: string }) => {
    delete payload.id;
  }) as Change),
];

const rows = contests.map((contest) => {
  const { ours, ajv, ratio } = compete(contest);
  const isMet = contest.isValid ? (ratio <= TARGET ? 'yes' : 'no') : '';
  return [contest.title, ours.toFixed(0), ajv.toFixed(0), ratio.toFixed(2), isMet];
});
printTable(
  [['delivery', 'check, ns', 'Ajv, ns', 'ratio', `<= ${TARGET}`], ...rows],
  `medians of ${ROUNDS} rounds of ${ROUND_MS} ms each`,
);
