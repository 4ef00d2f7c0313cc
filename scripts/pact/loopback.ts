import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request whose body was read, byte by byte as it came. */
export interface RawRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** By their names in lower case, each with its values. */
  readonly headers: Readonly<Record<string, string[]>>;
  readonly body: Uint8Array;
}

/** What is answered. */
export interface RawAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: Uint8Array | string;
}

/** A server on this machine that only this machine reaches. */
export interface Loopback {
  readonly url: string;
  readonly port: number;
  /** Waits for the requests that are under way, for those that have not come whole a short time, and closes the server. */
  close(): Promise<void>;
}

/** How long requests may be under way when the server is closed, before their connections are ended. */
const GRACE_MS = 2_000;

/** Starts a server on a free port of 127.0.0.1; what `answer` throws is answered with 500. */
export async function listenOnLoopback(
  answer: (request: RawRequest) => Promise<RawAnswer>,
): Promise<Loopback> {
  const underWay = new Set<Promise<void>>();
  const server = createServer((incoming, response) => {
    // Whether the answer has gone out, or the client before it.
    const closed = new Promise((resolve) => response.once('close', resolve));
    const work = (async () => {
      let answered: RawAnswer;
      try {
        answered = await answer(await readRequest(incoming));
      } catch (error) {
        answered = { status: 500, body: String(error) };
      }
      const { status, headers = {}, body = '' } = answered;
      response.writeHead(status, { ...headers, connection: 'close' });
      response.end(body);
      await closed;
    })().catch(() => {});
    underWay.add(work);
    work.finally(() => underWay.delete(work));
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const impatience = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await Promise.all(underWay);
      clearTimeout(impatience);
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
}

async function readRequest(incoming: IncomingMessage): Promise<RawRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  return {
    method: incoming.method ?? '',
    target: incoming.url ?? '/',
    headers: { ...incoming.headersDistinct } as Record<string, string[]>,
    body: Buffer.concat(chunks),
  };
}
