import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { diff } from '../../scripts/compare/diff.js';
import type { Change } from '../../scripts/compare/findings.js';
import { defaultConfig } from '../../scripts/config/config.js';
import { undocumentedMembers } from '../../scripts/judge/undocumented.js';
import type { SpecDocument } from '../../scripts/spec/read-spec.js';
import { mutateSchema } from './mutate-schema.js';
import type { Any } from './pact-matching.js';
import { type Random, randomFrom } from './random.js';
import { documentOf } from './random-documents.js';
import { type RandomSchema, randomDelivery, randomSchema } from './random-schemas.js';

/** What many pairs of random documents came to. */
export interface FuzzedDiff {
  readonly pairs: number;
  readonly changes: Readonly<Record<Change['verdict'], number>>;
  /** Deliveries that one version allows and the other refuses, where the changes say that nobody is broken. */
  readonly missed: readonly object[];
  /** Breaks whose witness Ajv does not confirm. */
  readonly unconfirmed: readonly object[];
  /** Pairs of which only something that can't be judged is said though deliveries show that somebody is broken. */
  readonly unjudged: readonly object[];
  /** Pairs that deliveries show to break somebody. */
  readonly broken: number;
}

/** Holds what is said of pairs of random documents against deliveries that Ajv judges by both. */
export async function fuzzDiff({
  seed,
  pairs,
  deliveries = 60,
  areSplit = false,
}: {
  readonly seed: number;
  readonly pairs: number;
  readonly deliveries?: number;
  /** Whether documents have several messages, split or put together from one version to the next. */
  readonly areSplit?: boolean;
}): Promise<FuzzedDiff> {
  const changes = {
    'breaks consumers': 0,
    'breaks producers': 0,
    'breaks neither': 0,
    "can't be judged": 0,
  };
  const missed: object[] = [];
  const unconfirmed: object[] = [];
  const unjudged: object[] = [];
  let broken = 0;
  for (let at = 0; at < pairs; at += 1) {
    const random = randomFrom(seed + at);
    const pair = pairOf(random);
    const schemas = areSplit ? splitPair(pair, random) : pair.map((schema) => [schema]);
    const [olds = [], news = []] = schemas;
    const [old, now] = [documentOf(...olds), documentOf(...news)];
    const [oldTest, newTest] = [testOf(olds), testOf(news)];
    const found = await diff({ old, now }, defaultConfig);
    for (const { verdict, witness, rule } of found) {
      changes[verdict] += 1;
      if (witness === undefined) continue;
      const { payload } = witness.delivery;
      const [allows, refuses] =
        witness.allowedBy === 'old' ? [oldTest, newTest] : [newTest, oldTest];
      if (!allows(payload) || refuses(payload))
        unconfirmed.push({ seed: seed + at, rule, payload });
    }
    const verdicts = new Set(found.map(({ verdict }) => verdict));
    for (const [giving, judging, read, other, verdict] of [
      [oldTest, newTest, [olds, old], news, 'breaks producers'],
      [newTest, oldTest, [news, now], olds, 'breaks consumers'],
    ] as const) {
      const shown = Array.from({ length: deliveries }, () =>
        deliveryOf(random.pick(read[0]), random.pick(other), random),
      ).find((delivery) => giving(delivery) && !judging(delivery) && isSent(delivery, ...read));
      if (shown === undefined) continue;
      broken += 1;
      const note = {
        seed: seed + at,
        verdict,
        shown,
        found: found.map((one) => `${one.rule}: ${one.verdict}`),
      };
      if (verdicts.has(verdict)) continue;
      if (verdicts.has("can't be judged")) unjudged.push(note);
      else missed.push(note);
    }
  }
  return { pairs, changes, missed, unconfirmed, unjudged, broken };
}

function pairOf(random: Random): readonly [RandomSchema, RandomSchema] {
  const schema = randomSchema(random);
  const mutant = mutateSchema(schema, 1 + random.below(3), random);
  return random.below(2) === 0 ? [schema, mutant] : [mutant, schema];
}

/** The messages of a version: each takes some values of a member that tells them apart. */
function splitPair(pair: readonly RandomSchema[], random: Random): RandomSchema[][] {
  const schemas = Object.assign({}, ...pair.map((one) => one.schemas));
  return pair.map(() => {
    const groups: string[][] = [[], [], []];
    for (const kind of ['placed', 'changed', 'cancelled']) random.pick(groups).push(kind);
    return groups
      .filter((kinds) => kinds.length > 0)
      .map((kinds) => ({ payload: tagged(random.pick(pair).payload, kinds), schemas }));
  });
}

function tagged(payload: Any, kinds: readonly string[]): Any {
  const event = kinds.length === 1 ? { const: kinds[0] } : { enum: kinds };
  if (payload.properties === undefined) {
    return { allOf: [{ type: 'object', required: ['event'], properties: { event } }, payload] };
  }
  return {
    ...payload,
    properties: { ...payload.properties, event },
    required: [...(payload.required ?? []), 'event'],
  };
}

/** Makes a delivery by one version; now and then a value by the other one. */
function deliveryOf(schema: RandomSchema, other: RandomSchema, random: Random): Any {
  return randomDelivery(random.below(4) === 0 ? other : schema, random);
}

/** Tells whether somebody who keeps to a document sends it: without members that it does not describe. */
function isSent(
  delivery: Any,
  schemas: readonly RandomSchema[],
  { document, spec }: SpecDocument,
): boolean {
  return schemas.some((schema, index) => {
    const json = spec.messages[index]?.payload?.json;
    return testOf([schema])(delivery) && undocumentedMembers(document, json, delivery).length === 0;
  });
}

function testOf(all: readonly RandomSchema[]): (delivery: Any) => boolean {
  const tests = all.map(testOfOne);
  return (delivery) => tests.some((test) => test(delivery));
}

function testOfOne({ payload, schemas }: RandomSchema): (delivery: Any) => boolean {
  const ajv = new Ajv({ strict: false, allErrors: false });
  addFormats.default(ajv);
  const root = {
    ...(typeof payload === 'object' ? { allOf: [payload] } : {}),
    components: { schemas },
  };
  const validate = ajv.compile(root);
  return (delivery) => delivery !== undefined && validate(delivery);
}
