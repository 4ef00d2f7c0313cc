import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { canonical } from '../generate/runtime/values.js';
import type { Json } from '../spec/model.js';
import { member } from '../spec/positions.js';

/** Which side's real code proved an interaction. */
export type Side = 'consumer' | 'producer';

/** One interaction that a side's real code was run by. */
export interface Proof {
  /** The hash of the interaction as the pact has it: a change of the interaction makes the proof void. */
  readonly interaction: string;
  readonly description: string;
  readonly by: Side;
}

/** Returns the file that holds the proofs of a pact: of the same name, in `results` beside the folder of pacts. */
export function resultsFile(pact: string): string {
  return join(dirname(dirname(pact)), 'results', basename(pact));
}

/** Returns the hash by which proofs name an interaction: the SHA-256 of its canonical JSON, in hex. */
export function interactionHash(interaction: Json): string {
  return createHash('sha256').update(canonical(interaction)).digest('hex');
}

/** Reads the proofs of a pact, an absolute path. What can't be read proves nothing, and is made again by the tests. */
export function readProofs(pact: string): Proof[] {
  const file = resultsFile(pact);
  if (!existsSync(file)) return [];
  let results: unknown;
  try {
    results = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
  const proofs = member(results, 'proofs');
  return (Array.isArray(proofs) ? proofs : []).flatMap((proof): Proof[] => {
    const interaction = member(proof, 'interaction');
    const description = member(proof, 'description');
    const by = member(proof, 'by');
    const isProof = typeof interaction === 'string' && typeof description === 'string';
    return isProof && (by === 'consumer' || by === 'producer')
      ? [{ interaction, description, by }]
      : [];
  });
}
