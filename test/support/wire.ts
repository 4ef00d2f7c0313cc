import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach } from 'vitest';

const stops: (() => unknown)[] = [];

// Registered once per test file that imports this one.
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Keeps something to do for the end of the test. */
export function atEnd(stop: () => unknown): void {
  stops.push(stop);
}

/** Lets a server listen on a free port until the test ends, and returns the port. */
export async function listenOn(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** Writes a request: its head, the headers, and what of its body follows at once. */
export function requestText(
  path: string,
  headers: Readonly<Record<string, string>> | readonly (readonly [string, string])[],
  body: string | Uint8Array = '',
  method = 'POST',
): Buffer {
  const pairs = Array.isArray(headers) ? headers : Object.entries(headers);
  const lines = [['Host', '127.0.0.1'], ...pairs].map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`),
    Buffer.from(body),
  ]);
}

/** Writes a body in chunks, each of `size` bytes or fewer, as `Transfer-Encoding: chunked` has it. */
export function inChunks(body: Uint8Array, size: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) {
    const part = body.subarray(at, at + size);
    parts.push(
      Buffer.from(`${part.length.toString(16)}\r\n`),
      Buffer.from(part),
      Buffer.from('\r\n'),
    );
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}

/** A connection of its own, on which bytes are written as they are. */
export interface Wire {
  readonly socket: Socket;
  /** Writes bytes, and waits until they are handed to the system. */
  write(bytes: Uint8Array | string): Promise<void>;
  /** Waits for the heads of so many answers, 100 Continue included, and returns their statuses. */
  statuses(count: number): Promise<number[]>;
}

/** Opens a connection that lasts until the test ends. */
export async function openWire(port: number): Promise<Wire> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  let text = '';
  socket.setEncoding('latin1').on('data', (part) => {
    text += part;
  });
  socket.on('error', () => {});
  await once(socket, 'connect');
  atEnd(() => socket.destroy());
  const found = () => [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, code]) => Number(code));
  return {
    socket,
    write: (bytes) => new Promise((done) => socket.write(bytes, () => done())),
    async statuses(count) {
      while (found().length < count && !socket.closed) {
        await Promise.race([once(socket, 'data'), once(socket, 'close')]);
      }
      return found();
    },
  };
}
