import { join } from 'node:path';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { contentOf } from './folder-snapshot.js';
import { type Outcome, runCommandLine } from './run-command-line.js';
import { goodDocument } from './small-documents.js';
import { temporaryFolder } from './temporary-folder.js';

/** A repository with two documents, in a home folder of its own; both are made anew for every test. */
export interface OutputRepository {
  /** The folders of this test: the home folder, and the repository in it that is worked in. */
  readonly place: { home: string; cwd: string };
  /** Returns the path of something in the repository. */
  readonly at: (...steps: readonly string[]) => string;
  /** Runs `generate` in the repository. */
  readonly generate: (...args: readonly string[]) => Promise<Outcome>;
  /** Expects a run to end with this exit and these words, and to change nothing in the home folder. */
  readonly refused: (args: readonly string[], exit: 1 | 2, words: string | RegExp) => Promise<void>;
}

/** Makes such a repository before each test of a file. */
export function outputRepository(): OutputRepository {
  const place = { home: '', cwd: '' };
  const generate = (...args: readonly string[]) =>
    runCommandLine(['generate', ...args], { cwd: place.cwd });
  beforeEach(() => {
    place.home = temporaryFolder({
      'victim.txt': 'precious',
      'repo/specs/one.asyncapi.yaml': goodDocument,
      'repo/specs/two.asyncapi.yaml': goodDocument,
    });
    place.cwd = join(place.home, 'repo');
    vi.stubEnv('HOME', place.home);
    vi.stubEnv('USERPROFILE', place.home);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  return {
    place,
    at: (...steps) => join(place.cwd, ...steps),
    generate,
    refused: async (args, exit, words) => {
      const before = contentOf(place.home);
      const { code, stdout, stderr } = await generate(...args);
      expect(stderr).toMatch(words);
      expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
      expect(contentOf(place.home)).toEqual(before);
    },
  };
}
