/** A receiver for tests of producers: it keeps what arrives and answers as it is told. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

/** A request that arrived. */
export interface Recorded {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** The bytes as they arrived. */
  readonly body: Buffer;
}

/** What to answer: a status, with headers where it needs them, or nothing at all. */
export type Answer = number | readonly [status: number, headers: Record<string, string>] | 'none';

/** A server that runs until the test ends. */
export interface RecordingServer {
  readonly url: string;
  readonly requests: readonly Recorded[];
}

const stops: (() => void)[] = [];

// Registered once per test file that imports this one.
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Starts a server that gives these answers in turn, and the last one from then on. */
export async function recordingServer(...answers: readonly Answer[]): Promise<RecordingServer> {
  const requests: Recorded[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const { method, url: path, headers } = request;
    requests.push({ method, path, headers, body: Buffer.concat(parts) });
    const answer = answers[Math.min(requests.length, answers.length) - 1] ?? 200;
    if (answer === 'none') return;
    const [status, more] = typeof answer === 'number' ? [answer, {}] : answer;
    response.writeHead(status, more).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, requests };
}

/** Finds an address where nobody listens. */
export async function closedUrl(): Promise<string> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}/hook`;
}
