import type { Config } from '../config/config.js';
import type { Location } from '../problems/problem.js';
import { compare } from './compare.js';
import { judgementsOf } from './difference.js';
import { type Change, changeOf, type Locating } from './findings.js';
import { lonelyDocument } from './lonely-documents.js';
import type { Versions } from './versions.js';

/**
 * Lists what changed between two versions of a document, the gravest first: whom it breaks, with a delivery that both
 * versions have judged. `nameOld` names the files of the older one in places; `oldConfig` is the configuration that it had.
 */
export async function diff(
  { old, now }: Versions,
  config: Config,
  {
    nameOld = (file) => file,
    oldConfig = config,
  }: { readonly nameOld?: (file: string) => string; readonly oldConfig?: Config } = {},
): Promise<Change[]> {
  const either = now ?? old;
  if (either === undefined) return [];
  const locating: Locating = {
    now: now?.locate,
    old: old && ((pointer) => inFile(old.locate(pointer), nameOld)),
  };
  const differences =
    old !== undefined && now !== undefined
      ? compare(old, now, config, oldConfig)
      : [lonelyDocument(either, now === undefined ? 'old' : 'new')];
  const about = { spec: either.spec.name, ignore: config.diff.ignore };
  const changes: Change[] = [];
  for (const difference of differences) {
    for (const judgement of await judgementsOf(difference)) {
      changes.push(changeOf(difference, judgement, locating, about));
    }
  }
  return changes.sort((one, other) => gravityOf(one) - gravityOf(other));
}

function inFile(place: Location, nameOf: (file: string) => string): Location {
  return { ...place, file: nameOf(place.file) };
}

const GRAVITY: readonly Change['verdict'][] = [
  'breaks consumers',
  'breaks producers',
  "can't be judged",
  'breaks neither',
];

function gravityOf({ verdict, ignored }: Change): number {
  return ignored === undefined ? GRAVITY.indexOf(verdict) : GRAVITY.length;
}
