import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeHandler, receiver } from '../generated/parcels/index.js';
import { type Parcels, storeParcel } from './parcels.js';

export async function startServer(parcels: Parcels, secret: string, port = 0) {
  const receive = receiver({ secrets: [secret] });
  const server = createServer(nodeHandler(receive, (message) => storeParcel(parcels, message)));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: actual } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${actual}`, close: () => server.close() };
}
