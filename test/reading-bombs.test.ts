/**
 * Whatever the document, reading it ends: with a problem or with none, never by a signal, within 512 MB.
 * Each runs in a process of its own, which is ended after a minute.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readingBombs } from './support/reading-bombs.js';
import { inRepository } from './support/repository.js';
import { runProgram } from './support/run-program.js';
import { temporaryFolder } from './support/temporary-folder.js';
import { unsafeOutput } from './support/unsafe-output.js';

const bombs = readingBombs();

it.concurrent.each(bombs.map((bomb) => [bomb.name, bomb] as const))(
  '%s',
  async (_, { files, code, warning }) => {
    const cwd = temporaryFolder(files);
    const [file = ''] = Object.keys(files);
    const outcome = await runProgram(
      process.execPath,
      [
        '--max-old-space-size=512',
        '--import',
        import.meta.resolve('tsx'),
        inRepository('scripts', 'cli.ts'),
        ...['generate', file, '--out', 'out', '--no-color'],
      ],
      { cwd, timeout: 50_000 },
    );
    rmSync(join(cwd, file));
    const [first = ''] = outcome.stderr.split('\n');
    const said = code === undefined ? warning && `warning ${warning}` : `error ${code}`;
    expect({ code: outcome.code, first: first.slice(0, 300) }).toEqual({
      code: code === undefined ? 0 : 1,
      first:
        said === undefined ? '' : expect.stringMatching(new RegExp(`^[^:]+:\\d+:\\d+ ${said} `)),
    });
    expect(unsafeOutput(outcome.stdout + outcome.stderr)).toEqual([]);
  },
);
