import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { inRepository } from '../../../test/support/repository.js';
import { type Registered, registeredBy } from './stand-ins.js';

/** Reads what a producer's tests register; `folder` takes the copies in which the stand-ins are imported. */
export async function registeredByTests(
  provider: string,
  what: 'verify' | 'pact',
  folder: string,
): Promise<Registered> {
  const file = inRepository('contracts', 'producers', provider, `${provider}.${what}.test.ts`);
  const standIns = inRepository('bench', 'mutations', 'producers', 'stand-ins.ts');
  const text = readFileSync(file, 'utf8').replace(
    / from '([^']+)'/g,
    (whole, specifier: string) => {
      if (specifier === 'vitest' || specifier.endsWith('/scripts/pact/index.js')) {
        return ` from '${standIns}'`;
      }
      if (!specifier.startsWith('.')) return whole;
      return ` from '${resolve(dirname(file), specifier).replace(/\.js$/, '.ts')}'`;
    },
  );
  const copy = join(folder, `${provider}-${what}.mts`);
  writeFileSync(copy, text);
  return registeredBy(() => import(copy));
}
