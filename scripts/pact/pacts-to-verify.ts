import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { JsonObject } from '../spec/model.js';
import { isObject, member } from '../spec/positions.js';
import { ContractBroken, reasonOf } from './contract-broken.js';
import { type Interaction, identityOf, interactionsOf, type Kind } from './interaction.js';
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

/** Reads the pacts of a folder that name a provider; throws where there is none, or one is no pact. */
export function readPacts(
  query: PactQuery,
  { pacts = PACTS, cwd = process.cwd() }: { readonly pacts?: string; readonly cwd?: string },
): PactToVerify[] {
  const folder = resolve(cwd, pacts);
  const names = existsSync(folder) ? readdirSync(folder).filter((one) => /\.json$/.test(one)) : [];
  const found = names.sort().flatMap((name) => {
    const file = join(folder, name);
    const title = relative(cwd, file);
    return selected({ title, file, json: readPact(file, title) }, query);
  });
  if (found.length > 0) return found;
  const { provider, consumer, kind } = query;
  const from = consumer === undefined ? '' : ` and the consumer ${consumer}`;
  throw new ContractBroken([
    `${relative(cwd, folder) || folder}: no pact has the provider ${provider}${from} and interactions of type ${kind}`,
  ]);
}

/** Returns a pact with its interactions where it is one of those asked for; throws where it holds none at all. */
export function selected(
  pact: Omit<PactToVerify, 'interactions'>,
  { provider, consumer, kind }: PactQuery,
): PactToVerify[] {
  const { title, json } = pact;
  if (member(json.provider, 'name') !== provider) return [];
  if (consumer !== undefined && member(json.consumer, 'name') !== consumer) return [];
  const all = json.interactions;
  if (!Array.isArray(all) || all.length === 0) {
    throw new ContractBroken([`${title}: the pact has no interactions`]);
  }
  const interactions = interactionsOf(json, kind);
  const identities = interactions.map(({ description, states }) => identityOf(description, states));
  const twin = interactions.find((_, index) => identities.indexOf(identities[index] ?? '') < index);
  if (twin !== undefined) {
    throw new ContractBroken([
      `${title}: two interactions bear the description "${twin.description}" and the same states`,
    ]);
  }
  return interactions.length === 0 ? [] : [{ ...pact, interactions }];
}

function readPact(file: string, title: string): JsonObject {
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isObject(json as never)) return json as JsonObject;
  } catch (error) {
    throw new ContractBroken([`${title}: this is not a pact: ${reasonOf(error)}`]);
  }
  throw new ContractBroken([`${title}: this is not a pact`]);
}
