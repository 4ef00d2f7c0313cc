// @ts-check
/**
 * Puts a receiver into a server: the body stays as it arrived, the message goes to a handler, and the status is the
 * one that the document asks for. A handler that throws is a failure to the sender: 500, or what the framework makes
 * of it.
 */

/** @typedef {import('./module.js').Observers} Observers */
/** @typedef {(delivery: any, ...context: any[]) => unknown} Handle */
/** @typedef {(request: any) => Promise<any>} Receive */

/**
 * Receives a request, hands it on, and returns the status to answer.
 * @param {Receive} receive
 * @param {unknown} request
 * @param {Handle} handle
 * @param {Observers} observers
 * @param {readonly unknown[]} context
 * @returns {Promise<number>}
 */
async function answer(receive, request, handle, { onUnknown, onRefused }, context) {
  const result = await receive(request);
  if (result.kind === 'message') await handle(result, ...context);
  else if (result.kind === 'unknown') await onUnknown?.(result);
  else await onRefused?.(result);
  return result.status;
}

/**
 * Makes a handler of Fetch's `Request` and `Response`: Next.js, Hono, Deno, Bun, Workers.
 * @param {Receive} receive
 * @param {Handle} handle
 * @param {Observers} [observers]
 */
export function fetchHandler(receive, handle, observers = {}) {
  return async (/** @type {any} */ request, /** @type {unknown[]} */ ...context) => {
    const status = await answer(receive, request, handle, observers, [request, ...context]);
    return new Response(null, { status });
  };
}

/**
 * Makes a request listener of `node:http`, which is a handler of Express and Connect as well: with `next`, errors are
 * handed on; without, they are answered with 500 and given to `onError`.
 * @param {Receive} receive
 * @param {Handle} handle
 * @param {Observers & { readonly onError?: (error: unknown) => void }} [observers]
 */
export function nodeHandler(receive, handle, { onError = console.error, ...observers } = {}) {
  return async (
    /** @type {any} */ request,
    /** @type {any} */ response,
    /** @type {((error?: unknown) => void) | undefined} */ next,
  ) => {
    try {
      const incoming = { headers: nodeHeaders(request), body: nodeBody(request) };
      response.statusCode = await answer(receive, incoming, handle, observers, [request]);
      response.end();
    } catch (error) {
      if (next !== undefined) return next(failure(error));
      response.statusCode = 500;
      response.end();
      onError(error);
    } finally {
      drain(request);
    }
  };
}

/**
 * Returns what Express takes for an error: nothing at all, `'route'` and `'router'` would send it on to other handlers.
 * @param {unknown} thrown
 * @returns {unknown}
 */
function failure(thrown) {
  if (typeof thrown === 'object' && thrown !== null) return thrown;
  return new Error('The handler of a webhook threw what is no error', { cause: thrown });
}

/**
 * Makes a Fastify plugin with the route `POST /`: register it under a prefix. Within the plugin, bodies are not
 * parsed.
 * @param {Receive} receive
 * @param {Handle} handle
 * @param {Observers} [observers]
 */
export function fastifyPlugin(receive, handle, observers = {}) {
  return async (/** @type {any} */ fastify) => {
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser(
      '*',
      (/** @type {any} */ _request, /** @type {any} */ payload, /** @type {any} */ done) =>
        done(null, payload),
    );
    fastify.post('/', async (/** @type {any} */ request, /** @type {any} */ reply) => {
      try {
        const incoming = { headers: nodeHeaders(request.raw), body: nodeBody(request.raw) };
        const status = await answer(receive, incoming, handle, observers, [request]);
        return reply.code(status).send();
      } finally {
        drain(request.raw);
      }
    });
  };
}

/** How many bytes of a body that was refused unread are read all the same, for its sender to see the answer. */
const MAX_DRAINED = 33_554_432;

/**
 * Reads what is left of a request, so that it does not keep the connection waiting, and breaks off where it is much.
 * @param {any} request
 */
function drain(request) {
  if (request.readableEnded) return;
  let left = MAX_DRAINED;
  request.on('data', (/** @type {Uint8Array} */ chunk) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.resume();
}

/**
 * Returns the headers of a Node.js request, those that came twice with both values: its `headers` keep the first of
 * some, such as Authorization.
 * @param {any} request
 * @returns {object}
 */
function nodeHeaders(request) {
  return request.headersDistinct ?? request.headers;
}

/**
 * Returns the body of a Node.js request: the bytes where a middleware has collected them, the stream where nobody
 * has read it.
 * @param {any} request
 * @returns {unknown}
 */
function nodeBody(request) {
  if (ArrayBuffer.isView(request.body) || request.readableDidRead) return request.body;
  return request.iterator?.({ destroyOnReturn: false }) ?? request;
}
