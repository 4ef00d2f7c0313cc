import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { nodeHandler, receiver } from '../../../generated/mews/index.js';
import type { Equal } from '../types/equal.js';

const receive = receiver({ secrets: [process.env['MEWS_SECRET']] });

/** It is a request listener, and the server's. */
export const listener: RequestListener = nodeHandler(receive, () => {});
export const server = createServer(nodeHandler(receive, () => {}));
export const secureServer = createSecureServer({}, nodeHandler(receive, () => {}));

/** The handler may name the request's type. */
export const withRequest = createServer(
  nodeHandler(receive, ({ message }, request: IncomingMessage) => [message, request.url]),
);

/** Without `next`, it is a promise of nothing, for a server that routes by itself. */
export const routed = createServer((request, response) => {
  const done = nodeHandler(receive, () => {})(request, response);
  const promise: Equal<typeof done, Promise<void>> = true;
  return promise;
});

/** Observers get what is for them, and the errors of the handler. */
export const observed = nodeHandler(receive, () => {}, {
  onUnknown: ({ kind, problems: [problem] }) => {
    const unknown: Equal<typeof kind, 'unknown'> = true;
    const code: Equal<typeof problem.code, Codes> = true;
    return [unknown, code];
  },
  onRefused: ({ kind, status, problems: [problem] }) => {
    const refused: 'refused' = kind;
    const count: number = status;
    if (problem.in === 'body') return problem.code === 'body.too-large' ? refused : count;
    // @ts-expect-error There is no such code.
    return problem.code === 'body.wrong';
  },
  onError: (error) => {
    const anything: Equal<typeof error, unknown> = true;
    return anything;
  },
});

type Codes = 'payload.invalid' | 'headers.invalid' | 'message.unknown' | 'check.failed';

// @ts-expect-error There is no such observer.
nodeHandler(receive, () => {}, { onMessage: () => {} });
// @ts-expect-error The receiver comes first.
nodeHandler(() => {}, receive);
// @ts-expect-error A receiver is made with options: it is not the function itself.
nodeHandler(receiver, () => {});
