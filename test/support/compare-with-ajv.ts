import { identifierOf } from '../../scripts/generate/names.js';
import { createJudge } from '../../scripts/judge/judge.js';
import { readSpec } from '../../scripts/spec/read-spec.js';
import { ajvValidators } from './ajv-validators.js';
import { generatedModule } from './generated-module.js';
import { payloadMutator } from './mutate-payload.js';
import { randomFrom } from './random.js';
import { root } from './repository.js';

/** What came of judging many payloads by every message of a document, by Ajv and by us. */
export interface Comparison {
  readonly payloads: number;
  /** How often Ajv accepted a payload as one of the messages. */
  readonly accepted: number;
  readonly rejected: number;
  /** Where verdicts differ: the first few, each with its payload as JSON. */
  readonly differences: readonly string[];
}

/**
 * Judges mutated examples by every message of a provider's document: the validators in memory, the guards of
 * the generated module, and `check` must say what Ajv says of the schemas as they stand in the document.
 */
export async function compareWithAjv(
  provider: string,
  { count, seed }: { count: number; seed: number },
): Promise<Comparison> {
  const { document, validators } = ajvValidators(provider);
  const { spec } = readSpec(`specs/${provider}.asyncapi.yaml`, { cwd: root });
  if (spec === undefined) throw new Error(`the document of ${provider} has errors`);
  const judge = createJudge(spec);
  const generated = await generatedModule(provider);
  const ours = new Map(judge.messages.map(({ name, payload }) => [name, payload]));
  const seeds = Object.values(document.components.messages).flatMap(({ examples }) =>
    examples.map(({ payload }) => payload),
  );
  const words = ['word' as never, ...constantsOf(document)];
  const next = payloadMutator(seeds, words, randomFrom(seed));

  const differences: string[] = [];
  let accepted = 0;
  let rejected = 0;
  for (let index = 0; index < count; index += 1) {
    const payload = next();
    const fitting = new Set<string>();
    const differ = (what: string, wanted: unknown, found: unknown) => {
      if (found === wanted || differences.length >= 10) return;
      differences.push(`${what}: ${found}, Ajv: ${wanted}, for ${JSON.stringify(payload)}`);
    };
    for (const { name, validate } of validators) {
      const wanted = validate(payload);
      if (wanted) fitting.add(name);
      differ(`${name} in memory`, wanted, ours.get(name)?.(payload));
      differ(`${name} generated`, wanted, generated.guards[`is${identifierOf(name)}`]?.(payload));
    }
    for (const check of [judge.check, generated.check]) {
      const result = check(payload);
      differ('check', fitting.size > 0, result.ok);
      if (result.ok) differ('the message found', true, fitting.has(result.message));
    }
    if (fitting.size > 0) accepted += 1;
    else rejected += 1;
  }
  return { payloads: count, accepted, rejected, differences };
}

/** Collects every constant, and every text of an enum, that a document's schemas hold. */
function constantsOf(value: unknown): never[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, held]) => {
    if (name === 'const') return [held as never];
    if (name === 'enum' && Array.isArray(held)) return held as never[];
    return constantsOf(held);
  });
}
