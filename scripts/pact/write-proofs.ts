import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  interactionHash,
  type Proof,
  readProofs,
  resultsFile,
  type Side,
} from '../contract/proofs.js';
import type { JsonObject } from '../spec/model.js';

/**
 * Replaces what one side proved of some interactions of a pact, all those of `held` unless said otherwise; other proofs
 * stay, as far as the pact still holds what they are about.
 */
export function writeProofs(
  pactFile: string,
  by: Side,
  proved: readonly JsonObject[],
  held: readonly JsonObject[],
  judged = held,
): void {
  const hashes = new Set(held.map(interactionHash));
  const replaced = new Set(judged.map(interactionHash));
  const proofs = [
    ...readProofs(pactFile).filter(
      (proof) =>
        hashes.has(proof.interaction) && !(proof.by === by && replaced.has(proof.interaction)),
    ),
    ...proved.map((one) => ({
      interaction: interactionHash(one),
      description: String(one.description),
      by,
    })),
  ];
  write(pactFile, proofs);
}

/** Takes back what one side proved of a pact: its code has failed since. */
export function forgetProofs(pactFile: string, by: Side): void {
  const proofs = readProofs(pactFile);
  const left = proofs.filter((proof) => proof.by !== by);
  if (left.length < proofs.length) write(pactFile, left);
}

function write(pactFile: string, proofs: readonly Proof[]): void {
  const key = ({ description, by, interaction }: Proof) =>
    JSON.stringify([description, by, interaction]);
  const sorted = proofs.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
  replaceFile(resultsFile(pactFile), `${JSON.stringify({ proofs: sorted }, null, 2)}\n`);
}

/** Writes a file at once: whoever reads it finds the old text or the new one. */
export function replaceFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}.new`;
  writeFileSync(fresh, text);
  renameSync(fresh, path);
}
