import { lstatSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Plan } from '../../scripts/generate/plan.js';
import { contentOf } from './folder-snapshot.js';

/** The files of an output folder in each state that tests tell apart. */
const files = Array.from({ length: 12 }, (_, index) => `folder-${index % 3}/file-${index}.js`);

/** A file that no run writes. */
export const notes = { 'folder-0/notes.txt': 'mine' };

/** Plans to write every file of the output, whatever is there. */
export function changesTo(state: string): Plan {
  return {
    changes: Object.entries(contentIn(state)).map(([path, text]) => ({
      kind: 'write',
      path,
      text,
      isNew: false,
    })),
    problems: [],
  };
}

/** What the files hold in a state; every one of them says which it is. */
export function contentIn(state: string): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file, `${state} ${'x'.repeat(2_000)}\n`]));
}

/** Tells which state an output folder is in: `absent`, or, where it is neither, what it holds. */
export function stateOf(out: string, states: readonly string[]): unknown {
  if (lstatSync(out, { throwIfNoEntry: false }) === undefined) return 'absent';
  const found = contentOf(out);
  const { 'folder-0/notes.txt': note, ...generated } = found;
  const same = (state: string) => {
    const wanted = Object.entries(contentIn(state));
    return (
      wanted.length === Object.keys(generated).length &&
      wanted.every(([path, text]) => generated[path] === text)
    );
  };
  const state = states.find(same);
  return state !== undefined && note === notes['folder-0/notes.txt'] ? state : found;
}

/** Lists what stands beside an output folder. */
export function besides(out: string): string[] {
  return readdirSync(dirname(out)).filter((name) => name !== basename(out));
}
