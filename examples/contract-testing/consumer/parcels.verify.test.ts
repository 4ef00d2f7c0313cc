import { expect, it } from 'vitest';
import { verifyConsumer } from 'webhook-contracts/pact';
import type { Parcels } from './parcels.js';
import { startServer } from './server.js';

const secret = 'a secret for tests';

it('takes what the producer sends', async () => {
  const parcels: Parcels = new Map();
  const server = await startServer(parcels, secret);
  try {
    await verifyConsumer({ spec: 'parcels', consumer: 'storefront', url: server.url, secret });
  } finally {
    server.close();
  }
  expect(parcels.size).toBeGreaterThan(0);
});
