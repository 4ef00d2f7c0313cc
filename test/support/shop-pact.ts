import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inRepository } from './repository.js';
import { temporaryFolder } from './temporary-folder.js';

/** The document that pacts are tested by. */
export const shop = inRepository('test', 'cases', 'pact-library', 'shop.asyncapi.yaml');
export const SECRET = 'a secret that both sides know';

/** A payload of `order.changed` and one of `order.placed`, as the document's examples have them. */
export const changed = { type: 'order.changed', id: '1' };
export const placed = {
  type: 'order.placed',
  id: '98656C4A-950D-4B19-B7EF-AD1744E92B53',
  at: '2025-02-06T09:41:30Z',
  total: 2,
  paid: true,
  channel: 'web',
  lines: [{ sku: 'A1', count: 2, kind: 'line' }],
  customer: { kind: 'person', name: 'Ann' },
};

/** Makes the folders of pacts of a test, outside the repository. */
export function pactFolder() {
  const cwd = temporaryFolder();
  const pacts = join(cwd, 'contracts', 'pacts');
  const readJson = (file: string) =>
    existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  return {
    options: { spec: shop, consumer: 'hub', producer: 'shop', cwd },
    pacts,
    /** The pact of this name; undefined where there is none. */
    pact: (name: string) => readJson(join(pacts, `${name}.json`)),
    text: (name: string) => readFileSync(join(pacts, `${name}.json`), 'utf8'),
    /** Which side proved which description. */
    proofs: (name: string): [string, string][] =>
      (readJson(join(cwd, 'contracts', 'results', `${name}.json`))?.proofs ?? []).map(
        ({ description, by }: Record<string, string>) => [description, by],
      ),
  };
}

/** Sends a body as the shop does: signed, as JSON. */
export async function send(
  url: string,
  payload: unknown,
  headers: Record<string, string> = {},
): Promise<number> {
  const body = JSON.stringify(payload);
  const signature = createHmac('sha256', SECRET).update(body).digest('hex');
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-signature': signature, ...headers },
    body,
  });
  return response.status;
}

/** Starts a consumer that takes what is signed; it answers with this status, and counts. */
export async function startConsumer(status = 200) {
  const seen: { path: string; headers: Record<string, unknown>; bytes: number }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const code = createHmac('sha256', SECRET).update(body).digest('hex');
    seen.push({ path: request.url ?? '', headers: request.headers, bytes: body.length });
    response.statusCode = request.headers['x-signature'] === code ? status : 401;
    response.end(response.statusCode === 401 ? 'not signed' : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/in/`, seen, close: () => server.close() };
}
