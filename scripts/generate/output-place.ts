import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isThere } from './folder-tree.js';

/**
 * An output folder, and what stands beside it while a run writes: a lock, folders of no use to any other run (`spare`),
 * and the folder as it was (`old`). A run that writes goes through these states; each `→` is one step of the file
 * system, and a reader finds the former output, the new one, or none:
 *
 *   1. out           build the new state in spare
 *   2. out, spare    out → old
 *   3. old, spare    spare → out
 *   4. out, old      old → spare
 *   5. out, spare    remove spare
 *
 * A run may be killed in each of them. The next one rolls back: where there is no out, old becomes out again; what else
 * stands beside is removed. Nothing is promised for the loss of power: files are not flushed to the disk.
 *
 * Folders of a container image can't be renamed. Then step 2 makes a copy of out (`copy`), removes out, and renames
 * copy → old. Where there is a copy, out is what is left of it, and the copy becomes out again.
 */
export class OutputPlace {
  readonly #parent: string;
  readonly #prefix: string;

  constructor(readonly out: string) {
    this.#parent = dirname(out);
    this.#prefix = `.${basename(out)}.webhook-contracts-`;
  }

  get lock(): string {
    return join(this.#parent, `${this.#prefix}lock`);
  }

  get old(): string {
    return join(this.#parent, `${this.#prefix}old`);
  }

  get copy(): string {
    return join(this.#parent, `${this.#prefix}copy`);
  }

  /** Returns the path of a folder or file that is not there. */
  spare(): string {
    return join(this.#parent, `${this.#prefix}spare-${randomUUID()}`);
  }

  /** Tells whether another run is writing, or was killed while it did. */
  isDisturbed(): boolean {
    return [this.lock, this.copy].some(isThere) || this.leftovers().length > 0;
  }

  /** Lists what runs that were killed left beside, but for lock and copy. */
  leftovers(): string[] {
    if (!isThere(this.#parent)) return [];
    return readdirSync(this.#parent)
      .filter((name) => name.startsWith(`${this.#prefix}spare-`))
      .map((name) => join(this.#parent, name))
      .concat(isThere(this.old) ? [this.old] : []);
  }

  /** Makes the folder that `out` stands in; returns a function that removes what was made, where it is empty. */
  makeParent(): () => void {
    const first = mkdirSync(this.#parent, { recursive: true });
    return () => {
      if (first === undefined) return;
      try {
        for (let folder = this.#parent; folder.startsWith(first); folder = dirname(folder))
          rmdirSync(folder);
      } catch {
        // Something else stands in it by now.
      }
    };
  }
}
