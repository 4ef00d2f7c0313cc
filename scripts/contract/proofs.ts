import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { canonical } from '../generate/runtime/values.js';
import type { Json } from '../spec/model.js';
import { isObject, member } from '../spec/positions.js';

/** Whose real code stood behind interactions: by their hashes. */
export type Proofs = ReadonlyMap<string, ReadonlySet<'consumer' | 'producer'>>;

/** Returns where the results of running code against a pact are kept: in `results/`, beside the folder of pacts. */
export function resultsFile(pact: string): string {
  return join(dirname(pact), '..', 'results', basename(pact));
}

/** Returns the hash by which results name an interaction: a change of the interaction makes them void. */
export function interactionHash(interaction: Json): string {
  return createHash('sha256').update(canonical(interaction)).digest('hex');
}

/** Reads what running code has proved about the interactions of a pact; nothing where nothing was kept. */
export function readProofs(pact: string, cwd: string): Proofs {
  const file = resolve(cwd, resultsFile(pact));
  const proofs = new Map<string, Set<'consumer' | 'producer'>>();
  if (!existsSync(file)) return proofs;
  let results: unknown;
  try {
    results = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Results are made again by the next run of the tests; broken ones prove nothing.
    return proofs;
  }
  const list = isObject(results) ? member(results, 'proofs') : undefined;
  for (const proof of Array.isArray(list) ? list : []) {
    const hash = member(proof, 'interaction');
    const by = member(proof, 'by');
    if (typeof hash !== 'string' || (by !== 'consumer' && by !== 'producer')) continue;
    proofs.set(hash, (proofs.get(hash) ?? new Set()).add(by));
  }
  return proofs;
}
