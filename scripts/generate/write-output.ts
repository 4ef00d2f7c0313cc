import { lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CannotRun, hasErrors } from '../problems/problem.js';
import { carryOver, isThere, makeFoldersOf, removeEmptyFoldersOf, stampOf } from './folder-tree.js';
import { withLock } from './output-lock.js';
import { OutputPlace } from './output-place.js';
import type { Change, Plan } from './plan.js';

/**
 * Plans and carries out what a run changes in an output folder; returns the plan. Nothing is touched where it has errors
 * or no changes. Else the folder is replaced as a whole: no reader and no killed run ever leaves a mixture, runs wait
 * for each other, and what is not ours is carried over. `plan` is asked again once this is the only run, since
 * another one may have written. Throws `CannotRun` where the disk refuses: then the output is as it was, unless all that
 * it refused was to remove the former one.
 */
export async function writeOutput(out: string, plan: () => Plan, cwd: string): Promise<Plan> {
  const place = new OutputPlace(resolve(cwd, out));
  const planned = plan();
  if (hasErrors(planned.problems)) return planned;
  if (planned.changes.length === 0 && !place.isDisturbed()) return planned;
  let removeParent = () => {};
  try {
    removeParent = place.makeParent();
    return await withLock(place.lock, place.spare(), () => {
      rollBack(place);
      const stamp = stampOf(place.out);
      const { changes, problems } = plan();
      if (!hasErrors(problems) && changes.length > 0) replace(place, changes, stamp);
      return { changes, problems };
    });
  } catch (error) {
    removeParent();
    throw asCannotRun(out, error);
  }
}

/** Undoes what a run that was killed had begun. */
function rollBack(place: OutputPlace): void {
  if (isFolder(place.copy)) {
    rmSync(place.out, { recursive: true, force: true });
    renameSync(place.copy, place.out);
  } else if (!isThere(place.out) && isFolder(place.old)) renameSync(place.old, place.out);
  for (const path of place.leftovers()) discard(place, path);
}

/** Builds the new state beside the folder, and puts it in its place. */
function replace(place: OutputPlace, changes: readonly Change[], stamp: string): void {
  const next = place.spare();
  try {
    build(next, place.out, changes);
    if (stampOf(place.out) !== stamp)
      throw new CannotRun('somebody changed it at the same time; run again');
    if (isThere(place.out)) moveAway(place);
    renameSync(next, place.out);
  } catch (error) {
    rollBack(place);
    throw error;
  }
  if (isThere(place.old)) discard(place, place.old);
}

/** Makes the folder as it was stand as `old`. */
function moveAway(place: OutputPlace): void {
  try {
    renameSync(place.out, place.old);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    const copied = place.spare();
    mkdirSync(copied);
    carryOver(place.out, copied, () => false);
    renameSync(copied, place.copy);
    rmSync(place.out, { recursive: true });
    renameSync(place.copy, place.old);
  }
}

function build(next: string, out: string, changes: readonly Change[]): void {
  const changed = new Set(changes.map(({ path }) => path));
  mkdirSync(next);
  if (isThere(out)) carryOver(out, next, (path) => changed.has(path));
  for (const change of changes) {
    if (change.kind === 'remove') removeEmptyFoldersOf(next, change.path);
    else {
      makeFoldersOf(next, change.path);
      writeFileSync(join(next, change.path), change.text, { flag: 'wx' });
    }
  }
}

/** Removes a folder; renamed first, so that no other run takes what is left of it for a whole one. */
function discard(place: OutputPlace, path: string): void {
  const spare = place.spare();
  renameSync(path, spare);
  rmSync(spare, { recursive: true, force: true });
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Says why the disk refused. */
function asCannotRun(out: string, error: unknown): unknown {
  if (error instanceof CannotRun) return new CannotRun(`${out}: ${error.message}`);
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const reason =
    code === 'EBUSY'
      ? ': it is mounted or in use, and can not be replaced; name a folder in it'
      : '';
  return new CannotRun(`${out}: can't be written (${code})${reason}`);
}
