import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Json, JsonObject } from '../spec/model.js';
import { isObject, member } from '../spec/positions.js';
import { ContractBroken, reasonOf } from './contract-broken.js';
import { type Interaction, interactionsOf, type Kind } from './interaction.js';
import { PACTS } from './pact-folder.js';

/** A pact that a side's code is to be verified by. */
export interface PactToVerify {
  /** What it is called in words. */
  readonly title: string;
  /** Its file; undefined where it comes from a broker. */
  readonly file: string | undefined;
  readonly json: JsonObject;
  readonly interactions: readonly Interaction[];
}

/** Which pacts are asked for. */
export interface PactQuery {
  /** Pact's provider: whoever is verified. */
  readonly provider: string;
  /** Pact's consumer; all of them where it is left out. */
  readonly consumer: string | undefined;
  readonly kind: Kind;
}

/** Reads the pacts of a folder that are asked for; throws where there is none, or one is no JSON object. */
export function readPacts(
  query: PactQuery,
  { pacts = PACTS, cwd = process.cwd() }: { readonly pacts?: string; readonly cwd?: string },
): PactToVerify[] {
  const folder = resolve(cwd, pacts);
  const names = existsSync(folder) ? readdirSync(folder).filter((one) => /\.json$/.test(one)) : [];
  const all = names.sort().map((name) => {
    const file = join(folder, name);
    const title = relative(cwd, file);
    const json = readJson(file, title);
    return { title, file, json, interactions: interactionsOf(json) };
  });
  return selected(all, query, relative(cwd, folder) || folder);
}

/** Returns those that are asked for of the pacts of a place; throws, and says which there are, where there is none. */
export function selected(
  pacts: readonly PactToVerify[],
  { provider, consumer, kind }: PactQuery,
  place: string,
): PactToVerify[] {
  const ofKind = pacts.filter((pact) => !isOfOtherKinds(pact, kind));
  const found = ofKind.filter(
    ({ json }) =>
      nameIn(json, 'provider') === provider &&
      (consumer === undefined || nameIn(json, 'consumer') === consumer),
  );
  if (found.length > 0) return found;
  const from = consumer === undefined ? '' : ` and the consumer ${consumer}`;
  const others = ofKind
    .filter(isNamed)
    .map(
      ({ json }) =>
        `the provider ${nameIn(json, 'provider')} and the consumer ${nameIn(json, 'consumer')}`,
    );
  const hint =
    others.length === 0 ? '' : `; there are those of ${[...new Set(others)].join(', of ')}`;
  throw new ContractBroken([
    `${place}: no pact has the provider ${provider}${from} and interactions of type ${kind}${hint}`,
  ]);
}

function isNamed({ json }: PactToVerify): boolean {
  return nameIn(json, 'provider') !== undefined && nameIn(json, 'consumer') !== undefined;
}

const KINDS = new Set(['Asynchronous/Messages', 'Synchronous/HTTP', 'Synchronous/Messages']);

/** Tells whether a pact has interactions, all of other kinds; one that can't be read is of any kind. */
function isOfOtherKinds({ interactions }: PactToVerify, kind: Kind): boolean {
  return (
    interactions.length > 0 && interactions.every(({ type }) => type !== kind && KINDS.has(type))
  );
}

function nameIn(json: JsonObject, role: 'consumer' | 'provider'): Json | undefined {
  return member(json[role], 'name');
}

function readJson(file: string, title: string): JsonObject {
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isObject(json as never)) return json as JsonObject;
  } catch (error) {
    throw new ContractBroken([`${title}: this is not a pact: ${reasonOf(error)}`]);
  }
  throw new ContractBroken([`${title}: this is not a pact`]);
}
