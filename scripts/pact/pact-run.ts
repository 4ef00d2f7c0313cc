import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Side } from '../contract/proofs.js';
import type { JsonObject } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { ContractBroken, reasonOf } from './contract-broken.js';
import { PACTS, type PactFile, pactText, pactWrittenBy } from './pact-folder.js';
import { forgetProofs, replaceFile, writeProofs } from './write-proofs.js';

/** The pacts that are being made in this process, by their files: two makers of one would overwrite each other's. */
const inTheMaking = new Set<string>();

const USED_TWICE = 'the description is used twice';

/** The making of one pact: what was run, what failed, and what is to be written at its end. */
export class PactRun {
  readonly #file: string;
  readonly #by: Side;
  readonly #before: string | undefined;
  readonly #running = new Set<string>();
  /** Why the last attempt failed, by description and message: of another message it is another interaction. */
  readonly #failed = new Map<string, { readonly description: string; readonly why: string }>();
  /** What Pact wrote of an attempt that succeeded, by description. */
  readonly #kept = new Map<string, PactFile>();
  #isOver = false;

  constructor(
    /** Pact's words for the two sides, after which the file is named. */
    names: { readonly consumer: string; readonly provider: string },
    by: Side,
    { pacts = PACTS, cwd = process.cwd() }: { readonly pacts?: string; readonly cwd?: string },
  ) {
    for (const name of [names.consumer, names.provider]) {
      if (!/^\w[\w .-]*$/.test(name)) {
        throw new TypeError(`${JSON.stringify(name)} can't be part of a pact's file name`);
      }
    }
    this.#file = resolve(cwd, pacts, `${names.consumer}-${names.provider}.json`);
    this.#by = by;
    if (inTheMaking.has(this.#file)) {
      throw new TypeError(
        `${this.#file} is being made already: make one of them, or finish it first`,
      );
    }
    inTheMaking.add(this.#file);
    this.#before = stampOf(this.#file);
  }

  /**
   * Lets `write` run the test of one interaction, and keeps what Pact writes, under the content type that `write`
   * returns; rejects, and keeps nothing, where it throws. What was tried may be tried again, as test runners do.
   */
  async keep(
    message: string,
    expectation: { readonly description: string },
    write: (folder: string) => Promise<string>,
  ): Promise<void> {
    // Plain JavaScript may leave the expectation out, which `write` will say.
    const { description } = expectation ?? { description: message };
    const attempt = JSON.stringify([description, message]);
    if (this.#isOver) throw new ContractBroken([`"${description}": finish() was called before`]);
    try {
      this.#checkDescription(description);
      this.#failed.delete(attempt);
      this.#running.add(description);
      try {
        this.#add(description, await pactOfOne(write));
      } finally {
        this.#running.delete(description);
      }
    } catch (error) {
      const why = reasonOf(error).split('\n')[0] ?? '';
      this.#failed.set(attempt, { description, why });
      throw error instanceof ContractBroken
        ? new ContractBroken(error.problems.map((problem) => `"${description}": ${problem}`))
        : new ContractBroken([`"${description}": ${reasonOf(error)}`], { cause: error });
    }
  }

  #checkDescription(description: string): void {
    if (typeof description !== 'string' || description.trim() === '') {
      throw new TypeError('the description is blank');
    }
    if (this.#running.has(description)) throw new TypeError(USED_TWICE);
  }

  /** Keeps a pact of one interaction. Of one description a pact holds one; the same once more changes nothing. */
  #add(description: string, pact: PactFile): void {
    const before = this.#kept.get(description);
    if (before !== undefined && pactText(before) !== pactText(pact))
      throw new TypeError(USED_TWICE);
    this.#kept.set(description, pact);
  }

  /** Writes the pact with what was kept; throws, and leaves the file as it was, where anything failed or nothing ran. */
  async finish(): Promise<void> {
    if (this.#isOver) throw new ContractBroken(['finish() was called before']);
    this.#isOver = true;
    inTheMaking.delete(this.#file);
    const problems = [
      ...[...this.#running].map((one) => `"${one}" was not waited for: await it`),
      ...[...this.#failed.values()].map(
        ({ description, why }) => `the pact was not written: "${description}": ${why}`,
      ),
    ];
    const [first, ...others] = this.#kept.values();
    if (first === undefined || problems.length > 0) {
      // What the pact holds was proved by code that has failed since.
      forgetProofs(this.#file, this.#by);
      throw new ContractBroken(problems.length > 0 ? problems : ['no interaction was run']);
    }
    const now = stampOf(this.#file);
    if (now !== undefined && now !== this.#before) {
      throw new ContractBroken([
        `${this.#file} was written by another process meanwhile: make the pact in one test file`,
      ]);
    }
    const interactions = [first, ...others].flatMap((one) => one.interactions);
    const pact = { ...first, interactions };
    replaceFile(this.#file, pactText(pact));
    writeProofs(this.#file, this.#by, pact.interactions, pact.interactions);
  }
}

/** Tells a file apart from one that takes its place, of the same bytes even; undefined where there is none. */
function stampOf(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? undefined : `${stats.ino} ${stats.mtimeMs}`;
}

async function pactOfOne(write: (folder: string) => Promise<string>): Promise<PactFile> {
  let contentType = '';
  const pact = await pactWrittenBy(async (folder) => {
    contentType = await write(folder);
  });
  return {
    ...pact,
    interactions: pact.interactions.map((one) => withContentType(one, contentType)),
  };
}

/** Pact's JSON functions write `application/json` whatever JSON it is; the interaction is to say which. */
function withContentType(interaction: JsonObject, contentType: string): JsonObject {
  const { contents, request } = interaction;
  if (isObject(contents ?? null)) {
    return { ...interaction, contents: { ...(contents as JsonObject), contentType } };
  }
  const { body, ...rest } = (request ?? {}) as JsonObject;
  return { ...interaction, request: { body: { ...(body as JsonObject), contentType }, ...rest } };
}
