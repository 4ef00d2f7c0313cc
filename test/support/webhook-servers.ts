/** Every way to put a receiver into a server, with the real frameworks. */
import { createServer } from 'node:http';
import { serve } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import type * as mews from '../../generated/mews/index.js';
import { atEnd, listenOn } from './wire.js';

/** What a module gives to be put into servers. */
export type Module = Pick<typeof mews, 'nodeHandler' | 'fetchHandler' | 'fastifyPlugin'>;

/** What a server is made of. */
export interface Parts {
  readonly module: Module;
  readonly receive: mews.Receive;
  readonly handle: (delivery: mews.ReceivedMessage) => unknown;
  readonly onUnknown?: (result: mews.UnknownResult) => unknown;
  readonly onRefused?: (result: mews.RefusedResult) => unknown;
  /** What the framework does with what is thrown, where the test asks. */
  readonly onError?: (error: unknown) => unknown;
}

/** The path that webhooks come to. */
export const path = '/webhooks/mews';

/** The servers by their names; each function starts one, and returns its port. */
export const servers = {
  'node:http': ({ module, receive, handle, onError = () => {}, ...observers }: Parts) =>
    listenOn(createServer(module.nodeHandler(receive, handle, { ...observers, onError }))),

  Express: ({ module, receive, handle, onError = () => {}, ...observers }: Parts) => {
    const app = express();
    app.post(path, module.nodeHandler(receive, handle, observers));
    app.use(express.json());
    app.post('/other', (request, response) => void response.json(request.body));
    const answerError: express.ErrorRequestHandler = (error, _request, response, _next) => {
      onError(error);
      response.status(500).end();
    };
    app.use(answerError);
    return listenOn(createServer(app));
  },

  Fastify: async ({ module, receive, handle, onError = () => {}, ...observers }: Parts) => {
    const app = fastify({ forceCloseConnections: true });
    app.addHook('onError', async (_request, _reply, error) => void onError(error));
    app.register(module.fastifyPlugin(receive, handle, observers), { prefix: path });
    app.post('/other', async (request) => request.body);
    atEnd(() => app.close());
    return Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);
  },

  Hono: ({ module, receive, handle, onError = () => {}, ...observers }: Parts) => {
    const app = new Hono();
    const webhook = module.fetchHandler(receive, handle, observers);
    app.post(path, (context) => webhook(context.req.raw));
    app.post('/other', async (context) => context.json(await context.req.json()));
    app.onError((error, context) => {
      onError(error);
      return context.body(null, 500);
    });
    return new Promise<number>((done) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
        done(port),
      );
      atEnd(() => {
        server.close();
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
    });
  },
} as const satisfies Record<string, (parts: Parts) => Promise<number>>;

/** The names of the servers. */
export const serverNames = Object.keys(servers) as (keyof typeof servers)[];

/** Sends a body to a server and returns the status. */
export type Post = (
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
) => Promise<number>;

/** Every adapter by its name, started: the servers, and the handler of Fetch called as a function. */
export const adapters: Readonly<Record<string, (parts: Parts) => Promise<Post>>> = {
  ...Object.fromEntries(
    serverNames.map((name) => [
      name,
      async (parts: Parts) => {
        const port = await servers[name](parts);
        return postTo(`http://127.0.0.1:${port}${path}`);
      },
    ]),
  ),
  'Fetch handler': async ({ module, receive, handle, onError, ...observers }: Parts) => {
    const webhook = module.fetchHandler(receive, handle, observers);
    return async (body, headers) => {
      const request = new Request(`http://127.0.0.1${path}`, { method: 'POST', headers, body });
      try {
        return (await webhook(request)).status;
      } catch (error) {
        onError?.(error);
        return 500;
      }
    };
  },
};

/** Makes a function that posts to an address. */
export function postTo(url: string): Post {
  return async (body, headers) => {
    const response = await fetch(url, { method: 'POST', headers, body });
    await response.arrayBuffer();
    return response.status;
  };
}
