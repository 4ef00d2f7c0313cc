/** Where there is neither a browser nor Node. */
import {
  fastifyPlugin,
  fetchHandler,
  fingerprint,
  nodeHandler,
  receiver,
  sign,
} from '../../../generated/mews/index.js';

const receive = receiver({ secrets: [new Uint8Array(32)] });

export async function received(body: Uint8Array): Promise<string> {
  const headers = await sign(body, { secret: new Uint8Array(32) });
  const result = await receive({ headers, body });
  if (result.kind !== 'message') return result.problems[0].code;
  return result.message === 'order.total.updated'
    ? result.payload.data.attributes.total
    : fingerprint(result);
}

/** What is known of an answer is its status, where the runtime declares no other. */
export async function answered(request: {
  headers: Record<string, string>;
  bodyUsed: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
}): Promise<number> {
  const response = await fetchHandler(receive, ({ message }) => message)(request);
  // @ts-expect-error Nothing else is known.
  response.text();
  return response.status;
}

export const others = [nodeHandler(receive, () => {}), fastifyPlugin(receive, () => {})];
