/** Runs that are killed, at random moments, and runs at the same time: real processes. */
import { spawn } from 'node:child_process';
import { closeSync, constants, fstatSync, lstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeOutput } from '../scripts/generate/write-output.js';
import { compiledProgram } from './support/compiled-program.js';
import { besides, changesTo, notes, stateOf } from './support/output-states.js';
import { randomFrom } from './support/random.js';
import { runProgram } from './support/run-program.js';
import { temporaryFolder, writeFiles } from './support/temporary-folder.js';

const KILLS = 200;
/** Two processors are few: a process of its own for each would only wait. */
const AT_ONCE = 4;

let program: string;
beforeAll(async () => {
  program = await compiledProgram('write-alternately');
}, 60_000);

/** Makes a folder with an output in state `old`, and with notes that nobody generated. */
async function folderWithOutput(): Promise<string> {
  const out = join(temporaryFolder(), 'out');
  writeFiles(out, notes);
  await writeOutput(out, () => changesTo('old'), '/');
  return out;
}

describe('killed at any moment', () => {
  it('a run leaves the one state or the other, or none that the next run completes', async () => {
    const random = randomFrom(5);
    const found = new Map<unknown, number>();
    let leftovers = 0;
    const killOften = async (out: string, kills: number) => {
      for (let kill = 0; kill < kills; kill += 1) {
        const states = kill % 2 === 0 ? ['a', 'b'] : ['b', 'a'];
        await writeAndKill(out, states, random.next() * 30);
        const state = stateOf(out, ['old', 'a', 'b']);
        found.set(state, (found.get(state) ?? 0) + 1);
        leftovers += besides(out).length;
        for (const name of besides(out)) expect(name).toMatch(/^\.out\.webhook-contracts-/);
      }
      await writeOutput(out, () => changesTo('end'), '/');
      expect(stateOf(out, ['end'])).toBe('end');
      expect(besides(out)).toEqual([]);
    };
    const outs = await Promise.all(Array.from({ length: AT_ONCE }, folderWithOutput));
    await Promise.all(outs.map((out) => killOften(out, KILLS / AT_ONCE)));
    expect([...found.keys()].filter((state) => typeof state !== 'string')).toEqual([]);
    // Else no run was killed while it wrote.
    expect(leftovers).toBeGreaterThan(0);
    // Else none came to its end.
    expect(found.size).toBeGreaterThan(1);
  }, 240_000);
});

describe('at the same time', () => {
  it('twenty runs of one state all end well, and leave that state', async () => {
    const out = await folderWithOutput();
    const runs = Array.from({ length: 20 }, () => write(out, 1, 'a'));
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual(runs.map(() => 0));
    expect(stateOf(out, ['a'])).toBe('a');
    expect(besides(out)).toEqual([]);
  });

  it('runs of two states never show a mixture to a reader, and leave none', async () => {
    const out = await folderWithOutput();
    const writers = Promise.all([write(out, 100, 'a'), write(out, 100, 'b')]);
    let running = true;
    const ended = writers.finally(() => {
      running = false;
    });
    const seen = new Set<unknown>();
    while (running) {
      const state = readSteadily(out, ['old', 'a', 'b']);
      if (state !== undefined) seen.add(state);
      await sleep(1);
    }
    expect((await ended).map(({ code }) => code)).toEqual([0, 0]);
    expect([...seen].filter((state) => typeof state !== 'string')).toEqual([]);
    expect(seen).toContain('a');
    expect(seen).toContain('b');
    expect(['a', 'b']).toContain(stateOf(out, ['a', 'b']));
    expect(besides(out)).toEqual([]);
  });
});

function write(out: string, times: number, ...states: string[]) {
  return runProgram(process.execPath, [program, out, String(times), ...states], { cwd: '/' });
}

/** Writes states in turn until the process is killed, so many milliseconds after it began. */
async function writeAndKill(out: string, states: readonly string[], after: number): Promise<void> {
  const child = spawn(process.execPath, [program, out, '1000000', ...states], { cwd: '/' });
  const ended = new Promise((done) => child.on('close', done));
  await new Promise((begun) => child.stdout.once('data', begun));
  await sleep(after);
  child.kill('SIGKILL');
  await ended;
}

/**
 * Reads a folder as a reader does that opens it once; undefined where another one took its place meanwhile. While the
 * folder is open, no other one gets its number.
 */
function readSteadily(out: string, states: readonly string[]): unknown {
  let descriptor: number;
  try {
    descriptor = openSync(out, constants.O_RDONLY | constants.O_DIRECTORY);
  } catch {
    return undefined;
  }
  try {
    const state = stateOf(out, states);
    return lstatSync(out).ino === fstatSync(descriptor).ino ? state : undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}
