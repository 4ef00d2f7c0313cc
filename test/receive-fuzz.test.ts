/**
 * Receivers against requests nobody wrote: none throws, none is accepted without the right header for exactly its
 * bytes, and what is accepted is what `check` accepts. `npm run fuzz` does the same with many more.
 */
import { describe, expect, it } from 'vitest';
import { fuzzBodies, fuzzHeaders } from './support/fuzz-receive.js';
import { providers } from './support/repository.js';

/** What the bodies must come upon, to be worth anything. */
const reached = [
  'message',
  'payload.invalid',
  'body.not-json',
  'body.not-utf8',
  'body.number',
  'body.too-deep',
  'body.forbidden-key',
];

describe.each(providers)('%s', (provider) => {
  it('withstands 20,000 header values', async () => {
    const { counts, faults } = await fuzzHeaders(provider, { count: 20_000, seed: 1 });
    expect(faults).toEqual([]);
    expect(counts.message).toBeGreaterThan(100);
    if (provider !== 'guest') expect(counts['credentials.wrong']).toBeGreaterThan(500);
  });

  it('withstands 2,000 bodies', async () => {
    const { counts, faults } = await fuzzBodies(provider, { count: 2_000, seed: 1 });
    expect(faults).toEqual([]);
    for (const code of reached) expect(counts[code] ?? 0, code).toBeGreaterThan(4);
  });
});
