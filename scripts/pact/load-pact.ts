import { CannotRun } from '../problems/problem.js';

/** What Pact's package exports. */
export type Pact = typeof import('@pact-foundation/pact');

let loading: Promise<Pact> | undefined;

/** Loads Pact when it is first needed; it takes a third of a second. Throws `CannotRun` where it is not installed. */
export function loadPact(): Promise<Pact> {
  loading ??= (async () => {
    // It would report each run to its makers.
    process.env.PACT_DO_NOT_TRACK ??= 'true';
    try {
      const loaded: Pact & { default?: Pact } = await import('@pact-foundation/pact');
      return loaded.default ?? loaded;
    } catch (error) {
      loading = undefined;
      const { code } = error as { code?: unknown };
      if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
      throw new CannotRun('Pact is not installed: npm install --save-dev @pact-foundation/pact@16');
    }
  })();
  return loading;
}
