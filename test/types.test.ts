/**
 * The declarations of every generated module hold what they promise, for the compilers and module settings
 * that people use. The files of test/cases/types use them as a consumer does; lines marked
 * `@ts-expect-error` are mistakes that a compiler must find.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRepository, providers } from './support/repository.js';
import { compilers, resolutions, typeCheck } from './support/type-check.js';

const names = <T extends object>(table: T) => Object.keys(table) as (keyof T)[];
const cases = readdirSync(inRepository('test', 'cases', 'types'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => inRepository('test', 'cases', 'types', name));
const modules = providers.map((provider) => inRepository('generated', provider, 'index.d.ts'));

describe.each(names(compilers))('%s', (compiler) => {
  it.each(names(resolutions))(
    'accepts every use, with modules resolved by %s',
    async (resolution) => {
      const said = await typeCheck(cases, {
        compiler,
        resolution,
        lib: resolution === 'bundler' ? ['es2022', 'dom', 'dom.iterable'] : ['es2022'],
        types: ['node'],
      });
      expect(said).toBe('');
    },
  );

  it('accepts the declarations where there is neither a browser nor Node', async () => {
    expect(await typeCheck(modules, { compiler })).toBe('');
  });
});

it('has a file of uses for every provider, with mistakes to find', () => {
  for (const provider of providers) {
    const text = readFileSync(inRepository('test', 'cases', 'types', `${provider}.ts`), 'utf8');
    expect(text).toContain(`/generated/${provider}/index.js`);
    expect(text.match(/@ts-expect-error/g)?.length).toBeGreaterThan(2);
  }
});
