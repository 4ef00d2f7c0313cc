import { Agent as HttpAgent, type IncomingMessage, request as overHttp } from 'node:http';
import { Agent as HttpsAgent, request as overHttps } from 'node:https';
import type { RawAnswer, RawRequest } from './loopback.js';

/** Headers that are about one connection, not about the message; whoever sends it on has its own. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
  'content-length',
  'expect',
]);

/** How long an answer may take, to its end: several of them are shorter than Pact's own patience with an interaction. */
const PATIENCE_MS = 10_000;

/** Sends a request on, with the same bytes; never through a proxy that the environment names. */
export function forward(url: string, { method, headers, body }: RawRequest): Promise<RawAnswer> {
  const kept = Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.has(name));
  const options = {
    method,
    headers: { ...Object.fromEntries(kept), 'content-length': String(body.length) },
  };
  return new Promise((resolve, reject) => {
    const receive = (incoming: IncomingMessage) => {
      const chunks: Uint8Array[] = [];
      incoming.on('error', reject);
      incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      incoming.on('end', () => {
        const answered = Object.entries(incoming.headersDistinct).filter(
          ([name]) => !OF_THE_CONNECTION.has(name),
        );
        resolve({
          status: incoming.statusCode ?? 0,
          headers: Object.fromEntries(answered) as Record<string, string[]>,
          body: Buffer.concat(chunks),
        });
      });
    };
    // Agents of its own: Node's may be told by the environment to use a proxy.
    const outgoing = url.startsWith('https:')
      ? overHttps(url, { ...options, agent: new HttpsAgent() }, receive)
      : overHttp(url, { ...options, agent: new HttpAgent() }, receive);
    const patience = setTimeout(() => {
      reject(new Error(`no answer in ${PATIENCE_MS / 1000} seconds`));
      outgoing.destroy();
    }, PATIENCE_MS);
    outgoing.on('close', () => clearTimeout(patience));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
