import { once } from 'node:events';
import { createServer, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request on its way; the names of headers are in lower case. */
export interface Wire {
  readonly method: string;
  /** The path with the query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What a fault does to a delivery. */
export interface Meddling {
  readonly request?: (wire: Wire) => Wire;
  /** What the sender is told, whatever was answered. */
  readonly status?: number;
  /** How often the request goes on; once by default. */
  readonly times?: number;
}

/**
 * Stands between a producer and where it delivers: hands each request on with a fault in it. Calls `work` with its own
 * address in place of `url`, and returns what was handed on.
 */
export async function throughProxy(
  url: string,
  { request: change = (wire) => wire, status, times = 1 }: Meddling,
  work: (url: string) => unknown,
): Promise<Wire[]> {
  const handedOn: Wire[] = [];
  const target = new URL(url);
  const server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    );
    // Those of the connection are the proxy's own.
    for (const name of ['host', 'connection', 'content-length', 'transfer-encoding'])
      delete headers[name];
    const wire = change({
      method: incoming.method ?? '',
      target: incoming.url ?? '',
      headers,
      body: Buffer.concat(parts),
    });
    let answered = 0;
    for (let time = 0; time < times; time += 1) {
      handedOn.push(wire);
      answered = await send(target, wire);
    }
    outgoing.writeHead(status ?? (times === 0 ? 200 : answered)).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    await work(`http://127.0.0.1:${port}${target.pathname}`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
  return handedOn;
}

function send(
  { hostname, port }: URL,
  { method, target: path, headers, body }: Wire,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = sendRequest(
      {
        hostname,
        port,
        method,
        path,
        headers: { ...headers, 'content-length': body.length },
        agent: false,
      },
      (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    outgoing.on('error', reject).end(body);
  });
}
