import { fetchHandler, receiver } from '../../../generated/mews/index.js';
import type { Equal } from '../types/equal.js';

const receive = receiver({ secrets: [undefined] });

/** A route handler of Next.js, which is given the parameters of the route. */
type RouteHandler = (
  request: Request,
  context: { params: Promise<{ venue: string }> },
) => Promise<Response>;
export const POST: RouteHandler = fetchHandler(receive, () => {});
export const withContext: RouteHandler = fetchHandler(
  receive,
  async ({ message }, request: Request, context: { params: Promise<{ venue: string }> }) => [
    message,
    request.url,
    (await context.params).venue,
  ],
);

/** Requests that a framework has added to. */
interface NextRequest extends Request {
  readonly nextUrl: { readonly pathname: string };
}
export const withNext: (request: NextRequest) => Promise<Response> = fetchHandler(
  receive,
  (_delivery, request: NextRequest) => request.nextUrl.pathname,
);

/** A worker's module, and a server's handler. */
export const worker: {
  fetch(request: Request, env: { KEY: string }, context: object): Promise<Response>;
} = { fetch: fetchHandler(receive, (_delivery, _request: Request, env: { KEY: string }) => env.KEY) };
export const serve: (request: Request) => Response | Promise<Response> = fetchHandler(
  receive,
  () => {},
);

/** What comes back is a response of the runtime. */
export async function answer(request: Request): Promise<string> {
  const response = await fetchHandler(receive, () => {})(request);
  const same: Equal<typeof response, Response> = true;
  return `${same} ${await response.text()}`;
}

// @ts-expect-error The context that the handler wants must be given.
fetchHandler(receive, (_delivery, _request: Request, _context: { venue: string }) => {})(
  new Request('https://example.test'),
);
