import { isDeepStrictEqual } from 'node:util';
import { expectedBody } from './expected-body.js';
import { type FuzzedProvider, fuzzedProvider, type Received } from './fuzzed-provider.js';
import { mutatedBytes } from './mutate-bytes.js';
import { payloadMutator } from './mutate-payload.js';
import { mutatedText, randomText } from './mutate-text.js';
import { type Random, randomFrom } from './random.js';

/** What came of many requests. */
export interface FuzzFigures {
  /** How many were a message, no message that the document knows, or refused; by kind and code. */
  readonly counts: Readonly<Record<string, number>>;
  /** What should not have been: the first few, in words. */
  readonly faults: readonly string[];
}

/** Sends examples with header values that are random, or near a right one. */
export async function fuzzHeaders(
  name: string,
  { count, seed }: { count: number; seed: number },
): Promise<FuzzFigures> {
  const provider = await fuzzedProvider(name);
  const random = randomFrom(seed);
  const bodies = provider.examples.map(({ payload, headers }) => ({
    bytes: new TextEncoder().encode(JSON.stringify(payload)),
    headers,
  }));
  return tally(provider, count, () => {
    const { bytes, headers } = random.pick(bodies);
    const signed = random.below(8) === 0 ? random.pick(bodies).bytes : bytes;
    const value =
      random.below(2) === 0
        ? randomText(random)
        : mutatedText(provider.proofOf(signed, random), random);
    return {
      bytes,
      value,
      given: withHeader(provider.header, value, headers, random),
      body: bytes,
    };
  });
}

/** Sends mutated examples, three of four with the right header for the bytes that are sent. */
export async function fuzzBodies(
  name: string,
  { count, seed }: { count: number; seed: number },
): Promise<FuzzFigures> {
  const provider = await fuzzedProvider(name);
  const random = randomFrom(seed);
  const next = payloadMutator(
    provider.examples.map(({ payload }) => payload),
    ['word'],
    random,
  );
  return tally(provider, count, () => {
    const { payload, headers } = random.pick(provider.examples);
    const held = random.below(2) === 0 ? payload : next();
    const text = JSON.stringify(held, null, random.pick([0, 0, 2]));
    const signed = new TextEncoder().encode(text);
    const bytes = mutatedBytes(signed, random);
    const value = provider.proofOf(random.below(4) === 0 ? signed : bytes, random);
    const given = withHeader(provider.header, value, headers, random);
    return { bytes, value, given, body: inSomeForm(bytes, random) };
  });
}

interface Attempt {
  readonly bytes: Uint8Array;
  readonly value: string;
  readonly given: object;
  /** The bytes, in one of the forms that `receive` takes. */
  readonly body: unknown;
}

async function tally(
  provider: FuzzedProvider,
  count: number,
  next: () => Attempt,
): Promise<FuzzFigures> {
  const counts: Record<string, number> = {};
  const faults: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const attempt = next();
    let kind = 'thrown';
    let fault: string | undefined;
    try {
      const result = await provider.receive({ headers: attempt.given, body: attempt.body });
      kind = result.problems?.[0]?.code ?? result.kind;
      fault = faultOf(provider, attempt, result);
    } catch (error) {
      fault = `it threw ${error}`;
    }
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (fault === undefined || faults.length >= 10) continue;
    const body = Buffer.from(attempt.bytes).toString('latin1').slice(0, 500);
    faults.push(`${fault}: ${JSON.stringify({ header: attempt.value, body })}`);
  }
  return { counts, faults };
}

/** Says what is wrong with a result, by an oracle that shares nothing with the receiver but `check`. */
function faultOf(
  { check, isProof }: FuzzedProvider,
  { bytes, value, given }: Attempt,
  { kind, message, payload, problems = [] }: Received,
): string | undefined {
  const code = problems[0]?.code ?? '';
  const isRefused = code.startsWith('credentials.');
  if (!isProof(value, bytes)) return isRefused ? undefined : `${kind} without a right header`;
  if (isRefused) return `${code} with a right header`;
  const { codes, read } = expectedBody(bytes);
  if (codes.includes(code)) return undefined;
  if (read === undefined) return `${code || kind}, not ${codes}`;
  const verdict = check(read.payload, given);
  if (!verdict.ok) {
    const wanted = verdict.problems[0]?.code;
    return code === wanted ? undefined : `${code || kind}, not ${wanted}`;
  }
  if (kind !== 'message' || message !== verdict.message) return `${code || kind}, not a message`;
  return isDeepStrictEqual(payload, read.payload) ? undefined : 'another payload';
}

/** Puts a value into headers, in one of the forms that they come in. */
function withHeader(name: string, value: string, others = {}, random: Random): object {
  const rest = Object.entries(others).filter(([other]) => other !== name);
  const spelt = random.pick([name, name.toLowerCase(), name.toUpperCase()]);
  return random.pick([
    () => Object.fromEntries([...rest, [spelt, value]]),
    () => Object.fromEntries([...rest, [spelt, [value]]]),
    () => [...rest, [spelt, value]],
    () => new Map([...rest, [spelt, value]] as [string, unknown][]),
  ])();
}

/** Gives bytes as they are, as a buffer, or in pieces. */
function inSomeForm(bytes: Uint8Array, random: Random): unknown {
  const at = random.below(bytes.length + 1);
  return random.pick([
    () => bytes,
    () => new Uint8Array(bytes).buffer,
    () => pieces([bytes]),
    () => pieces([bytes.subarray(0, at), bytes.subarray(at)]),
  ])();
}

async function* pieces(list: readonly Uint8Array[]) {
  yield* list;
}
