import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

// Registered once per test file that imports this one; an installed package takes a slow disk a while to remove.
afterAll(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
}, 120_000);

/**
 * Makes a folder outside the repository that is removed when the test file has ended; `files` are written
 * into it, by their paths.
 */
export function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'webhook-contracts-test-')));
  made.push(path);
  writeFiles(path, files);
  return path;
}

/** Writes files below a folder, by their paths. */
export function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): void {
  for (const [name, content] of Object.entries(files)) {
    const target = join(folder, name);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}
