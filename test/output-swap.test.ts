/** Every step of the file system at which a run may be killed or refused, one after the other. */
import { cpSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { writeOutput } from '../scripts/generate/write-output.js';
import { CannotRun } from '../scripts/problems/problem.js';
import { besides, changesTo, notes, stateOf } from './support/output-states.js';
import { temporaryFolder, writeFiles } from './support/temporary-folder.js';

/** Counts the calls that change the disk, and may stop them: `stop` returns what such a call throws. */
const disk = vi.hoisted(() => ({
  calls: 0,
  stop: (_call: number, _name: string, _args: readonly unknown[]): Error | undefined => undefined,
}));

vi.mock('node:fs', async (original) => {
  const real = await original<Record<string, unknown>>();
  const changing =
    /^(chmod|chown|close|copyFile|link|mkdir|open|rename|rm|rmdir|symlink|utimes|writeFile)Sync$/;
  const stoppable = ([name, call]: [string, unknown]) => {
    if (!changing.test(name) || typeof call !== 'function') return [name, call];
    const checked = (...args: unknown[]) => {
      disk.calls += 1;
      const error = disk.stop(disk.calls, name, args);
      if (error !== undefined) throw error;
      return call(...args);
    };
    return [name, checked];
  };
  return Object.fromEntries(Object.entries(real).map(stoppable));
});

afterEach(() => {
  disk.stop = () => undefined;
  vi.restoreAllMocks();
});

/** Runs with the disk as `stop` lets it be; returns the error of the run, and how many calls it made. */
async function writeWith(out: string, stop: typeof disk.stop) {
  disk.calls = 0;
  disk.stop = stop;
  const error = await writeOutput(out, () => changesTo('new'), '/').then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const { calls } = disk;
  disk.stop = () => undefined;
  return { error, calls };
}

/** Makes a folder with an output in state `old`, or with none. */
async function folderWith(state: 'old' | 'absent'): Promise<string> {
  const out = join(temporaryFolder(), 'made', 'out');
  if (state === 'absent') return out;
  writeFiles(out, notes);
  await writeOutput(out, () => changesTo('old'), '/');
  return out;
}

/** Counts the calls of a run that nothing stops. */
async function callsOfRun(): Promise<number> {
  const { error, calls } = await writeWith(await folderWith('old'), () => undefined);
  expect(error).toBeUndefined();
  return calls;
}

describe('killed before any of its calls', () => {
  it('a run leaves the old state, the new one, or none, and the next run ends what it began', async () => {
    const seen = new Set<unknown>();
    const calls = await callsOfRun();
    for (let last = 1; last <= calls; last += 1) {
      for (const next of ['same', 'none'] as const) {
        const out = await folderWith('old');
        const { ino } = lstatSync(join(out, 'folder-0', 'notes.txt'));
        await writeWith(out, (call) => (call >= last ? new Error('killed') : undefined));
        const state = stateOf(out, ['old', 'new']);
        seen.add(state);
        for (const name of besides(out)) expect(name).toMatch(/^\.out\.webhook-contracts-/);

        processIsGone();
        const plan = () => (next === 'same' ? changesTo('new') : { changes: [], problems: [] });
        await writeOutput(out, plan, '/');
        const expected = next === 'same' || state === 'new' ? 'new' : 'old';
        expect(stateOf(out, ['old', 'new']), `killed before call ${last}`).toBe(expected);
        expect(lstatSync(join(out, 'folder-0', 'notes.txt')).ino).toBe(ino);
        expect(besides(out), `killed before call ${last}`).toEqual([]);
      }
    }
    expect(seen).toEqual(new Set(['old', 'absent', 'new']));
  });
});

describe('where folders can not be renamed, as those of a container image', () => {
  const refusesToRename = (out: string): typeof disk.stop => {
    return (_, name, [from, to]) =>
      name === 'renameSync' && from === out && String(to).endsWith('-old')
        ? Object.assign(new Error('no'), { code: 'EXDEV' })
        : undefined;
  };

  it('a run replaces the folder, and one that is killed is undone by the next', async () => {
    const whole = await folderWith('old');
    const { error, calls } = await writeWith(whole, refusesToRename(whole));
    expect(error).toBeUndefined();
    expect(stateOf(whole, ['new'])).toBe('new');
    expect(besides(whole)).toEqual([]);
    for (let last = 1; last <= calls; last += 1) {
      const out = await folderWith('old');
      const refuses = refusesToRename(out);
      await writeWith(out, (call, ...rest) =>
        call >= last ? new Error('killed') : refuses(call, ...rest),
      );
      const state = stateOf(out, ['old', 'new']);
      expect(['old', 'new', 'absent'], `killed before call ${last}`).toContain(state);
      processIsGone();
      await writeOutput(out, () => ({ changes: [], problems: [] }), '/');
      expect(stateOf(out, ['old', 'new'])).toBe(state === 'new' ? 'new' : 'old');
      expect(besides(out), `killed before call ${last}`).toEqual([]);
    }
  });

  it('what is left of a folder that was being removed is made whole again', async () => {
    const out = await folderWith('old');
    cpSync(out, join(out, '..', '.out.webhook-contracts-copy'), { recursive: true });
    rmSync(join(out, 'folder-0'), { recursive: true });
    await writeOutput(out, () => ({ changes: [], problems: [] }), '/');
    expect(stateOf(out, ['old'])).toBe('old');
    expect(besides(out)).toEqual([]);
  });
});

describe('refused by the disk in any of its calls', () => {
  it.each(['ENOSPC', 'EACCES', 'EIO'])(
    'a run says so, and changes all or nothing: %s',
    async (code) => {
      const calls = await callsOfRun();
      let refused = 0;
      for (let at = 1; at <= calls; at += 1) {
        const out = await folderWith('old');
        const { error } = await writeWith(out, (call) =>
          call === at ? Object.assign(new Error(code), { code }) : undefined,
        );
        const state = stateOf(out, ['old', 'new']);
        if (error === undefined) expect(state).toBe('new');
        else {
          expect(error).toBeInstanceOf(CannotRun);
          expect(String(error)).toContain(`out: can't be written (${code})`);
          if (state === 'old') expect(besides(out), `call ${at}`).toEqual([]);
          refused += 1;
        }
        expect(['old', 'new'], `call ${at}`).toContain(state);
      }
      expect(refused).toBeGreaterThan(calls / 2);
    },
  );

  it('a run that makes the first output leaves not even the folders above it', async () => {
    const out = await folderWith('absent');
    const { error } = await writeWith(out, (call) =>
      call === 8 ? Object.assign(new Error('full'), { code: 'ENOSPC' }) : undefined,
    );
    expect(error).toBeInstanceOf(CannotRun);
    expect(besides(join(out, '..'))).toEqual([]);
  });

  it('a run copies files where the file system has no links', async () => {
    const out = await folderWith('old');
    const path = join(out, 'folder-0', 'notes.txt');
    const before = lstatSync(path);
    const { error } = await writeWith(out, (_, name) =>
      name === 'linkSync' ? Object.assign(new Error('no links'), { code: 'EPERM' }) : undefined,
    );
    expect(error).toBeUndefined();
    const after = lstatSync(path);
    expect(stateOf(out, ['new'])).toBe('new');
    expect(after.ino).not.toBe(before.ino);
    expect(after.mode).toBe(before.mode);
    expect(after.mtimeMs).toBeCloseTo(before.mtimeMs, 0);
  });
});

describe('somebody else', () => {
  it('who changes the folder at the same time loses nothing', async () => {
    const out = await folderWith('old');
    let asked = 0;
    const plan = () => {
      asked += 1;
      // The second time is when the run is alone.
      if (asked === 2) writeFiles(out, { 'folder-1/new.txt': 'mine' });
      return changesTo('new');
    };
    await expect(writeOutput(out, plan, '/')).rejects.toThrow(/out: somebody changed it/);
    expect(stateOf(out, ['old'])).toMatchObject({ 'folder-1/new.txt': 'mine' });
    expect(besides(out)).toEqual([]);
  });

  it('whose folder bears the name of a run that was killed does not lose it', async () => {
    const out = await folderWith('old');
    rmSync(out, { recursive: true });
    mkdirSync(join(out, '..', '.out.webhook-contracts-older'));
    await writeOutput(out, () => changesTo('new'), '/');
    expect(besides(out)).toEqual(['.out.webhook-contracts-older']);
  });
});

/** Lets every process that held a lock be gone. */
function processIsGone(): void {
  vi.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error('gone'), { code: 'ESRCH' });
  });
}
