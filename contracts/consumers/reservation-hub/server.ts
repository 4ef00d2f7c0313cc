/** The hub's HTTP server: one prefix per provider. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type HubOptions, listenersOf } from './listeners.js';

/** Where the hub runs, beside what its listeners need. */
export interface ServerOptions extends HubOptions {
  /** 0, any free port, by default. */
  readonly port?: number;
}

/** A hub that takes deliveries. */
export interface RunningHub {
  /** Its address, such as `http://127.0.0.1:3000`; the prefix of a provider follows. */
  readonly url: string;
  /** Ends it once the requests under way are answered; the database stays open. */
  close(): Promise<void>;
}

/**
 * Starts the hub on the loopback interface. The first part of a path names the provider: `/mozrest`, `/quandoo`,
 * `/mews`, `/e-res`, `/guest`. What follows is the provider's own: Mozrest has two addresses, Quandoo asks for different
 * ones for what is made online and offline, and the hub takes every message of a provider at any of them.
 */
export async function startHub(options: ServerOptions): Promise<RunningHub> {
  const listeners = listenersOf(options);
  const server = createServer((request, response) => {
    const [, provider = ''] = (request.url ?? '').split(/[/?]/);
    const listener = listeners.get(provider);
    if (listener === undefined) response.writeHead(404).end();
    else if (request.method !== 'POST') response.writeHead(405, { allow: 'POST' }).end();
    else void listener(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeIdleConnections();
      }),
  };
}
