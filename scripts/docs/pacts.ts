import { type Coverage, coverageOf, sidesOf } from '../contract/coverage.js';
import type { Judged } from '../contract/verify-pacts.js';
import type { Json, Message } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { itemPath, memberPath } from './content/paths.js';

/** What pacts say about the messages of the documents. */
export interface PactView {
  /** Whether there are any. */
  readonly isThere: boolean;
  /** Lists what is known of a message, for each consumer and producer that have pacts about its document. */
  readonly coverageOf: (read: SpecDocument, message: Message) => readonly Coverage[];
  /** Lists the consumers whose pacts hold the field of a message at a path. */
  readonly consumersOf: (message: Message, path: string) => readonly string[];
}

/** What is known where there are no pacts. */
export const noPacts: PactView = { isThere: false, coverageOf: () => [], consumersOf: () => [] };

/** Collects what pacts say about the messages of documents. */
export function viewPacts(judged: readonly Judged[], specs: readonly SpecDocument[]): PactView {
  const coverage = coverageOf(judged, specs).filter(({ consumer }) => consumer !== undefined);
  const relied = new Map<Message, Map<string, Set<string>>>();
  for (const one of judged) {
    const { interaction, linked } = one;
    if (interaction.kind !== 'message' || interaction.contents.value === undefined) continue;
    const byPath = relied.get(linked.message) ?? new Map<string, Set<string>>();
    relied.set(linked.message, byPath);
    const { consumer } = sidesOf(one);
    for (const path of new Set(pathsIn(interaction.contents.value, ''))) {
      byPath.set(path, (byPath.get(path) ?? new Set()).add(consumer));
    }
  }
  return {
    isThere: true,
    coverageOf: ({ spec }, { name }) =>
      coverage.filter((one) => one.document === spec.file && one.message === name),
    consumersOf: (message, path) => [...(relied.get(message)?.get(path) ?? [])],
  };
}

/** Lists the paths of a value and of all in it, as field tables write them. */
function pathsIn(value: Json, path: string): string[] {
  const inner = Array.isArray(value)
    ? value.flatMap((item) => pathsIn(item, itemPath(path)))
    : isObject(value)
      ? Object.entries(value).flatMap(([name, held]) => pathsIn(held, memberPath(path, name)))
      : [];
  return path === '' ? inner : [path, ...inner];
}
