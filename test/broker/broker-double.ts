/**
 * Answers like a Pact Broker, as far as the library, pact-cli 18 and the Verifier of Pact 16 ask: in memory, on loopback.
 * It is a double, not a broker: what it does not know is a 404, kept in `unexpected`.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, brokerRoutes, notFound } from './broker-routes.js';
import { BrokerState } from './broker-state.js';

/** A request that was answered. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a test can ask of the double. */
export interface BrokerDouble {
  readonly url: string;
  readonly state: BrokerState;
  readonly asked: readonly Asked[];
  /** What it was asked and has no answer to. */
  readonly unexpected: readonly string[];
  /** Answers otherwise where it returns something, so that a test can let a request fail. */
  interfere: (method: string, path: string) => Answer | undefined;
  stop(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  return text === '' ? {} : JSON.parse(text);
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, { 'Content-Type': 'application/hal+json;charset=utf-8', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

/** Starts a broker on loopback that knows nothing yet, and asks for `authorization` where it is given. */
export async function startBroker(authorization?: string): Promise<BrokerDouble> {
  const state = new BrokerState();
  const asked: Asked[] = [];
  const unexpected: string[] = [];
  const server = createServer(async (request, response) => {
    const method = request.method ?? '';
    const { pathname: path, searchParams: query } = new URL(request.url ?? '', double.url);
    const { authorization: shown } = request.headers;
    let body: Asked['body'] = {};
    let answer: Answer = { status: 500 };
    try {
      body = await bodyOf(request);
      answer = answerTo(method, path, query, body, shown);
    } catch (error) {
      unexpected.push(`${method} ${request.url}: ${error}`);
    }
    asked.push({ method, path, status: answer.status, authorization: shown, body });
    send(response, answer);
  });
  function answerTo(
    method: string,
    path: string,
    query: URLSearchParams,
    body: Asked['body'],
    shown: string | undefined,
  ): Answer {
    const found = table.find((one) => one.method === method && one.path.test(path));
    if (!found) unexpected.push(`${method} ${path}`);
    if (authorization !== undefined && shown !== authorization)
      return { status: 401, body: { error: 'Unauthorized' } };
    const instead = double.interfere(method, path);
    if (instead) return instead;
    const parts = (found?.path.exec(path) ?? []).slice(1).map(decodeURIComponent);
    return found?.answer({ parts, query, body }) ?? notFound;
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const table = brokerRoutes(url, state).map(([method, path, answer]) => ({
    method,
    path: new RegExp(`^${path.replaceAll('*', '([^/]+)')}$`),
    answer,
  }));
  const double: BrokerDouble = {
    url,
    state,
    asked,
    unexpected,
    interfere: () => undefined,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return double;
}
